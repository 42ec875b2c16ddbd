import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type Connection, type Database, openClient } from '@/db/client';
import { appendUpdates, NOTE_CHANNEL } from '@/db/note-log';
import { notify } from '@/db/notify';
import { notes } from '@/db/schema/notes';
import { users } from '@/db/schema/people';
import { projects, teams } from '@/db/schema/projects';
import type { Grant } from '@/lib/access/grant';
import { noteKeyOf } from '@/lib/access/note-key';
import { newId } from '@/lib/new-id';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { createNoteRooms, type NoteRooms } from '@/server/sync/note-rooms';
import type { Rest } from '@/server/sync/room-rest';
import type { Timings } from '@/server/sync/timings';

export type Place = { projectId: string; noteId: string; people: { id: string; name: string }[] };

/**
 * What the notes here begin with: one empty line, the same for all, so that whoever opens a tab has the run of text
 * that all type in before anything has come.
 */
export const FIRST_LINE = firstLine();

function firstLine(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText()]);
  doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [line]);
  return Y.encodeStateAsUpdate(doc);
}

/** A project with three people and one note, of one empty line unless it is to be empty. */
export async function makePlace(db: Database, { empty = false } = {}): Promise<Place> {
  const people = ['Ada', 'Ben', 'Cleo'].map((name) => ({ id: newId(), name }));
  await db.insert(users).values(people.map((one) => ({ ...one, email: `${one.id}@example.org` })));
  const [teamId, projectId, noteId] = [newId(), newId(), newId()];
  await db.insert(teams).values({ id: teamId, name: 'Desk' });
  await db.insert(projects).values({ id: projectId, teamId, name: 'Story' });
  await db.insert(notes).values({ id: noteId, projectId, title: 'Notes', createdBy: people[0]?.id ?? '' });
  const place = { projectId, noteId, people };
  const row = { key: noteKeyOf(grantFor(place), noteId), entries: [{ update: FIRST_LINE, userId: null }] };
  if (!empty) await appendUpdates(db, [row], 'test');
  return place;
}

/** The Grant the gate would have made; the rooms trust whoever calls them with one. */
export function grantFor(place: Place, person = 0): Grant {
  const { id, name } = place.people[person] ?? { id: '', name: '' };
  const actor: Grant['actor'] = {
    userId: id,
    name,
    email: `${id}@example.org`,
    via: { kind: 'session', id: `session-${person}` },
    scopes: ['read', 'write'],
    ip: null,
  };
  return { projectId: place.projectId, actor, role: 'editor' } as Grant;
}

const CARET_CHANNEL = 'gloss_carets';

export type NoteServer = {
  url: string;
  rooms: NoteRooms;
  rests: Rest[];
  /** What went wrong, as the log has it. */
  complaints: string[];
  stop(): Promise<void>;
  /** The LISTEN connection was lost and is back. */
  reconnected(): void;
  /** As kill -9: the sockets break, nothing is flushed. The rooms are left behind. */
  breakOff(): Promise<void>;
};

export type Listening = {
  subscribe(callback: (payload: string | null) => void, channel?: string): () => void;
  end(): Promise<void>;
};

/** A LISTEN connection of its own, as each process has one. */
export async function listen(connection: Connection): Promise<Listening> {
  const client = openClient(connection);
  await client.connect();
  const callbacks = new Map<(payload: string | null) => void, string>();
  client.on('notification', (message) => {
    for (const [callback, channel] of callbacks) {
      if (channel === message.channel) callback(message.payload ?? '');
    }
  });
  for (const channel of [NOTE_CHANNEL, CARET_CHANNEL]) await client.query(`listen ${channel}`);
  return {
    subscribe: (callback, channel = NOTE_CHANNEL) => {
      callbacks.set(callback, channel);
      return () => callbacks.delete(callback);
    },
    end: () => client.end(),
  };
}

