import * as Y from 'yjs';
import type { NoteKey } from '../../lib/access/note-key';
import { NOTE_POLICY } from '../../lib/notes/note-policy';
import type { StoredNote } from '../../lib/notes/note-sync';
import { auditDocument } from '../../lib/update-gate/audit';
import { UpdateGate } from '../../lib/update-gate/update-gate';
import type { Log } from './log';

/** What is wrong with the log of a note. */
export type Damage = {
  readonly fault: string;
  /** How many of its updates, the snapshot counted as one, are shown, and how many it has. */
  readonly shown: number;
  readonly updates: number;
};

/**
 * The note as it was before the first update of its log that the gate would have refused. Slow: it is for a log that
 * somebody else has written into.
 */
export function lastGood(stored: StoredNote, fault: string): { doc: Y.Doc; damage: Damage } {
  const all = stored.snapshot === null ? stored.updates : [stored.snapshot, ...stored.updates];
  let good = all.length;
  // Each round ends at an earlier update than the one before.
  for (;;) {
    const doc = new Y.Doc();
    const reached = replay(doc, all.slice(0, good));
    if (reached === good && (good === 0 || auditDocument(doc, NOTE_POLICY) === null)) {
      return { doc, damage: { fault, shown: good, updates: all.length } };
    }
    doc.destroy();
    // What the gate lets through passes the audit; should it ever not, the search still ends soon.
    good = reached < good ? reached : Math.floor(good / 2);
  }
}

/** Sounds the alarm about a damaged note. */
export function reportDamage(log: Pick<Log, 'error'>, key: Pick<NoteKey, 'noteId'>, damage: Damage): void {
  const details = { noteId: key.noteId, ...damage };
  log.error(details, 'a note is damaged: it is shown as it was before, and cannot be changed');
}

/** Answers how many updates went well before the first that did not. */
function replay(doc: Y.Doc, updates: readonly Uint8Array[]): number {
  const gate = new UpdateGate(doc, NOTE_POLICY);
  for (const [index, update] of updates.entries()) {
    const verdict = gate.judgeStored(update);
    if (verdict.kind === 'refuse') return index;
    try {
      gate.take(verdict);
    } catch {
      // The fault that led here is told already; this is where it lies.
      return index;
    }
  }
  return updates.length;
}
