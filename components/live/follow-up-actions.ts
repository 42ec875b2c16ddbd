import type { FollowUp, RaisedBy } from '@/lib/follow-ups/follow-up';
import { placeOf } from '@/lib/follow-ups/place';
import { newId } from '@/lib/new-id';
import { fieldsOf } from './claim-changes';
import type { FollowUpChange, FollowUpEdit } from './follow-up-changes';
import type { ProjectState } from './project-state';

/** What is said about a new follow-up; the rest is filled in here. */
export type NewFollowUp = Pick<FollowUp, 'wording'> &
  Partial<Pick<FollowUp, 'kind' | 'details' | 'owner' | 'due'>> & { raisedBy?: RaisedBy | null };

/** What a component can do to the follow-ups of the open project. */
export function followUpActions(
  getState: () => ProjectState,
  make: (change: FollowUpChange) => void,
  now: () => string,
) {
  return {
    /** Paints a new follow-up at once and sends it. Returns its id. */
    createFollowUp(given: NewFollowUp): string {
      const id = newId();
      const at = now();
      const { project, me } = getState();
      make({
        type: 'follow-up.create',
        followUp: {
          kind: 'task',
          details: '',
          owner: null,
          due: null,
          raisedBy: null,
          ...given,
          id,
          wording: given.wording.trim(),
          projectId: project.id,
          state: 'open',
          place: placeOf(id),
          creator: { id: me.id, name: me.name },
          created: at,
          modified: at,
          revision: 0,
          deleted: null,
        },
      });
      return id;
    },
    updateFollowUp(id: string, edit: FollowUpEdit): void {
      const followUp = getState().followUps.get(id);
      if (followUp === undefined) return;
      make({ type: 'follow-up.update', id, edit, was: fieldsOf<FollowUp, FollowUpEdit>(followUp, edit) });
    },
    removeFollowUp(id: string): void {
      make({ type: 'follow-up.delete', id, at: now() });
    },
    restoreFollowUp(id: string): void {
      make({ type: 'follow-up.restore', id });
    },
  };
}
