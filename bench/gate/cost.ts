import * as Y from 'yjs';
import { NOTE_POLICY } from '../../lib/notes/note-policy';
import { UpdateGate } from '../../lib/update-gate/update-gate';
import { HonestRoom } from '../../tests/support/gate/honest-room';
import { Seeded } from '../../tests/support/gate/seeded';

/** CPU the gate adds to an update, and that of applying it without one, in microseconds each. */
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

/** What the gate adds for the process, its look at the document afterwards included, and what applying costs alone. */
export function measure(updates: readonly Uint8Array[]): Cost {
  const bare = new Y.Doc();
  const applied = cpuOf(() => {
    for (const update of updates) Y.applyUpdate(bare, update);
  });
  const doc = new Y.Doc();
  const gate = new UpdateGate(doc, NOTE_POLICY);
  const all = cpuOf(() => {
    for (const update of updates) {
      const verdict = gate.judge(update, () => 'own');
      if (verdict.kind !== 'refuse') gate.take(verdict);
    }
  });
  return { judged: (all - applied) / updates.length, applied: applied / updates.length };
}

/** CPU of this process, in microseconds: how busy the machine is matters less to it than to the clock. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
