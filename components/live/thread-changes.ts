import type { Person } from '@/lib/annotations/annotation';
import type { Comment, ReactionSign, Thread } from '@/lib/threads/thread';

/** What the person at this page wants changed about a discussion. */
export type ThreadChange =
  | { type: 'thread.create'; thread: Thread }
  /** What is not named stays as it is. */
  | { type: 'thread.update'; id: string; resolved?: Thread['resolved']; assignee?: Thread['assignee'] }
  | { type: 'comment.create'; comment: Comment }
  | { type: 'comment.update'; threadId: string; id: string; text: string; mentions: Person[]; at: string }
  | { type: 'comment.delete'; threadId: string; id: string; at: string }
  | { type: 'comment.restore'; threadId: string; id: string }
  | { type: 'comment.react'; threadId: string; id: string; sign: ReactionSign; on: boolean; by: Person };

const THREAD_CHANGES: ReadonlySet<string> = new Set<ThreadChange['type']>([
  'thread.create',
  'thread.update',
  'comment.create',
  'comment.update',
  'comment.delete',
  'comment.restore',
  'comment.react',
]);

export function isThreadChange(change: { type: string }): change is ThreadChange {
  return THREAD_CHANGES.has(change.type);
}

/** The thread that a change is about. */
export function threadIdOf(change: ThreadChange): string {
  switch (change.type) {
    case 'thread.create':
      return change.thread.id;
    case 'thread.update':
      return change.id;
    case 'comment.create':
      return change.comment.threadId;
    default:
      return change.threadId;
  }
}

/** Whether a thread is about this, and can't be without it. */
export function hangsOn({ annotationId, claimId, codeId, noteId }: Thread, id: string): boolean {
  return [annotationId, claimId, codeId, noteId].includes(id);
}

/** What an older program kept of a comment knows of no edits, mentions and reactions. */
export function grownComment(comment: Comment): Comment {
  const {
    guest = null,
    edited = null,
    deleted = null,
    revision = 1,
    mentions = [],
    reactions = [],
  } = comment;
  return { ...comment, guest, edited, deleted, revision, mentions, reactions };
}

/** The same for a thread, which was about an annotation. */
export function grownThread(thread: Thread): Thread {
  const { annotationId = null, claimId = null, codeId = null, noteId = null, sourceId = null } = thread;
  const { passage = null, assignee = null, targetCreatorId = null, revision = 1 } = thread;
  const comments = thread.comments.map(grownComment);
  const about = { annotationId, claimId, codeId, noteId, sourceId, passage };
  return { ...thread, ...about, assignee, targetCreatorId, revision, comments };
}

/** The thread as it looks with a change of it; `undefined` stays so unless the change makes it. */
export function paintThread(thread: Thread | undefined, change: ThreadChange): Thread | undefined {
  if (change.type === 'thread.create') return thread ?? grownThread(change.thread);
  if (thread === undefined) return undefined;
  switch (change.type) {
    case 'thread.update': {
      const { resolved = thread.resolved, assignee = thread.assignee } = change;
      return { ...thread, resolved, assignee };
    }
    case 'comment.create':
      if (thread.comments.some(({ id }) => id === change.comment.id)) return thread;
      // Another word opens it again, here as on the server.
      return { ...thread, resolved: null, comments: [...thread.comments, grownComment(change.comment)] };
    case 'comment.update': {
      const { text, mentions, at } = change;
      return withComment(thread, change.id, (one) => ({ ...one, text, mentions, edited: at }));
    }
    case 'comment.delete':
      return withComment(thread, change.id, (one) => ({ ...one, deleted: change.at }));
    case 'comment.restore':
      return withComment(thread, change.id, (one) => ({ ...one, deleted: null }));
    case 'comment.react':
      return withComment(thread, change.id, (one) => ({ ...one, reactions: reacted(one.reactions, change) }));
  }
}

function withComment(thread: Thread, id: string, change: (comment: Comment) => Comment): Thread {
  return { ...thread, comments: thread.comments.map((one) => (one.id === id ? change(one) : one)) };
}

/** The signs under a comment after somebody put one there or took it away. */
function reacted(
  reactions: Comment['reactions'],
  { sign, on, by }: { sign: ReactionSign; on: boolean; by: Person },
): Comment['reactions'] {
  const standing = reactions.find((one) => one.sign === sign);
  if (standing === undefined) return on ? [...reactions, { sign, people: [by] }] : reactions;
  const others = standing.people.filter(({ id }) => id !== by.id);
  const isMine = others.length < standing.people.length;
  if (isMine === on) return reactions;
  const people = on ? [...standing.people, by] : others;
  return reactions
    .map((one) => (one === standing ? { sign, people } : one))
    .filter((one) => one.people.length > 0);
}

/** The change that takes a change of this thread back, as seen before it is made; `null` where it can't be taken back. */
export function inverseOfThread(
  before: Thread | undefined,
  change: ThreadChange,
  now: string,
): ThreadChange | null {
  switch (change.type) {
    case 'thread.create': {
      const [first] = change.thread.comments;
      if (first === undefined) return null;
      return { type: 'comment.delete', threadId: change.thread.id, id: first.id, at: now };
    }
    case 'comment.create':
      return { type: 'comment.delete', threadId: change.comment.threadId, id: change.comment.id, at: now };
    case 'comment.delete':
      return { type: 'comment.restore', threadId: change.threadId, id: change.id };
    case 'comment.restore':
      return { type: 'comment.delete', threadId: change.threadId, id: change.id, at: now };
    case 'comment.react':
      return { ...change, on: !change.on };
    case 'comment.update': {
      const comment = before?.comments.find(({ id }) => id === change.id);
      if (comment === undefined) return null;
      return { ...change, text: comment.text, mentions: comment.mentions, at: now };
    }
    case 'thread.update': {
      if (before === undefined) return null;
      return {
        type: 'thread.update',
        id: change.id,
        ...(change.resolved === undefined ? {} : { resolved: before.resolved }),
        ...(change.assignee === undefined ? {} : { assignee: before.assignee }),
      };
    }
  }
}

/** The change that does another one again after it was taken back. */
export function againOfThread(change: ThreadChange): ThreadChange {
  if (change.type === 'comment.create')
    return { type: 'comment.restore', threadId: change.comment.threadId, id: change.comment.id };
  const [first] = change.type === 'thread.create' ? change.thread.comments : [];
  return first === undefined ? change : { type: 'comment.restore', threadId: first.threadId, id: first.id };
}

/** What a change of a discussion did, for "Undone: …". */
export function nameOfThread(change: ThreadChange): string {
  switch (change.type) {
    case 'thread.create':
    case 'comment.create':
      return 'comment';
    case 'comment.update':
      return 'edit of a comment';
    case 'comment.delete':
      return 'deletion of a comment';
    case 'comment.restore':
      return 'restoring of a comment';
    case 'comment.react':
      return 'reaction';
    case 'thread.update':
      return change.assignee === undefined ? 'resolving of a discussion' : 'assigning of a discussion';
  }
}
