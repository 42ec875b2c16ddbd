import { NOTE_MESSAGE, SYNC_STEP, writeSaved } from '../../lib/notes/note-sync';
import { frameOf, messageFrame } from '../frame';
import { ByteReader, MalformedMessage } from './byte-reader';

/** A message of the y-websocket protocol, taken apart as far as its frame; bodies are views. */
export type ClientMessage =
  | { readonly kind: 'state-vector'; readonly body: Uint8Array }
  /** `whole` when it answers our state vector with all that we lack (sync step 2). */
  | { readonly kind: 'update'; readonly whole: boolean; readonly body: Uint8Array }
  | { readonly kind: 'awareness'; readonly body: Uint8Array }
  | { readonly kind: 'query-awareness' }
  /** A type of some other extension: passed over. */
  | { readonly kind: 'other' };

/** Takes a binary message apart. @throws MalformedMessage */
export function readMessage(message: Uint8Array): ClientMessage {
  const reader = new ByteReader(message);
  switch (reader.number()) {
    case NOTE_MESSAGE.sync:
      return readSync(reader);
    case NOTE_MESSAGE.awareness: {
      const body = reader.bytes();
      reader.end();
      return { kind: 'awareness', body };
    }
    case NOTE_MESSAGE.queryAwareness:
      reader.end();
      return { kind: 'query-awareness' };
    default:
      return { kind: 'other' };
  }
}

function readSync(reader: ByteReader): ClientMessage {
  const step = reader.number();
  const body = reader.bytes();
  reader.end();
  if (step === SYNC_STEP.stateVector) return { kind: 'state-vector', body };
  if (step === SYNC_STEP.answer || step === SYNC_STEP.update) {
    return { kind: 'update', whole: step === SYNC_STEP.answer, body };
  }
  throw new MalformedMessage('There is no such sync message');
}

function syncFrame(step: number, body: Uint8Array): Buffer {
  return messageFrame([NOTE_MESSAGE.sync, step], body);
}

/** "This is what I have": asks the client for what the server lacks. */
export const stateVectorFrame = (vector: Uint8Array) => syncFrame(SYNC_STEP.stateVector, vector);
/** "This is all you lack": after it a client calls itself synced. */
export const answerFrame = (update: Uint8Array) => syncFrame(SYNC_STEP.answer, update);
/** A change somebody made. */
export const updateFrame = (update: Uint8Array) => syncFrame(SYNC_STEP.update, update);

/** One client's entry in an awareness message; `state` is JSON, `null` for one that left. */
export type AwarenessEntry = { readonly clientId: number; readonly clock: number; readonly state: string };

/** Awareness of these clients as one frame; with none it still feeds a client's watchdog. */
export function awarenessFrame(entries: readonly AwarenessEntry[]): Buffer {
  const states = entries.map(({ state }) => Buffer.byteLength(state));
  let size = sizeOf(entries.length);
  for (const [index, { clientId, clock }] of entries.entries()) {
    const length = states[index] ?? 0;
    size += sizeOf(clientId) + sizeOf(clock) + sizeOf(length) + length;
  }
  const body = Buffer.allocUnsafe(size);
  let at = write(body, 0, entries.length);
  for (const [index, { clientId, clock, state }] of entries.entries()) {
    at = write(body, write(body, write(body, at, clientId), clock), states[index] ?? 0);
    at += body.write(state, at);
  }
  return messageFrame([NOTE_MESSAGE.awareness], body);
}

/** How many bytes lib0 writes a number in: seven bits each. */
function sizeOf(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** Writes a number as lib0 does, the lowest bits first. Answers where it ends. */
function write(bytes: Buffer, from: number, value: number): number {
  let at = from;
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 0x80;
  bytes[at++] = rest;
  return at;
}

/** "So much is durable": the answer to those who asked for it. */
export const savedFrame = (vector: Uint8Array, messages: number) => frameOf(writeSaved(vector, messages));
/** "This note is damaged and can only be read": for those who asked to be told what is saved. */
export const damagedFrame = () => frameOf(Uint8Array.of(NOTE_MESSAGE.damaged));
