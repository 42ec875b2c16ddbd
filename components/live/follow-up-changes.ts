import type { FollowUp } from '@/lib/follow-ups/follow-up';

/** `owner` with their name, so that it is painted at once. */
export type FollowUpEdit = Partial<
  Pick<FollowUp, 'kind' | 'wording' | 'details' | 'owner' | 'due' | 'state' | 'place'>
>;

/** What the person at this page wants changed about a follow-up. */
export type FollowUpChange =
  | { type: 'follow-up.create'; followUp: FollowUp }
  /** `was`: the edited fields before; when others changed only the rest meanwhile, the edit still stands. */
  | { type: 'follow-up.update'; id: string; edit: FollowUpEdit; was: FollowUpEdit }
  | { type: 'follow-up.delete'; id: string; at: string }
  | { type: 'follow-up.restore'; id: string };

export function isFollowUpChange(change: { type: string }): change is FollowUpChange {
  return change.type.startsWith('follow-up.');
}

/** The follow-up that a change is about. */
export function followUpIdOf(change: FollowUpChange): string {
  return change.type === 'follow-up.create' ? change.followUp.id : change.id;
}

/** Whether a change makes a follow-up that this thing raised, and can't stand without it. */
export function isRaisedBy(change: FollowUpChange, id: string): boolean {
  return change.type === 'follow-up.create' && change.followUp.raisedBy?.id === id;
}

/** The follow-up as it looks with a change of it; `undefined` stays so unless the change makes it. */
export function paintFollowUp(followUp: FollowUp | undefined, change: FollowUpChange): FollowUp | undefined {
  if (change.type === 'follow-up.create') return followUp ?? change.followUp;
  if (followUp === undefined) return undefined;
  switch (change.type) {
    case 'follow-up.update':
      return { ...followUp, ...change.edit };
    case 'follow-up.delete':
      return { ...followUp, deleted: change.at };
    case 'follow-up.restore':
      return { ...followUp, deleted: null };
  }
}

/** The change that takes a change of a follow-up back, as seen before it is made. */
export function inverseOfFollowUp(change: FollowUpChange, now: string): FollowUpChange {
  switch (change.type) {
    case 'follow-up.create':
      return { type: 'follow-up.delete', id: change.followUp.id, at: now };
    case 'follow-up.restore':
      return { type: 'follow-up.delete', id: change.id, at: now };
    case 'follow-up.delete':
      return { type: 'follow-up.restore', id: change.id };
    case 'follow-up.update':
      return { type: 'follow-up.update', id: change.id, edit: change.was, was: change.edit };
  }
}

/** What a change of a follow-up did, for "Undone: …". */
export function nameOfFollowUp(change: FollowUpChange): string {
  switch (change.type) {
    case 'follow-up.create':
      return 'follow-up';
    case 'follow-up.update':
      return 'change of a follow-up';
    case 'follow-up.delete':
      return 'deletion of a follow-up';
    case 'follow-up.restore':
      return 'restoring of a follow-up';
  }
}
