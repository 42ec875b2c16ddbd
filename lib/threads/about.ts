import type { Thread } from './thread';

/** What a thread can be about. */
export type ThreadTarget =
  | { readonly type: 'annotation' | 'claim' | 'code' | 'source'; readonly id: string }
  | { readonly type: 'note'; readonly id: string; readonly passage?: string | null };

type Ids = Partial<Pick<Thread, 'annotationId' | 'claimId' | 'codeId' | 'noteId' | 'sourceId'>>;

/** What a thread is about. @throws Error when it is about nothing. */
export function targetOfThread({ annotationId, claimId, codeId, noteId, sourceId }: Ids): ThreadTarget {
  if (annotationId) return { type: 'annotation', id: annotationId };
  if (claimId) return { type: 'claim', id: claimId };
  if (codeId) return { type: 'code', id: codeId };
  if (noteId) return { type: 'note', id: noteId };
  if (sourceId) return { type: 'source', id: sourceId };
  throw new Error('A thread is about nothing');
}

/** Whether a thread is about this. */
export function isAbout(thread: Ids, { type, id }: ThreadTarget): boolean {
  const target = targetOfThread(thread);
  return target.type === type && target.id === id;
}

/** Whether anything is left of a thread: one whose comments were all deleted is shown nowhere. */
export function isStanding({ comments }: Pick<Thread, 'comments'>): boolean {
  return comments.some(({ deleted }) => deleted === null);
}

/** The people who are in a thread: whoever wrote or was mentioned in it, and whom it is assigned to. */
export function peopleIn(thread: Thread): Set<string> {
  const standing = thread.comments.filter(({ deleted }) => deleted === null);
  const ids = standing.flatMap(({ creator, mentions }) => [creator.id, ...mentions.map(({ id }) => id)]);
  return new Set(thread.assignee === null ? ids : [...ids, thread.assignee.id]);
}
