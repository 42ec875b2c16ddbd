import * as Y from 'yjs';
import { NOTE_POLICY } from '../../lib/notes/note-policy';
import { UpdateGate } from '../../lib/update-gate/update-gate';
import { HonestRoom } from '../../tests/support/gate/honest-room';
import { Seeded } from '../../tests/support/gate/seeded';

/** Time to judge an update, and to apply it without a gate, in microseconds each. */
export type Cost = { readonly judged: number; readonly applied: number };

/** One letter an update, now and then a deletion, now and then elsewhere in the text. */
export function typing(count: number): Uint8Array[] {
  const random = new Seeded(1);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const line = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  doc.getXmlFragment('default').insert(0, [line]);
  line.insert(0, [text]);
  for (let index = 0; index < count; index++) {
    const at = random.chance(0.02) ? random.below(text.length + 1) : text.length;
    if (random.chance(0.1) && text.length > 0) text.delete(Math.max(0, at - 1), 1);
    else text.insert(at, 'the words of a note '.charAt(index % 20));
  }
  return updates;
}

/** What six people send who edit a note in the editor, come and go. */
export function editing(steps: number): Uint8Array[] {
  const room = new HonestRoom(new Seeded(2));
  const updates: Uint8Array[] = [];
  room.onUpdate = (update) => updates.push(update);
  for (let step = 0; step < steps; step++) room.step();
  return updates;
}

/** Lets the same updates into a document, and does the same to one without a gate. */
export function measure(updates: readonly Uint8Array[]): Cost {
  const doc = new Y.Doc();
  const gate = new UpdateGate(doc, NOTE_POLICY);
  const bare = new Y.Doc();
  let judged = 0;
  let applied = 0;
  for (const update of updates) {
    const began = performance.now();
    const verdict = gate.judge(update, () => 'own');
    const between = performance.now();
    Y.applyUpdate(bare, update);
    const ended = performance.now();
    judged += between - began;
    applied += ended - between;
    if (verdict.kind !== 'refuse') gate.take(verdict);
  }
  return { judged: (judged / updates.length) * 1_000, applied: (applied / updates.length) * 1_000 };
}
