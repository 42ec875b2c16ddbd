import { targetOfThread } from './about';
import type { Thread } from './thread';

type Where = Pick<Thread, 'id' | 'projectId' | 'annotationId' | 'claimId' | 'codeId' | 'noteId' | 'sourceId'>;

/** The address, below the instance's own, at which a thread is shown, with one of its comments pointed out. */
export function threadPath(thread: Where, commentId?: string): string {
  const root = `/projects/${thread.projectId}`;
  const target = targetOfThread(thread);
  const query = new URLSearchParams();
  if (target.type === 'annotation') query.set('mark', target.id);
  if (target.type === 'code') query.set('code', target.id);
  query.set('thread', thread.id);
  if (commentId !== undefined) query.set('comment', commentId);
  return `${root}/${pageOf(thread, target)}?${query}`;
}

function pageOf({ sourceId, noteId, claimId }: Where, target: { type: string; id: string }): string {
  if (target.type === 'code') return 'codebook';
  if (target.type === 'claim') return `claims/${claimId}`;
  // What is said about a source as a whole stands with its record, not over its text.
  if (target.type === 'source') return `sources/${sourceId}/versions`;
  if (sourceId !== null) return `sources/${sourceId}`;
  return `notes/${noteId}`;
}
