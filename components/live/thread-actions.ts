import type { Person } from '@/lib/annotations/annotation';
import { newId } from '@/lib/new-id';
import type { ThreadTarget } from '@/lib/threads/about';
import { idsIn } from '@/lib/threads/mentions';
import type { ReactionSign, Thread } from '@/lib/threads/thread';
import type { ProjectState } from './project-state';
import type { ThreadChange } from './thread-changes';

/** What a component can do to the discussions of the open project. Texts name people as `@[id]`. */
export function threadActions(
  getState: () => ProjectState,
  make: (change: ThreadChange) => void,
  now: () => string,
) {
  const me = () => ({ id: getState().me.id, name: getState().me.name });
  const mentionsIn = (text: string): Person[] =>
    idsIn(text).flatMap((id) => {
      const member = getState().members.get(id);
      return member === undefined ? [] : [{ id, name: member.name }];
    });
  const comment = (threadId: string, text: string) => ({
    id: newId(),
    threadId,
    creator: me(),
    guest: null,
    text,
    created: now(),
    edited: null,
    deleted: null,
    revision: 1,
    mentions: mentionsIn(text),
    reactions: [],
  });
  return {
    /** Starts a discussion. Returns the thread's id. */
    createThread(target: ThreadTarget, text: string, id: string = newId()): string {
      const { project } = getState();
      const thread: Thread = {
        id,
        projectId: project.id,
        annotationId: null,
        claimId: null,
        codeId: null,
        noteId: null,
        sourceId: besideOf(getState(), target),
        [`${target.type}Id`]: target.id,
        passage: target.type === 'note' ? (target.passage ?? null) : null,
        targetCreatorId: null,
        created: now(),
        revision: 1,
        resolved: null,
        assignee: null,
        comments: [comment(id, text)],
      };
      make({ type: 'thread.create', thread });
      return id;
    },
    reply(threadId: string, text: string): void {
      make({ type: 'comment.create', comment: comment(threadId, text) });
    },
    resolveThread(id: string, resolved: boolean): void {
      make({ type: 'thread.update', id, resolved: resolved ? { at: now(), by: me() } : null });
    },
    assignThread(id: string, assignee: Person | null): void {
      make({ type: 'thread.update', id, assignee });
    },
    updateComment(threadId: string, id: string, text: string): void {
      make({ type: 'comment.update', threadId, id, text, mentions: mentionsIn(text), at: now() });
    },
    removeComment(threadId: string, id: string): void {
      make({ type: 'comment.delete', threadId, id, at: now() });
    },
    restoreComment(threadId: string, id: string): void {
      make({ type: 'comment.restore', threadId, id });
    },
    react(threadId: string, id: string, sign: ReactionSign, on: boolean): void {
      make({ type: 'comment.react', threadId, id, sign, on, by: me() });
    },
  };
}

/** The source beside which a thread on this stands. */
function besideOf({ annotations, notes }: ProjectState, { type, id }: ThreadTarget): string | null {
  if (type === 'annotation') return annotations.get(id)?.sourceId ?? null;
  if (type === 'note') return notes.get(id)?.sourceId ?? null;
  return type === 'source' ? id : null;
}
