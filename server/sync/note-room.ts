import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { loadNote, readUpdates } from '../../db/note-log';
import type { NoteKey } from '../../lib/access/note-key';
import { CLOSE } from '../../lib/live/close-codes';
import type { StoredNote } from '../../lib/notes/note-sync';
import type { LogEntry } from '../../lib/notes/update-pack';
import { Broadcast } from './broadcast';
import { MalformedMessage } from './byte-reader';
import type { Caret } from './caret-relay';
import { CatchUp } from './catch-up';
import { Inbox } from './inbox';
import { Intake } from './intake';
import type { Journal } from './journal';
import { markIfSound } from './mark-sound';
import { type Entrance, NoteConnection } from './note-connection';
import type { NoteLogWriter } from './note-log-writer';
import { NoteState } from './note-state';
import { isTakenElsewhere } from './retake';
import { RoomLog } from './room-log';
import { RoomPresence } from './room-presence';
import { type RestServices, RoomRest } from './room-rest';
import { readMessage, stateVectorFrame, updateFrame } from './sync-protocol';

/** So often in a row the log may refuse what a room wrote before the room is given up. */
const MAX_REFUSALS = 5;
export type RoomServices = RestServices & {
  readonly writer: NoteLogWriter;
  readonly journal: Journal | null;
  /** Tells other processes what a socket here shows. */
  relayCaret(noteId: string, caret: Caret): void;
  /** The last socket left. */
  onEmpty(room: NoteRoom): void;
  /** The room is of no more use; the next socket needs a new one. */
  onDead(room: NoteRoom): void;
};

/**
 * One open note and its sockets. Nobody is answered before the log is loaded; a change goes to the others
 * at once, into the log within some ms, and only then is its writer told that it is saved.
 */
export class NoteRoom {
  readonly key: NoteKey;
  readonly #services: RoomServices;
  readonly #connections = new Set<NoteConnection>();
  readonly #broadcast: Broadcast;
  readonly #presence: RoomPresence;
  readonly #catchUp: CatchUp;
  readonly #log: RoomLog;
  readonly #intake: Intake;
  readonly #rest: RoomRest;
  /** Null while it is (re)built from the log. */
  #document: NoteState | null = null;
  #opening: Promise<void> | null = null;
  #dead = false;
  #deaf = false;
  /** What came while there was no document. */
  readonly #inbox = new Inbox();
  readonly isDamaged = (): boolean => this.#document?.isDamaged ?? false;
  /** What the log refused, with what waited behind it. */
  #refused: LogEntry[] = [];
  #refusals = 0;
  /** What the sockets have of a note that is built anew. */
  #shown: Uint8Array | null = null;

