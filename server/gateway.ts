import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { findStanding } from '../db/access';
import { database } from '../db/client';
import { selectNote } from '../db/notes';
import { touchSession } from '../db/people';
import { env } from '../env';
import { can } from '../lib/access/can';
import type { Grant } from '../lib/access/grant';
import { standingRole } from '../lib/access/roles';
import { AppError } from '../lib/errors';
import { Id } from '../lib/ids';
import { CLOSE } from '../lib/live/close-codes';
import { NOTE_MESSAGE, SYNC_STEP } from '../lib/notes/note-sync';
import { NOTE_SCHEMA_VERSION } from '../lib/notes/schema-version';
import { createAdmission } from './access/admission';
import { Allowance } from './access/allowance';
import { countDenial } from './access/denials';
import { RunOuts } from './access/run-outs';
import { createSignsOfLife } from './access/signs-of-life';
import { type Credentials, hasCredentials, stillHolds } from './actor';
import { clientAddress } from './client-address';
import type { Bus } from './events/listen';
import type { LiveHub } from './live/live-hub';
import { log } from './log';
import type { NoteRooms } from './sync/note-rooms';

/** Every open socket is judged again so often, in ms, should a notice have been lost. What runs out has a timer of its own. */
const RECHECK = 30_000;
/** How long a peer may take to answer our closing before it is cut off, in ms. */
const GOODBYE = 2_000;

/** What a socket's address asks for; `kind` names its row in the access test. */
export const SOCKET_KINDS = ['live', 'sync'] as const;
type Request =
  | { kind: 'live'; projectId: string; after: number }
  | { kind: 'sync'; projectId: string; noteId: string; ack: boolean; schema: string | null };

