import './test-environment';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type Database, migrate, openDatabase, setDatabase } from '@/db/client';
import { insertMember } from '@/db/members';
import { loadNote } from '@/db/note-log';
import { createUser } from '@/db/people';
import { insertProject, insertTeam } from '@/db/projects';
import type { Grant } from '@/lib/access/grant';
import { noteKeyOf } from '@/lib/access/note-key';
import { newId } from '@/lib/new-id';
import { applyStored, NOTE_MESSAGE, readSaved } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { createNote } from '@/server/notes';
import { issueToken } from '@/server/people';
import { type LaunchedPostgres, launchPostgres, type SocketConnection } from '@/server/postgres/launch';
import type { Settings } from '@/server/postgres/server-process';
import { grantOf, type Person } from './instance';
import { type Program, startProgram } from './program';

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url));

export type SyncPlaceOptions = {
  readonly people: number;
  readonly notes: number;
  readonly settings?: Settings;
  readonly under?: string;
};

/** A Postgres that writes through to the disk, with people and notes, for real sync processes to serve. */
export class SyncPlace {
  readonly #dataDir: string;
  #postgres: LaunchedPostgres;
  readonly #settings: Settings;
  readonly db: Database;
  readonly projectId: string;
  readonly people: Person[] = [];
  readonly tokens: string[] = [];
  readonly noteIds: string[] = [];
  readonly programs = new Set<Program>();

  private constructor(dataDir: string, postgres: LaunchedPostgres, settings: Settings, projectId: string) {
    this.#dataDir = dataDir;
    this.#postgres = postgres;
    this.#settings = settings;
    this.db = openDatabase(postgres.connection, { max: 4 });
    this.projectId = projectId;
    this.use();
  }

  /** Makes it the place that verbs called in this process act on. */
  use(): void {
    setDatabase(this.db, this.connection);
  }

  /** Its Postgres lies in a folder of its own below `under`. */
  static async open({
    people,
    notes,
    settings = {},
    under = tmpdir(),
  }: SyncPlaceOptions): Promise<SyncPlace> {
    const dataDir = mkdtempSync(join(under, 'gloss-sync-'));
    const postgres = await launchPostgres({ dataDir, settings, log: () => undefined });
    const place = new SyncPlace(dataDir, postgres, settings, newId());
    await migrate(place.db, MIGRATIONS);
    await place.#furnish(people, notes);
    return place;
  }