  constructor(key: NoteKey, services: RoomServices) {
    this.key = key;
    this.#services = services;
    this.#log = new RoomLog(key, services.writer, services.journal, {
      stateVector: () => this.#document?.stateVector() ?? null,
      appended: (rows, bytes) => {
        this.#refusals = 0;
        this.#rest.grow(rows, bytes);
      },
      tell: (connection, frame) => this.#broadcast.tell(connection, frame),
      refused: (error) => this.#takeBack(error),
    });
    this.#intake = new Intake(this.#connections, this.#log, {
      document: () => this.#document,
      attempt: (step) => this.#try(step),
      spread: (change, sender) => this.#spread(change, sender),
      touch: (userId) => this.#rest.touch(userId),
    });
    this.#rest = new RoomRest(key, services, {
      settled: async () => {
        await this.#opening;
        await this.#log.settled();
      },
      content: () => this.#document?.content() ?? null,
    });
    this.#broadcast = new Broadcast(this.#connections, services.timings.notice, (anyway) =>
      this.#presence.contribute(anyway),
    );
    this.#presence = new RoomPresence(
      this.#connections,
      this.#broadcast,
      services.timings.awareness,
      (caret) => services.relayCaret(key.noteId, caret),
    );
    this.#catchUp = new CatchUp({
      isReady: () => this.#document !== null,
      readRows: (seqs) => readUpdates(services.db, key, seqs),
      readAll: () => loadNote(services.db, key),
      apply: (stored) => this.#applyStored(stored),
      failed: (error) =>
        services.log.warn({ err: error, noteId: key.noteId }, 'a note could not catch up yet'),
    });
  }

  get presence(): Pick<RoomPresence, 'own' | 'hear' | 'lost'> {
    return this.#presence;
  }

  get connections(): ReadonlySet<NoteConnection> {
    return this.#connections;
  }

  /** Nothing would be lost if it were forgotten now. */
  get isIdle(): boolean {
    return this.#connections.size === 0 && this.#opening === null && this.#log.isIdle;
  }

  /** Lets a socket in. */
  enter(socket: WebSocket, stream: Duplex, entrance: Entrance): void {
    const connection: NoteConnection = new NoteConnection(socket, stream, entrance, {
      onMessage: (message) => this.#receive(connection, message),
      onClose: () => this.#leave(connection),
    });
    this.#connections.add(connection);
    if (this.#document) {
      this.#welcome(connection, this.#document);
      return;
    }
    connection.pause();
    this.#open();
  }

  #leave(connection: NoteConnection): void {
    if (!this.#connections.delete(connection)) return;
    this.#log.forget(connection);
    this.#intake.forget(connection);
    this.#broadcast.forget(connection);
    this.#presence.leave(connection);
    if (this.#connections.size === 0) this.#services.onEmpty(this);
  }

  #welcome(connection: NoteConnection, document: NoteState): void {
    connection.welcomed = true;
    if (document.isDamaged) connection.sayDamaged();
    if (connection.entrance.canWrite) connection.send(stateVectorFrame(document.stateVector()));
    this.#presence.tell(connection, false);
  }

  /** Builds the document from the log. There is one load at a time, whoever asks. */
  #open(): void {
    this.#opening ??= this.#load()
      .catch((error: unknown) => {
        this.#services.log.error({ err: error, noteId: this.key.noteId }, 'a note could not be opened');
        this.#die(CLOSE.accessChanged, 'the note could not be opened');
      })
      .finally(() => {
        this.#opening = null;
        if (this.#connections.size === 0 && !this.#dead) this.#services.onEmpty(this);
      });
  }

  async #load(): Promise<void> {
    while (this.#document === null && !this.#dead) {
      for (const connection of this.#connections) connection.pause();
      // After a fault the log is the truth, once it holds all that was already passed on.
      await this.#log.settled();
      const stored = await loadNote(this.#services.db, this.key);
      if (this.#dead) return;
      const document = new NoteState(stored, this.#presence.announcedBy, this.key, this.#services.log);
      this.#document = document;
      this.#rest.setTail(stored.rows, stored.bytes);
      markIfSound(this.#services, this.key, stored, document);
      // Others may have committed what nobody here was told of.
      if (this.#shown !== null) this.#spread(document.since(this.#shown), null);
      this.#shown = null;
      if (this.#refused.length > 0) this.#intake.putBack(this.#refused.splice(0), document);
      for (const connection of this.#connections) {
        connection.resume();
        if (!connection.welcomed) this.#welcome(connection, document);
      }
      this.#inbox.deliverWhile(() => this.#document !== null);
    }
    this.#log.resume();
    void this.#catchUp.run();
  }

  /** The document may hold half an update: it is thrown away and built anew, and the sockets stay. */
  #rebuild(): void {
    const harmed = this.#document;
    this.#document = null;
    this.#open();
    this.#shown = harmed?.stateVector() ?? this.#shown;
    harmed?.destroy();
  }

  #receive(connection: NoteConnection, message: Uint8Array): void {
    if (this.#deaf) return;
    const said = readMessage(message);
    if (said.kind === 'update' && !connection.entrance.canWrite) return;
    if (this.#document === null) {
      this.#inbox.add(connection, message);
    } else if (said.kind === 'update') {
      this.#intake.change(connection, this.#document, said.body, said.whole);
    } else if (said.kind === 'state-vector') {
      this.#intake.answer(connection, this.#document, said.body);
    } else if (said.kind === 'awareness') {
      this.#presence.receive(connection, said.body, this.#document);
      this.#intake.appeared(connection, this.#document);
    } else if (said.kind === 'query-awareness') {
      this.#presence.tell(connection, true);
    }
  }

  /** What was passed on is not in the log and never will be as it is: the note is built anew from what is. */
  #takeBack(error: unknown): void {
    this.#refused.push(...this.#log.takeBack());
    if (isTakenElsewhere(error) && ++this.#refusals <= MAX_REFUSALS) this.#rebuild();
    else this.#die(CLOSE.accessChanged, 'the change was refused');
  }

  #try<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      // What is refused has touched nothing.
      if (!(error instanceof MalformedMessage)) {
        this.#services.log.error({ err: error, noteId: this.key.noteId }, 'a note has to be built anew');
        this.#rebuild();
      }
      throw error;
    }
  }

  #spread(change: Uint8Array, sender: NoteConnection | null): void {
    this.#broadcast.spread(updateFrame(change), sender);
  }

  /** Another process committed these rows of the note. */
  hear(seqs: readonly number[]): void {
    this.#catchUp.want(seqs);
  }

  /** Rows may have been committed without our hearing of it. */
  hearAll(): void {
    this.#catchUp.wantAll();
  }

  #applyStored(stored: StoredNote): { gap: boolean } {
    const document = this.#document;
    if (document === null) return { gap: false };
    const { changes, gap } = this.#try(() => document.applyStored(stored));
    for (const change of changes) this.#spread(change, null);
    this.#intake.grown();
    return { gap };
  }

  /** Keeps what the note holds, if it changed here, and shortens a long log, or any to be `putAway`. Never rejects. */
  rest({ putAway = false } = {}): Promise<void> {
    return this.#rest.run({ putAway });
  }

  /** Sends something to every socket that has heard nothing since then (`performance.now()`). */
  breakSilence(since: number, frame: Buffer): void {
    for (const connection of this.#connections) {
      if (connection.lastSent < since) connection.send(frame);
    }
  }

  /** Takes nothing more in. What a client says from now on it says again where it goes next. */
  stopListening(): void {
    this.#deaf = true;
  }

  /** Closes every socket and forgets the rest. */
  end(code: number, reason: string): void {
    this.#dead = true;
    this.#deaf = true;
    this.#rest.stop();
    this.#presence.stop();
    this.#broadcast.flush();
    this.#broadcast.stop();
    for (const connection of [...this.#connections]) connection.close(code, reason);
    this.#document?.destroy();
    this.#document = null;
    this.#inbox.clear();
  }

  #die(code: number, reason: string): void {
    this.end(code, reason);
    this.#services.onDead(this);
  }
}