/** Reads an upgrade's address. `null` when it is none of ours or not in origin form. */
export function readSocketUrl(target: string): { request: Request; token: string | null } | null {
  if (!target.startsWith('/') || target.startsWith('//')) return null;
  const url = new URL(target, 'http://socket.invalid');
  const [kind, projectId, noteId, ...rest] = url.pathname.slice(1).split('/');
  const token = url.searchParams.get('token');
  if (rest.length > 0 || !Id.safeParse(projectId).success || projectId === undefined) return null;
  if (kind === 'live' && noteId === undefined) {
    const after = Number(url.searchParams.get('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) return null;
    return { token, request: { kind, projectId, after } };
  }
  if (kind === 'sync' && noteId !== undefined && Id.safeParse(noteId).success) {
    const ack = url.searchParams.get('ack') === '1';
    return { token, request: { kind, projectId, noteId, ack, schema: url.searchParams.get('schema') } };
  }
  return null;
}

type Open = {
  readonly socket: WebSocket;
  readonly grant: Grant;
  readonly noteId: string | null;
  /** Whether something was typed since it was judged last: a session that writes is in use. */
  typed: boolean;
};

export type Gateway = {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
  stats(): { sockets: number; live: number; sync: number };
};

/** The one socket door: origin, then who it is, then the gate, then the room. Access that ends closes sockets within a second. */
export function createGateway(options: {
  bus: Bus;
  hub: LiveHub;
  rooms: NoteRooms;
  /** Origins whose pages may use the session cookie. */
  origins: () => ReadonlySet<string>;
}): Gateway {
  const { bus, hub, rooms, origins } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 4 * 1024 * 1024,
    perMessageDeflate: false,
  });
  server.on('error', (error) => log.warn({ err: error.message }, 'the socket server failed'));
  const open = new Set<Open>();
  const allowance = new Allowance(() => ({ sockets: env().LIMIT_SOCKETS, joins: env().LIMIT_ROOM_JOINS }));
  const judging = new Set<WebSocket>();
  /** How often somebody's access changed, as far as this process heard. */
  let notices = 0;
  const admission = createAdmission();
  const signs = createSignsOfLife();
  const runOuts = new RunOuts((viaId) =>
    recheck([...open].filter(({ grant }) => grant.actor.via.id === viaId)),
  );

  function refuse(socket: Duplex, status: string): void {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    try {
      const target = readSocketUrl(request.url ?? '');
      if (target === null) {
        refuse(socket, '400 Bad Request');
        return;
      }
      const credentials: Credentials = {
        cookie: request.headers.cookie,
        authorization: request.headers.authorization,
        token: target.token,
        ip: clientAddress(request),
      };
      if (!hasCredentials(credentials)) {
        refuse(socket, '401 Unauthorized');
        return;
      }
      // A cookie is sent by any page; only our own may use it. A token is proof enough by itself.
      const byCookie = !credentials.token && !credentials.authorization;
      if (byCookie && !origins().has(request.headers.origin ?? '')) {
        countDenial({ why: 'another site', actor: null, ip: credentials.ip, action: target.request.kind });
        refuse(socket, '403 Forbidden');
        return;
      }
      server.handleUpgrade(request, socket, head, (ws) => admit(ws, socket, credentials, target.request));
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'an upgrade failed');
      socket.destroy();
    }
  }

  function admit(socket: WebSocket, stream: Duplex, credentials: Credentials, request: Request): void {
    // Heard from the first turn on: ws answers a broken frame with an event that would end the process unheard.
    socket.on('error', (error) => log.debug({ err: error.message }, 'a socket failed'));
    socket.pause();
    judging.add(socket);
    judge(socket, stream, credentials, request)
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) log.error({ err: error }, 'a socket could not be judged');
        dismiss(socket, error instanceof AppError ? closeCode(error) : CLOSE.accessChanged, 'not let in');
      })
      .finally(() => judging.delete(socket));
  }

  async function judge(
    socket: WebSocket,
    stream: Duplex,
    credentials: Credentials,
    request: Request,
  ): Promise<void> {
    const noteId = request.kind === 'sync' ? request.noteId : null;
    const judgement = () => admission.admit(credentials, request.projectId, noteId);
    // What changed while it was judged found it not yet among the open ones.
    let noticed = notices;
    let grant = await judgement();
    while (notices !== noticed) {
      noticed = notices;
      grant = await judgement();
    }
    const { actor } = grant;
    if (request.kind === 'sync') {
      if (request.schema !== null && request.schema !== String(NOTE_SCHEMA_VERSION)) {
        dismiss(socket, CLOSE.oldNoteSchema, 'reload');
        return;
      }
    }
    // It may have ended meanwhile, and would never be forgotten.
    if (socket.readyState !== socket.OPEN) return;
    const excess = allowance.take(actor.userId);
    if (excess !== null) {
      dismiss(socket, CLOSE.tooMany, excess);
      return;
    }
    const entry: Open = { socket, grant, noteId, typed: false };
    open.add(entry);
    signs.expect(socket);
    runOuts.enter(actor.via);
    if (noteId !== null)
      socket.on('message', (message: Buffer) => {
        entry.typed ||= isUpdate(message);
      });
    socket.on('close', () => {
      open.delete(entry);
      runOuts.leave(actor.via.id);
      allowance.leave(actor.userId);
    });
    if (request.kind === 'live') hub.join(socket, stream, grant, request.after);
    else {
      const canWrite = can(grant.role, 'note.write') && actor.scopes.includes('write');
      rooms.join(socket, stream, { grant, noteId: request.noteId, canWrite, ack: request.ack });
    }
    socket.resume();
  }

  /** Judges open sockets again, each person and project once. */
  async function recheck(entries: Open[]): Promise<void> {
    const verdicts = new Map<string, Promise<number | null>>();
    for (const entry of entries) {
      const { socket, grant } = entry;
      const { kind, id } = grant.actor.via;
      if (entry.typed && kind === 'session') await touchSession(database(), id, null);
      entry.typed = false;
      const key = `${grant.actor.via.id} ${grant.projectId} ${grant.role}`;
      const verdict = verdicts.get(key) ?? judgeAgain(grant);
      verdicts.set(key, verdict);
      const code = await verdict;
      if (code !== null) dismiss(socket, code, 'access changed');
    }
  }

  async function judgeAgain(grant: Grant): Promise<number | null> {
    if (!(await stillHolds(grant.actor))) return CLOSE.unauthenticated;
    // Not by the gate: nobody is asking for anything.
    const standing = await findStanding(database(), grant.actor, grant.projectId);
    if (standing === null) return CLOSE.noAccess;
    if (standing.lacksFactor) return CLOSE.needsFactor;
    return standingRole(standing.role, standing.archived) === grant.role ? null : CLOSE.accessChanged;
  }

  /** Shows those out who have a note open that they may no longer see. */
  function showOut(entries: Open[]): void {
    const judged = entries.map(async ({ socket, grant, noteId }) => {
      if (noteId === null || (await selectNote(database(), grant, noteId)) !== null) return;
      dismiss(socket, CLOSE.notFound, 'the note is not there for you');
    });
    Promise.all(judged).catch((error: Error) =>
      log.error({ err: error }, 'open notes could not be judged again'),
    );
  }

  const recheckAll = (entries: Open[]) => {
    recheck(entries).catch((error: Error) =>
      log.error({ err: error }, 'open sockets could not be judged again'),
    );
  };
  const stop = [
    bus.on('gloss_access', (subject) => {
      notices++;
      admission.clear();
      recheckAll([...open].filter((entry) => entry.grant.actor.userId === subject));
      // A project's id: an embargo changed, so that the note beside a source may be somebody's no longer.
      showOut([...open].filter((entry) => entry.grant.projectId === subject));
      for (const entry of open) {
        if (entry.noteId === subject) dismiss(entry.socket, CLOSE.notFound, 'the note was deleted');
      }
    }),
    bus.onGap(() => {
      notices++;
      admission.clear();
      recheckAll([...open]);
      showOut([...open]);
    }),
  ];
  const timer = setInterval(() => recheckAll([...open]), RECHECK);
  timer.unref();

  return {
    upgrade,
    close() {
      clearInterval(timer);
      signs.stop();
      runOuts.close();
      for (const end of stop) end();
      for (const socket of judging) dismiss(socket, CLOSE.shuttingDown, 'shutting down');
    },
    stats() {
      const sync = [...open].filter(({ noteId }) => noteId !== null).length;
      return { sockets: open.size, live: open.size - sync, sync };
    },
  };
}

/** Closes a socket for good: what it still says is heard no more, and a peer that does not answer is cut off. */
function dismiss(socket: WebSocket, code: number, reason: string): void {
  socket.removeAllListeners('message');
  socket.resume();
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), GOODBYE);
  socket.once('close', () => clearTimeout(timer));
}

/** Whether a message on a note's socket says that something was typed just now. */
const isUpdate = (message: Buffer) => message[0] === NOTE_MESSAGE.sync && message[1] === SYNC_STEP.update;

function closeCode(error: AppError): number {
  if (error.code === 'unauthenticated') return CLOSE.unauthenticated;
  if (error.details?.reason === 'second-factor') return CLOSE.needsFactor;
  if (error.code === 'forbidden') return CLOSE.noAccess;
  return CLOSE.notFound;
}
