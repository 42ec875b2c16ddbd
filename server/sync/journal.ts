import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  futimesSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type NoteKey, noteKeyOf } from '../../lib/access/note-key';
import type { Claim, LogEntry } from '../../lib/notes/update-pack';
import type { Log } from './log';

/** One change that was passed on, of one note. */
export type JournalRecord = { readonly key: NoteKey; readonly entry: LogEntry };

/** A file of the journal, as far as a record of it goes. */
export type Sheet = { readonly path: string; readonly fd: number; pending: number; bytes: number };

/** A file that has grown so long is not added to any more. */
const MAX_SHEET_BYTES = 1024 * 1024;
/** So much may stand in it that is committed already. */
const MAX_STALE_BYTES = 128 * 1024;
/** The files that this process writes to. */
export const inUse = new Set<string>();
/** How often a process that runs says so, ms. */
export const BEAT_MS = 10_000;

/**
 * Keeps what was passed on until Postgres has it, in a file: there it outlives the process, though not the machine. It
 * is handed to the kernel before anybody is sent it, and not waited for to reach the disk: that is what Postgres does.
 */
export class Journal {
  readonly #folder: string;
  readonly #log: Log;
  #sheet: Sheet | null = null;
  #waiting: { sheet: Sheet; bytes: Uint8Array }[] = [];
  #beat: NodeJS.Timeout | null = null;
  /** The disk took nothing more; it may by now. */
  #isBroken = false;

  private constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Begins one in this folder; null, with a word in the log, where nothing can be written. */
  static open(folder: string, log: Log, beatMs = BEAT_MS): Journal | null {
    const journal = new Journal(folder, log);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      journal.#turnOver();
    } catch (error) {
      log.warn({ err: error }, 'what is typed is kept by Postgres alone: no journal can be written');
      return null;
    }
    journal.#beat = setInterval(() => journal.#live(), beatMs);
    journal.#beat.unref();
    return journal;
  }

  /** Keeps a record, before anything that is sent in a later turn. Answers what `done` is to be told. */
  add(key: NoteKey, entry: LogEntry): Sheet | null {
    const sheet = this.#sheet;
    if (sheet === null) return null;
    sheet.pending++;
    if (this.#waiting.length === 0) process.nextTick(() => this.#flush());
    this.#waiting.push({ sheet, bytes: writeRecord(key, entry) });
    return sheet;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const [first] = waiting;
    if (first === undefined) return;
    const { sheet } = first;
    const bytes = waiting.length === 1 ? first.bytes : Buffer.concat(waiting.map((one) => one.bytes));
    try {
      // On a disk that is nearly full the kernel takes a part of it.
      let taken = 0;
      while (taken < bytes.length)
        taken += writeSync(sheet.fd, bytes, taken, bytes.length - taken, sheet.bytes + taken);
      sheet.bytes += bytes.length;
      if (sheet.bytes > MAX_SHEET_BYTES) this.#turnOver();
    } catch (error) {
      this.#log.error({ err: error }, 'the journal cannot be written: Postgres alone keeps what is typed');
      this.#sheet = null;
      this.#isBroken = true;
    }
  }

  /** A record is committed, or is of no more use. */
  done(sheet: Sheet): void {
    if (--sheet.pending > 0) return;
    try {
      if (sheet !== this.#sheet) this.#remove(sheet);
      else if (sheet.bytes > MAX_STALE_BYTES && this.#waiting.length === 0) {
        ftruncateSync(sheet.fd, 0);
        sheet.bytes = 0;
      }
    } catch (error) {
      // What stays in it is passed over when it is read.
      this.#log.warn({ err: error }, 'a journal could not be cleared');
    }
  }

  #turnOver(): void {
    const before = this.#sheet;
    const name = `${encodeURIComponent(hostname())}_${process.pid}_${randomBytes(6).toString('hex')}.journal`;
    const path = join(this.#folder, name);
    this.#sheet = { path, fd: openSync(path, 'wx', 0o600), pending: 0, bytes: 0 };
    inUse.add(path);
    if (before?.pending === 0) this.#remove(before);
  }

  #remove({ fd, path }: Sheet): void {
    closeSync(fd);
    inUse.delete(path);
    unlinkSync(path);
  }

  #live(): void {
    const now = new Date();
    if (this.#sheet !== null) futimesSync(this.#sheet.fd, now, now);
    else if (this.#isBroken) this.#beginAgain();
  }

  /** After a disk was full: what is passed on from now on is kept again. */
  #beginAgain(): void {
    try {
      this.#turnOver();
      this.#isBroken = false;
      this.#log.info({}, 'the journal is written again');
    } catch (error) {
      this.#log.warn({ err: error }, 'the journal cannot be written yet');
    }
  }

  /** Nothing is added any more. What is not committed stays for whoever comes next. */
  close(): void {
    if (this.#beat !== null) clearInterval(this.#beat);
    this.#flush();
    const sheet = this.#sheet;
    this.#sheet = null;
    if (sheet?.pending === 0) this.#remove(sheet);
  }
}

function writeRecord({ projectId, noteId }: NoteKey, { update, userId, claims = [] }: LogEntry): Uint8Array {
  const body = encoding.encode((encoder) => {
    for (const word of [projectId, noteId, userId ?? '']) encoding.writeVarString(encoder, word);
    encoding.writeVarUint(encoder, claims.length);
    for (const { clientId, announced, from } of claims) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, announced ? 1 : 0);
      encoding.writeVarString(encoder, from ?? '');
    }
    encoding.writeVarUint8Array(encoder, update);
  });
  return encoding.encode((encoder) => encoding.writeVarUint8Array(encoder, body));
}

/** Reads the records of a file, as far as they are whole: the process may have ended within one. */
export function readJournal(path: string): JournalRecord[] {
  if (!existsSync(path)) return [];
  const decoder = decoding.createDecoder(new Uint8Array(readFileSync(path)));
  const records: JournalRecord[] = [];
  while (decoding.hasContent(decoder)) {
    try {
      records.push(readRecord(decoding.createDecoder(decoding.readVarUint8Array(decoder))));
    } catch {
      // Its end never came: nobody was sent it, either.
      break;
    }
  }
  return records;
}

function readRecord(decoder: decoding.Decoder): JournalRecord {
  const word = () => decoding.readVarString(decoder);
  const key = noteKeyOf({ projectId: word() }, word());
  const userId = word() || null;
  const claims: Claim[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const clientId = decoding.readVarUint(decoder);
    const announced = decoding.readVarUint(decoder) === 1;
    claims.push({ clientId, announced, from: word() || null });
  }
  return { key, entry: { userId, claims, update: decoding.readVarUint8Array(decoder).slice() } };
}
