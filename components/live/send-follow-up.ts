import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import type { FollowUpChange } from './follow-up-changes';
import { holds, isCode } from './holds';
import type { Told } from './merge-news';

/** Others may change the same follow-up again and again; then it is read again and, where theirs is apart, ours put in again. */
const TRIES = 5;

/** Sends one change of a follow-up and gives it back as it is then. @throws CallError */
export async function sendFollowUp(
  change: FollowUpChange,
  from: number,
  projectId: string,
  call: typeof Call,
): Promise<Told> {
  switch (change.type) {
    case 'follow-up.create': {
      const { id, kind, wording, details, owner, due, state, raisedBy, place } = change.followUp;
      const raiser = raisedBy && { type: raisedBy.type, id: raisedBy.id, quote: raisedBy.quote };
      const body = { id, kind, wording, details, owner: owner?.id, due, state, raisedBy: raiser, place };
      return { followUps: [await call('follow-up.create', { params: { projectId }, body })] };
    }
    case 'follow-up.update':
      return { followUps: [await sendEdit(change, from, projectId, call)] };
    case 'follow-up.delete':
      return {
        followUps: [await call('follow-up.delete', { params: { projectId, followUpId: change.id } })],
      };
    case 'follow-up.restore':
      return {
        followUps: [await call('follow-up.restore', { params: { projectId, followUpId: change.id } })],
      };
  }
}

async function sendEdit(
  { id, edit, was }: Extract<FollowUpChange, { type: 'follow-up.update' }>,
  from: number,
  projectId: string,
  call: typeof Call,
) {
  const params = { projectId, followUpId: id };
  const { owner, ...fields } = edit;
  const body = owner === undefined ? fields : { ...fields, owner: owner?.id ?? null };
  let revision = from;
  for (let tries = 1; ; tries += 1) {
    try {
      return await call('follow-up.update', { params, body, ifMatch: revision || undefined });
    } catch (error) {
      if (!isCode(error, 'conflict')) throw error;
      const fresh = await call('follow-up.get', { params });
      // A change whose answer was lost comes back as a conflict with ourselves.
      if (fresh.deleted === null && holds(fresh, edit)) return fresh;
      if (fresh.deleted !== null || tries === TRIES) throw error;
      if (!holds(fresh, was))
        throw new CallError(
          'conflict',
          'Somebody else changed this follow-up at the same time. Yours was not saved.',
        );
      revision = fresh.revision;
    }
  }
}
