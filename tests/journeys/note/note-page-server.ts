import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Annotation } from '@/lib/annotations/annotation';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { createNoteRooms, type NoteRooms } from '@/server/sync/note-rooms';
import { grantFor, type Listening, listen, type Place } from '@/tests/server/sync/note-server';
import { bundleForPage } from '@/tests/support/browser';
import type { TestDatabase } from '@/tests/support/database';

export type NotePageServer = {
  /** The page of one of the place's people. */
  urlFor(person: number): string;
  /** Annotations that `GET …/annotations/:id` knows. */
  annotations: Map<string, Annotation>;
  /** How often the note is opened over a socket, in all. */
  opened(): number;
  rooms(): NoteRooms;
  /** Which close code the next sockets get instead of being let in; null lets them in. */
  refuseWith(code: number | null, reason?: string): void;
  /** Stops the process' part: no socket, no port. */
  down(): Promise<void>;
  /** Starts anew on the same port, from what is stored. */
  up(): Promise<void>;
};

export type NotePageBundle = { js: string; css: string };

/** The harness with the editor in it, as a page loads it. */
export function bundleNotePage(): Promise<NotePageBundle> {
  return bundleForPage(['./tests/journeys/note/note-page.tsx']);
}

/** The real rooms behind a real socket, with a page that holds the bundled editor. */
export async function startNotePages(
  database: TestDatabase,
  place: Place,
  { js, css }: NotePageBundle,
): Promise<NotePageServer> {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Note</title><link rel="stylesheet" href="/style.css"><body><script src="/page.js"></script></body></html>`;
  const annotations = new Map<string, Annotation>();
  let running: { http: Server; rooms: NoteRooms; listening: Listening; sockets: WebSocketServer } | null =
    null;
  let port = 0;
  let opened = 0;
  let refusal: { code: number; reason: string } | null = null;

  const answer = (path: string): { type: string; body: string; status?: number } => {
    if (path === '/page.js')
      return { type: 'text/javascript; charset=utf-8', body: `${js}\nglobalThis.modules = modules;` };
    if (path === '/style.css') return { type: 'text/css', body: css };
    if (path.endsWith('/threads'))
      return { type: 'application/json', body: JSON.stringify({ items: [], nextCursor: null }) };
    const id = /\/annotations\/([^/]+)$/.exec(path)?.[1];
    if (id === undefined) return { type: 'text/html; charset=utf-8', body: html };
    const found = annotations.get(id);
    const error = { code: 'not-found', message: 'There is no such annotation.' };
    return found
      ? { type: 'application/json', body: JSON.stringify(found) }
      : { type: 'application/json', body: JSON.stringify({ error }), status: 404 };
  };

  async function up(): Promise<void> {
    const listening = await listen(database.connection);
    const silent = () => undefined;
    const rooms = createNoteRooms({
      db: database.db,
      subscribe: listening.subscribe,
      neighbours: { send: async () => undefined, subscribe: () => () => undefined },
      onRest: async () => undefined,
      log: { info: silent, warn: silent, error: silent },
    });
    const http = createServer((request, response) => {
      const { type, body, status } = answer(new URL(request.url ?? '/', 'http://localhost').pathname);
      response.writeHead(status ?? 200, { 'content-type': type, connection: 'close' }).end(body);
    });
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (socket, request) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const person = Number(/person=(\d)/.exec(request.headers.cookie ?? '')?.[1] ?? 0);
      if (!url.pathname.startsWith('/sync/')) {
        const ready = { type: 'ready', after: 0, connectionId: String(opened), role: 'editor' };
        socket.send(JSON.stringify(ready));
        return;
      }
      opened++;
      if (refusal !== null) return socket.close(refusal.code, refusal.reason);
      if (url.searchParams.get('schema') !== String(NOTE_SCHEMA_VERSION)) return socket.close(4409);
      rooms.join(socket, request.socket, {
        grant: grantFor(place, person),
        noteId: url.pathname.split('/').at(-1) ?? '',
        canWrite: person !== 2,
        ack: url.searchParams.get('ack') === '1',
      });
    });
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    port = (http.address() as AddressInfo).port;
    running = { http, rooms, listening, sockets };
  }

  async function down(): Promise<void> {
    if (running === null) return;
    const { http, rooms, listening, sockets } = running;
    running = null;
    await rooms.close();
    for (const socket of sockets.clients) socket.terminate();
    http.close();
    // A browser keeps connections ready that never asked for anything.
    http.closeAllConnections();
    await once(http, 'close');
    await listening.end();
  }

  await up();
  return {
    urlFor: (person) => `http://127.0.0.1:${port}/?person=${person}`,
    annotations,
    opened: () => opened,
    rooms: () => {
      if (running === null) throw new Error('The server is down');
      return running.rooms;
    },
    refuseWith: (code, reason = '') => {
      refusal = code === null ? null : { code, reason };
    },
    down,
    up,
  };
}
