import * as Y from 'yjs';
import { auditDocument } from '../update-gate/audit';
import { UpdateGate } from '../update-gate/update-gate';
import { NOTE_POLICY } from './note-policy';
import { applyStored, type StoredNote } from './note-sync';

/**
 * All of a stored note that is sound. A log that holds what must not be there is gone through update by update, and
 * what the gate would not have let in is left out, with what builds on it; `isDamaged` says so. Quick where nothing is
 * wrong, slow otherwise.
 */
export function salvage(stored: StoredNote): { doc: Y.Doc; isDamaged: boolean } {
  const whole = new Y.Doc();
  if (isSound(whole, stored)) return { doc: whole, isDamaged: false };
  whole.destroy();
  const left = new Set<Uint8Array>();
  const all = stored.snapshot === null ? [...stored.updates] : [stored.snapshot, ...stored.updates];
  // Each round leaves at least one more update out.
  for (;;) {
    const doc = new Y.Doc();
    const rest = all.filter((update) => !left.has(update));
    const harmful = takeWhatPasses(doc, rest);
    if (harmful === null && auditDocument(doc, NOTE_POLICY) === null) return { doc, isDamaged: true };
    doc.destroy();
    const culprit = harmful ?? rest.at(-1);
    if (culprit === undefined) throw new Error('A note of which nothing is left cannot be damaged');
    left.add(culprit);
  }
}

function isSound(doc: Y.Doc, stored: StoredNote): boolean {
  try {
    applyStored(doc, stored);
  } catch {
    // Yjs itself could not apply it: what is wrong is looked for update by update.
    return false;
  }
  return auditDocument(doc, NOTE_POLICY) === null;
}

/** Applies what the gate lets through. Answers the update that did harm all the same, or null when none did. */
function takeWhatPasses(doc: Y.Doc, updates: readonly Uint8Array[]): Uint8Array | null {
  const gate = new UpdateGate(doc, NOTE_POLICY);
  for (const update of updates) {
    const verdict = gate.judgeStored(update);
    if (verdict.kind === 'refuse') continue;
    try {
      gate.take(verdict);
    } catch {
      return update;
    }
  }
  return null;
}
