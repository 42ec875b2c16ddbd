import { z } from 'zod';
import type { Log } from './log';

/** What one Yjs client shows of itself: the state as others get it, null once it is gone. */
export type Caret = { readonly clientId: number; readonly userId: string; readonly state: string | null };

/** How processes that serve the same notes reach each other: every payload comes to all of them, the sender too. */
export type Neighbours = {
  send(payload: string): Promise<void>;
  /** Gets each payload; null when some may have been missed. Answers how to stop. */
  subscribe(hear: (payload: string | null) => void): () => void;
};

/** The rooms, as far as carets of other processes go. */
export type CaretRooms = {
  /** All that sockets of this process show now. */
  all(): Iterable<{ noteId: string; caret: Caret }>;
  /** The same, of one note. */
  of(noteId: string): Iterable<Caret>;
  /** Another process has these. */
  hear(from: string, noteId: string, caret: Caret): void;
  /** Another process is gone, with all it had. */
  lost(from: string): void;
};

const EVERY_MS = 100;
const BEAT_MS = 4_000;
const GONE_MS = 3 * BEAT_MS;
/** A NOTIFY carries under 8,000 bytes. */
const MAX_CARETS_BYTES = 7_500;
const MAX_OPENED = 150;

const Payload = z.object({
  from: z.string(),
  /** `hello` asks the others for all they have, `bye` comes last. */
  kind: z.enum(['hello', 'here', 'bye']),
  /** Notes that were just opened there: what others have of them is asked for. */
  opened: z.array(z.string()),
  carets: z.array(z.tuple([z.string(), z.number(), z.string(), z.string().nullable()])),
});
type Told = z.infer<typeof Payload>;

/**
 * Carets across processes. Nothing is sent while no other process has been heard: where notes are routed to one
 * process each, and where there is only one, it costs a sign of life every few seconds.
 */
export class CaretRelay {
  readonly #self: string;
  readonly #neighbours: Neighbours;
  readonly #rooms: CaretRooms;
  readonly #log: Log;
  readonly #peers = new Map<string, number>();
  readonly #waiting = new Map<string, Told['carets'][number]>();
  readonly #beat: NodeJS.Timeout;
  readonly #stop: () => void;
  #opened: string[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(self: string, neighbours: Neighbours, rooms: CaretRooms, log: Log) {
    this.#self = self;
    this.#neighbours = neighbours;
    this.#rooms = rooms;
    this.#log = log;
    this.#stop = neighbours.subscribe((payload) => this.#hear(payload));
    this.#beat = setInterval(() => this.#live(), BEAT_MS);
    this.#beat.unref();
    this.#send('hello');
  }

  /** A socket of this process shows this now. */
  tell(noteId: string, caret: Caret): void {
    if (this.#peers.size === 0) return;
    const { clientId, userId, state } = caret;
    this.#waiting.set(`${noteId} ${clientId}`, [noteId, clientId, userId, state]);
    this.#schedule();
  }

  /** A note was opened here: what others show in it is asked for. */
  open(noteId: string): void {
    if (this.#peers.size === 0) return;
    this.#opened.push(noteId);
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), EVERY_MS);
  }

  close(): void {
    clearInterval(this.#beat);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stop();
    this.#send('bye');
  }

  #live(): void {
    this.#send('here');
    const gone = performance.now() - GONE_MS;
    for (const [from, heard] of this.#peers) if (heard < gone) this.#lose(from);
  }

  #lose(from: string): void {
    if (this.#peers.delete(from)) this.#rooms.lost(from);
  }

  #hear(payload: string | null): void {
    if (payload === null) {
      this.#send('hello');
      this.#tellAll();
      return;
    }
    const told = Payload.safeParse(JSON.parse(payload));
    if (!told.success || told.data.from === this.#self) return;
    const { from, kind, opened, carets } = told.data;
    if (kind === 'bye') {
      this.#lose(from);
      return;
    }
    const isNew = !this.#peers.has(from);
    this.#peers.set(from, performance.now());
    for (const [noteId, clientId, userId, state] of carets) {
      this.#rooms.hear(from, noteId, { clientId, userId, state });
    }
    if (isNew || kind === 'hello') this.#tellAll();
    for (const noteId of opened) for (const caret of this.#rooms.of(noteId)) this.tell(noteId, caret);
  }

  #tellAll(): void {
    for (const { noteId, caret } of this.#rooms.all()) this.tell(noteId, caret);
    // Also with nothing to tell, the other is to know of us.
    this.#send('here');
  }

  #flush(): void {
    this.#timer = null;
    while (this.#opened.length > 0) this.#send('here', { opened: this.#opened.splice(0, MAX_OPENED) });
    let carets: Told['carets'] = [];
    let bytes = 0;
    for (const caret of this.#waiting.values()) {
      const size = Buffer.byteLength(JSON.stringify(caret)) + 1;
      // No editor's caret is so large; it is then seen on its own process only.
      if (size > MAX_CARETS_BYTES) continue;
      if (bytes + size > MAX_CARETS_BYTES) {
        this.#send('here', { carets });
        [carets, bytes] = [[], 0];
      }
      carets.push(caret);
      bytes += size;
    }
    this.#waiting.clear();
    if (carets.length > 0) this.#send('here', { carets });
  }

  #send(kind: Told['kind'], more: Partial<Pick<Told, 'opened' | 'carets'>> = {}): void {
    const told: Told = { from: this.#self, kind, opened: [], carets: [], ...more };
    this.#neighbours
      .send(JSON.stringify(told))
      .catch((error: unknown) =>
        this.#log.warn({ err: error }, 'other processes were not told where carets stand'),
      );
  }
}