  async #furnish(people: number, notes: number): Promise<void> {
    const { db, projectId } = this;
    for (let index = 0; index < people; index++) {
      const userId = newId();
      const email = `writer-${index}@example.org`;
      await createUser(db, { id: userId, email, name: `Writer ${index}` });
      this.people.push({ userId, name: `Writer ${index}`, email, sessionId: newId(), cookie: '' });
      this.tokens.push((await issueToken(userId, { name: 'test', scopes: ['read', 'write'] })).token);
    }
    const [owner, ...others] = this.people;
    if (!owner) throw new Error('A place needs people');
    const teamId = newId();
    await insertTeam(db, owner, { id: teamId, name: 'Desk' });
    await insertProject(db, owner, { id: projectId, teamId, name: 'Story' });
    for (const one of others) await insertMember(db, { projectId }, one.userId, 'editor');
    this.noteIds.push(...(await this.addNotes(notes)));
  }

  /** What the owner of the project may do: for what is laid out past the doors. */
  get grant(): Grant {
    const [owner] = this.people;
    if (!owner) throw new Error('A place needs people');
    return grantOf(owner, this.projectId);
  }

  /** Makes so many empty notes, and answers their ids. */
  async addNotes(count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) ids.push((await createNote(this.grant, { title: `Note ${ids.length}` })).id);
    return ids;
  }

  get connection(): SocketConnection {
    return this.#postgres.connection;
  }

  /** Starts a process that serves the sockets of this database, with generous limits. */
  async serve(env: Record<string, string> = {}): Promise<Program> {
    const { user, host, port, database } = this.connection;
    const program = await startProgram({
      ROLE: 'sync',
      DATABASE_URL: `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`,
      NEXTAUTH_SECRET: 'a secret that only these tests use, long enough',
      LIMIT_ROOM_JOINS: '100000',
      LIMIT_SOCKETS: '200',
      ...env,
    });
    this.programs.add(program);
    return program;
  }

  /** Ends a process by a signal and forgets it. */
  async end(program: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.programs.delete(program);
    return program.stop(signal);
  }

  /** Stops Postgres as an operator would, or at once without any tidying, and starts it again after what happens meanwhile. */
  async restartPostgres({ atOnce = false, meanwhile = async () => {} } = {}): Promise<void> {
    if (atOnce) {
      process.kill(this.#postgres.pid, 'SIGQUIT');
      await this.#postgres.ended;
    }
    await this.#postgres.stop();
    await meanwhile();
    this.#postgres = await launchPostgres({
      dataDir: this.#dataDir,
      settings: this.#settings,
      log: () => undefined,
    });
  }

  /** Whether Postgres takes a query of ours just now. */
  async answers(): Promise<boolean> {
    return this.db.$client.query('select 1').then(
      () => true,
      () => false,
    );
  }

  /** The folder of its Postgres. */
  get folder(): string {
    return this.#dataDir;
  }

  /** Process number of its Postgres. */
  get postgresPid(): number {
    return this.#postgres.pid;
  }

  /** A note as somebody would find it who has nothing but the database. */
  async stored(noteId: string): Promise<Y.Doc> {
    const doc = new Y.Doc();
    applyStored(doc, await loadNote(this.db, noteKeyOf({ projectId: this.projectId }, noteId)));
    return doc;
  }

  async close(): Promise<void> {
    for (const program of [...this.programs]) await this.end(program, 'SIGKILL');
    await this.db.$client.end();
    await this.#postgres.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

/** Where a process answers. */
export type Served = Pick<Program, 'url'>;

/** Somebody who types into a note without a pause, over the stock provider, and is told what is saved. */
export class Typist {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  readonly noteId: string;
  /** Per client id what the server said is saved. */
  readonly acked = new Map<number, number>();
  /** Close codes after which the provider stays away; an honest client gets none. */
  readonly final: number[] = [];
  readonly #text = new Y.XmlText();
  #timer: NodeJS.Timeout | null = null;
  #random: () => number;

  /** A reader brings no paragraph along. */
  constructor(
    place: SyncPlace,
    program: Served,
    noteId: string,
    person: number,
    random: () => number,
    { isReader = false } = {},
  ) {
    this.noteId = noteId;
    this.#random = random;
    this.provider = new WebsocketProvider(syncUrl(place, program), noteId, this.doc, {
      // The types of ws and of the browser differ in what nobody here uses.
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      maxBackoffTime: 300,
      params: { ack: '1', token: place.tokens[person % place.tokens.length] ?? '' },
    });
    this.provider.messageHandlers[NOTE_MESSAGE.saved] = (_encoder, decoder) => {
      for (const [client, clock] of readSaved(decoder).stateVector) this.acked.set(client, clock);
    };
    this.provider.on('closed', ({ code }) => this.final.push(code));
    if (isReader) return;
    const paragraph = new Y.XmlElement('paragraph');
    this.doc.transact(() => {
      paragraph.insert(0, [this.#text]);
      this.doc.getXmlFragment(NOTE_FRAGMENT).push([paragraph]);
    });
  }

  /** Types a letter, or takes one away, every so many ms. */
  type(everyMs: number): void {
    this.#timer ??= setInterval(() => {
      const { length } = this.#text;
      if (length > 20 && this.#random() < 0.2) this.#text.delete(Math.floor(this.#random() * length), 1);
      else this.#text.insert(Math.floor(this.#random() * (length + 1)), 'abcdefgh '[length % 9] ?? 'x');
    }, everyMs);
  }

  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Goes to another process with the next connection. */
  turnTo(place: SyncPlace, program: Served): void {
    this.provider.serverUrl = syncUrl(place, program);
  }

  /** All that it wrote itself is called saved; of what others wrote it is told only in passing. */
  get isSaved(): boolean {
    const { clientID } = this.doc;
    return (this.acked.get(clientID) ?? 0) >= Y.getState(this.doc.store, clientID);
  }

  /** What is on its screen. */
  get shown(): string {
    return this.doc.getXmlFragment(NOTE_FRAGMENT).toString();
  }

  close(): void {
    this.pause();
    this.provider.destroy();
    // Its own clock, which the provider leaves running: no process would end by itself.
    this.provider.awareness.destroy();
  }
}

const syncUrl = (place: SyncPlace, program: Served) =>
  `${program.url.replace('http', 'ws')}/sync/${place.projectId}`;

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export const vectorOf = (doc: Y.Doc) => Y.decodeStateVector(Y.encodeStateVector(doc));
/** What somebody sees of a note. */
export const shownBy = (doc: Y.Doc) => doc.getXmlFragment(NOTE_FRAGMENT).toString();

/** How far a note falls short of what was promised or seen, in clock ticks of its writers. */
export function shortfall(stored: Y.Doc, wanted: ReadonlyMap<number, number>): number {
  const there = vectorOf(stored);
  let missing = 0;
  for (const [client, clock] of wanted) missing += Math.max(0, clock - (there.get(client) ?? 0));
  return missing;
}

/** Whether more is called saved than before. */
export function isFurther(
  now: ReadonlyMap<number, number>,
  before: ReadonlyMap<number, number> | undefined,
): boolean {
  return [...now].some(([client, clock]) => clock > (before?.get(client) ?? 0));
}
