import type { Pass } from '@/lib/passes/pass';

/** Who codes a source of a pass. */
export type Assigned = Pick<Pass['assignments'][number], 'coderId' | 'sourceId'>;

/** What is chosen for a pass, and can be chosen otherwise. */
export type PassEdit = Partial<
  Pick<Pass, 'name' | 'sourceIds' | 'codeIds' | 'guidelineNoteId' | 'revealWhen' | 'revealOn'>
>;

/** What the person at this page takes back, or does again, of passes; the first time its own page asks the server. */
export type PassDeed =
  /** `assign`: what was assigned of the sources that come back with it. */
  | {
      type: 'pass.update';
      id: string;
      edit: PassEdit;
      was: PassEdit;
      assign: readonly Assigned[];
    }
  | { type: 'pass.delete'; id: string; at: string }
  /** `isNew`: it stands for the making of the pass. */
  | { type: 'pass.restore'; id: string; isNew?: true };

export function isPassDeed(change: { type: string }): change is PassDeed {
  return change.type.startsWith('pass.');
}

/** The pass as it looks with a change of it. */
export function paintPass(pass: Pass | undefined, deed: PassDeed): Pass | undefined {
  if (pass === undefined) return undefined;
  if (deed.type === 'pass.update') return { ...pass, ...deed.edit };
  return { ...pass, deleted: deed.type === 'pass.delete' ? deed.at : null };
}

/** What takes a change of a pass back, as seen before it is made: with the assignments that go with the sources it takes out. */
export function inverseOfPass(pass: Pass | undefined, deed: PassDeed, now: string): PassDeed {
  const { id } = deed;
  if (deed.type === 'pass.restore') return { type: 'pass.delete', id, at: now };
  if (deed.type === 'pass.delete') return { type: 'pass.restore', id };
  const stays = new Set(deed.edit.sourceIds ?? pass?.sourceIds);
  const lost = (pass?.assignments ?? []).filter(({ sourceId }) => !stays.has(sourceId));
  const assign = lost.map(({ coderId, sourceId }) => ({ coderId, sourceId }));
  return { type: 'pass.update', id, edit: deed.was, was: deed.edit, assign };
}

/** What a change of a pass did, for "Undone: …". */
export function nameOfPass(deed: PassDeed): string {
  if (deed.type === 'pass.update') return 'change of a pass';
  if (deed.type === 'pass.delete') return 'removal of a pass';
  return deed.isNew ? 'new pass' : 'restoring of a pass';
}
