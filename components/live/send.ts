import type { Annotation } from '@/lib/annotations/annotation';
import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import { type AnnotationEdit, type Change, type Pending, recode } from './changes';
import { isClaimChange } from './claim-changes';
import { isCodeChange } from './code-changes';
import { isDecisionChange } from './decision-changes';
import { isFollowUpChange } from './follow-up-changes';
import { holds, isCode } from './holds';
import type { Told } from './merge-news';
import { isPassDeed } from './pass-changes';
import type { ProjectState } from './project-state';
import { sendClaim } from './send-claim';
import { sendCode } from './send-code';
import { sendDecision } from './send-decision';
import { sendFollowUp } from './send-follow-up';
import { sendPass } from './send-pass';
import { sendThread } from './send-thread';
import { isThreadChange } from './thread-changes';

/** Others may change the same list of codes at the same moment; then it is read again and our part put in again. */
const RECODE_TRIES = 5;

/** Sends one change and gives back what the server made of it. @throws CallError */
export async function send(pending: Pending, state: ProjectState, call: typeof Call): Promise<Told> {
  const { change, from } = pending;
  const projectId = state.project.id;
  if (isClaimChange(change)) return sendClaim(change, from, projectId, call);
  if (isCodeChange(change)) return sendCode(change, from, projectId, call);
  if (isDecisionChange(change)) return sendDecision(change, projectId, call);
  if (isFollowUpChange(change)) return sendFollowUp(change, from, projectId, call);
  if (isPassDeed(change)) return sendPass(change, projectId, call);
  if (isThreadChange(change)) return sendThread(change, projectId, call);
  switch (change.type) {
    case 'annotation.create': {
      const { id, sourceId, version, motivation, selector, body, codeIds, quote } = change.annotation;
      const { passId, coderId } = change.annotation;
      const answer = await call('annotation.create', {
        params: { projectId },
        body: { id, sourceId, version, motivation, selector, body, codeIds, quote, passId, coderId },
      });
      return { annotations: [answer] };
    }
    case 'annotation.update': {
      const params = { projectId, annotationId: change.id };
      try {
        return {
          annotations: [
            await call('annotation.update', { params, body: change.edit, ifMatch: from || undefined }),
          ],
        };
      } catch (error) {
        if (!isCode(error, 'conflict')) throw error;
        const fresh = await call('annotation.get', { params });
        // A change whose answer was lost comes back as a conflict with ourselves.
        if (holds(fresh, asKept(change.edit, fresh))) return { annotations: [fresh] };
        throw new CallError(
          'conflict',
          'Somebody else changed this mark at the same time. Yours was not saved.',
        );
      }
    }
    case 'annotation.code':
      return { annotations: [await sendCodes(change, from, state, call)] };
    case 'annotation.delete':
      return {
        annotations: [await call('annotation.delete', { params: { projectId, annotationId: change.id } })],
      };
    case 'annotation.restore':
      return {
        annotations: [await call('annotation.restore', { params: { projectId, annotationId: change.id } })],
      };
    case 'note.create': {
      const { id, title, sourceId } = change.note;
      return { notes: [await call('note.create', { params: { projectId }, body: { id, title, sourceId } })] };
    }
  }
}

/** An edit of a quote with what the server adds to it: whom the name leads to. */
function asKept(edit: AnnotationEdit, { quote: kept }: Pick<Annotation, 'quote'>): AnnotationEdit {
  if (!edit.quote || kept === null) return edit;
  const { speakerId, written, hedged } = kept;
  return { ...edit, quote: { ...edit.quote, speakerId, written, hedged } };
}

async function sendCodes(
  change: Extract<Change, { type: 'annotation.code' }>,
  from: number,
  state: ProjectState,
  call: typeof Call,
) {
  const params = { projectId: state.project.id, annotationId: change.id };
  let current = state.base.annotations.get(change.id);
  let revision = current?.revision ?? from;
  for (let tries = 1; ; tries += 1) {
    try {
      return await call('annotation.update', {
        params,
        body: { codeIds: recode(current?.codeIds ?? [], change.add, change.remove) },
        ifMatch: revision || undefined,
      });
    } catch (error) {
      if (!isCode(error, 'conflict') || tries === RECODE_TRIES) throw error;
      current = await call('annotation.get', { params });
      revision = current.revision;
    }
  }
}