/** One process' worth of rooms behind a real socket server. Rooms rest and unload fast unless told otherwise. */
export async function startServer(
  { db, connection }: { db: Database; connection: Connection },
  place: Place,
  timings: Partial<Timings> = {},
  onRest?: (rest: Rest) => Promise<void>,
  /** A deaf one hears of no other process, as while its LISTEN connection is lost. */
  { deaf = false, journal }: { deaf?: boolean; journal?: string } = {},
): Promise<NoteServer> {
  const listening = await listen(connection);
  let hear: (payload: string | null) => void = () => undefined;
  const rests: Rest[] = [];
  const complaints: string[] = [];
  const complain = (_details: object, message: string) => complaints.push(message);
  const rooms = createNoteRooms({
    db,
    subscribe: (callback) => {
      hear = callback;
      return deaf ? () => undefined : listening.subscribe(callback);
    },
    neighbours: {
      send: (payload) => notify(db, CARET_CHANNEL, payload),
      subscribe: (callback) => (deaf ? () => undefined : listening.subscribe(callback, CARET_CHANNEL)),
    },
    onRest: async (_key, rest) => {
      await onRest?.(rest);
      rests.push(rest);
    },
    log: { info: () => undefined, warn: complain, error: complain },
    journal,
    timings: { rest: 50, unload: 50, ...timings },
  });
  const http = createServer((_request, response) => response.end('well'));
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: 4 * 1024 * 1024,
    perMessageDeflate: false,
  });
  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    rooms.join(socket, request.socket, {
      grant: grantFor(place, Number(url.searchParams.get('person') ?? 0)),
      noteId: url.pathname.split('/').at(-1) ?? '',
      canWrite: url.searchParams.get('readOnly') === null,
      ack: url.searchParams.get('ack') === '1',
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const open = new Set<Socket>();
  let shutting = false;
  http.on('connection', (socket) => {
    // One that was under way when the server shut would keep it open for ever.
    if (shutting) socket.destroy();
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const shut = async () => {
    shutting = true;
    const closed = once(http, 'close');
    http.close();
    for (const socket of open) socket.destroy();
    await closed;
    await listening.end();
  };
  return {
    url: `ws://127.0.0.1:${port}`,
    rooms,
    rests,
    complaints,
    reconnected: () => hear(null),
    breakOff: shut,
    stop: async () => {
      await rooms.close();
      await shut();
    },
  };
}

export type Tab = { doc: Y.Doc; text: Y.XmlText; provider: WebsocketProvider; close(): void };

/** A stock y-websocket provider on the note, as an editor opens one; `text` is its one run of text. */
export function openTab(
  server: Pick<NoteServer, 'url'>,
  place: Place,
  params: Record<string, string> = {},
  doc = new Y.Doc(),
): Tab {
  const text = textOf(doc);
  const provider = new WebsocketProvider(`${server.url}/sync/${place.projectId}`, place.noteId, doc, {
    // The types of ws and of the browser differ in what nobody here uses.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 200,
    params,
  });
  return { doc, text, provider, close: () => provider.destroy() };
}

/** All of a note's text lives in its first line here; a document that has none gets the one that all notes have. */
export function textOf(doc: Y.Doc): Y.XmlText {
  Y.applyUpdate(doc, FIRST_LINE);
  const line = doc.getXmlFragment(NOTE_FRAGMENT).get(0);
  const text = line instanceof Y.XmlElement ? line.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('The note does not begin with a line');
  return text;
}

export async function synced(...tabs: Tab[]): Promise<void> {
  await until(() => tabs.every((tab) => tab.provider.synced));
}

/** Waits for a condition, looking often. */
export async function until(condition: () => boolean | Promise<boolean>, timeout = 10_000): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`Waited in vain for ${condition}`);
    },
    { timeout, interval: 5 },
  );
}

export type RawClient = {
  socket: WebSocket;
  messages: Uint8Array[];
  /** The close code, once it is closed. */
  closed: () => number | null;
};

/** A bare socket on the note, for what no stock client would send. */
export async function openRaw(
  server: Pick<NoteServer, 'url'>,
  place: Place,
  params: Record<string, string> = {},
): Promise<RawClient> {
  const query = new URLSearchParams(params);
  const socket = new WebSocket(`${server.url}/sync/${place.projectId}/${place.noteId}?${query}`);
  const messages: Uint8Array[] = [];
  let code: number | null = null;
  socket.on('message', (data: Buffer) => messages.push(Uint8Array.from(data)));
  socket.on('error', () => undefined);
  socket.on('close', (closeCode) => {
    code = closeCode;
  });
  await once(socket, 'open');
  return { socket, messages, closed: () => code };
}
