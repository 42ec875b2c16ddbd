import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { StoredNote } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { NoteState } from '@/server/sync/note-state';

const EMPTY_VECTOR = Uint8Array.of(0);

/** The messages in the frames of an answer: the sync step and the update of each. */
function messages(frames: Buffer): { step: number; update: Uint8Array }[] {
  const found: { step: number; update: Uint8Array }[] = [];
  let at = 0;
  while (at < frames.length) {
    expect(frames[at]).toBe(0x82);
    const short = frames[at + 1] ?? 0;
    const [head, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, frames.readUInt16BE(at + 2)]
          : [10, Number(frames.readBigUInt64BE(at + 2))];
    const message = frames.subarray(at + head, at + head + length);
    let from = 2;
    while ((message[from] ?? 0) > 0x7f) from++;
    found.push({ step: message[1] ?? -1, update: message.subarray(from + 1) });
    at += head + length;
  }
  expect(at).toBe(frames.length);
  return found;
}

function received(frames: Buffer, doc = new Y.Doc()): string {
  const all = messages(frames);
  // Only the last one says that it is all.
  expect(all.map(({ step }) => step)).toEqual([...all.slice(1).map(() => 2), 1]);
  for (const { update } of all) Y.applyUpdate(doc, update);
  return doc.getXmlFragment(NOTE_FRAGMENT).toString();
}

const WRITER = 'ada';

/** A note whose every client id is the writer's. */
function open(stored: StoredNote, doc?: Y.Doc): NoteState {
  const clients = doc ? [{ clientId: doc.clientID, userId: WRITER, announced: true }] : [];
  const log = { error: (_details: object, message: string) => expect.fail(message) };
  return new NoteState({ ...stored, clients }, () => null, { noteId: 'note' }, log);
}

/** A writer whose every change is an update, as they come in. */
function writer() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement('paragraph');
  doc.transact(() => {
    paragraph.insert(0, [text]);
    fragment.insert(0, [paragraph]);
  });
  return { doc, updates, text, shown: () => fragment.toString() };
}

describe('the state of an open note', () => {
  it('gives a newcomer all there is, whatever was stored and whatever came since', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 40 }),
        fc.nat(40),
        fc.nat(40),
        (words, snapshotAt, storedAt) => {
          const { updates, text, shown, doc } = writer();
          let snapshot: Uint8Array | null = null;
          const from: number[] = [];
          for (const [index, word] of words.entries()) {
            if (index === snapshotAt % words.length) {
              snapshot = Y.encodeStateAsUpdate(doc);
              from.push(updates.length);
            }
            text.insert(text.length, word);
          }
          const [merged = 0] = from;
          const stored = Math.min(updates.length, merged + (storedAt % 5));
          const state = open({ snapshot, updates: updates.slice(merged, stored) }, doc);
          for (const update of updates.slice(stored)) {
            state.apply(update, WRITER);
            received(state.answer(EMPTY_VECTOR));
          }
          expect(received(state.answer(EMPTY_VECTOR))).toBe(shown());
          expect([...state.stateVector()]).toEqual([...Y.encodeStateVector(doc)]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is not built for somebody who has nothing to add', () => {
    const unreadable = {
      snapshot: Uint8Array.of(9, 9, 9),
      updates: [],
      isMarked: true,
      vector: EMPTY_VECTOR,
    };
    const state = new NoteState(unreadable, () => null, { noteId: 'note' }, { error: () => undefined });
    expect(state.apply(Uint8Array.of(0, 0), WRITER)).toMatchObject({ changes: [], gap: false });
    expect(state.stateVector()).toEqual(EMPTY_VECTOR);
    expect(state.isDamaged).toBe(false);
    state.apply(writer().updates[0] ?? expect.fail('none'), WRITER);
    expect(state.isDamaged).toBe(true);
  });

  it('is what its changes make, byte for byte, also when Yjs tidies up formatting that people overlap', () => {
    const act = fc.record({
      who: fc.nat(2),
      at: fc.nat(30),
      length: fc.integer({ min: 1, max: 8 }),
      what: fc.constantFrom('bold', 'plain', 'write', 'delete', 'meet'),
    });
    let tidied = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), (acts) => {
        const { doc } = writer();
        const people = [doc, new Y.Doc(), new Y.Doc()];
        for (const one of people.slice(1)) Y.applyUpdate(one, Y.encodeStateAsUpdate(doc));
        const clients = people.map((one) => ({ clientId: one.clientID, userId: WRITER, announced: true }));
        const log = { error: (_details: object, message: string) => expect.fail(message) };
        const stored = { snapshot: null, updates: [Y.encodeStateAsUpdate(doc)], clients };
        const state = new NoteState(stored, () => null, { noteId: 'note' }, log);
        const kept = [...stored.updates];
        const meet = (one: Y.Doc) => {
          const lacking = Y.encodeStateAsUpdate(one, state.stateVector());
          const { changes } = state.apply(lacking, WRITER);
          tidied += changes.length > 1 ? 1 : 0;
          kept.push(...changes);
          for (const { update } of messages(state.answer(Y.encodeStateVector(one))))
            Y.applyUpdate(one, update);
        };
        for (const { who, at, length, what } of acts) {
          const one = people[who] ?? doc;
          const paragraph = one.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
          const text = paragraph.get(0) as Y.XmlText;
          const from = Math.min(at, text.length);
          const span = Math.min(length, text.length - from);
          if (what === 'meet') meet(one);
          else if (what === 'write') text.insert(from, 'abcdefgh'.slice(0, length));
          else if (span > 0 && what === 'delete') text.delete(from, span);
          else if (span > 0) text.format(from, span, { bold: what === 'bold' ? {} : null });
        }
        for (const one of [...people, ...people]) meet(one);
        const replayed = new Y.Doc();
        for (const update of kept) Y.applyUpdate(replayed, update);
        const live = new Y.Doc();
        received(state.answer(EMPTY_VECTOR), live);
        expect(Y.encodeStateAsUpdate(replayed)).toEqual(Y.encodeStateAsUpdate(live));
        expect(
          new Set([...people, live].map((one) => one.getXmlFragment(NOTE_FRAGMENT).toString())).size,
        ).toBe(1);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(tidied).toBeGreaterThan(0);
  });

  it('gives who comes back only what they lack', () => {
    const { updates, text, shown, doc } = writer();
    text.insert(0, 'x'.repeat(5_000));
    const away = new Y.Doc();
    Y.applyUpdate(away, Y.encodeStateAsUpdate(doc));
    const state = open({ snapshot: Y.encodeStateAsUpdate(doc), updates: [] }, doc);
    text.insert(0, 'new ');
    state.apply(updates.at(-1) ?? new Uint8Array(), WRITER);
    const answer = state.answer(Y.encodeStateVector(away));
    expect(answer.length).toBeLessThan(100);
    expect(received(answer, away)).toBe(shown());
  });

  it('of an empty note is an empty answer and an empty vector', () => {
    const state = open({ snapshot: null, updates: [] });
    expect(received(state.answer(EMPTY_VECTOR))).toBe('');
    expect([...state.stateVector()]).toEqual([0]);
    expect(state.content()).toMatchObject({ text: '', annotationIds: [] });
  });

  it('refuses a state vector that is none', () => {
    const { doc } = writer();
    const state = open({ snapshot: Y.encodeStateAsUpdate(doc), updates: [] }, doc);
    expect(() => state.answer(Uint8Array.of(5, 1))).toThrow();
  });
});
