import type { call as Call } from '../ui/http';
import type { Told } from './merge-news';
import type { ThreadChange } from './thread-changes';

/** Sends one change of a discussion and gives back what the server made of it. @throws CallError */
export async function sendThread(change: ThreadChange, projectId: string, call: typeof Call): Promise<Told> {
  switch (change.type) {
    case 'thread.create': {
      const { id, annotationId, claimId, codeId, noteId, sourceId, passage, comments } = change.thread;
      const [first] = comments;
      const about = { annotationId, claimId, codeId, noteId };
      const isAboutSource = Object.values(about).every((one) => !one);
      const body = {
        ...{ id, ...about, sourceId: isAboutSource ? sourceId : null, passage },
        ...{ commentId: first?.id, text: first?.text ?? '' },
      };
      return { threads: [await call('thread.create', { params: { projectId }, body })] };
    }
    case 'thread.update': {
      const { id: threadId, resolved, assignee } = change;
      const body = {
        ...(resolved === undefined ? {} : { resolved: resolved !== null }),
        ...(assignee === undefined ? {} : { assignee: assignee?.id ?? null }),
      };
      return { threads: [await call('thread.update', { params: { projectId, threadId }, body })] };
    }
    case 'comment.create': {
      const { id, threadId, text } = change.comment;
      return {
        comments: [await call('comment.create', { params: { projectId, threadId }, body: { id, text } })],
      };
    }
    case 'comment.update':
      return {
        comments: [await call('comment.update', { ...of(change, projectId), body: { text: change.text } })],
      };
    case 'comment.delete':
      return { comments: [await call('comment.delete', of(change, projectId))] };
    case 'comment.restore':
      return { comments: [await call('comment.restore', of(change, projectId))] };
    case 'comment.react': {
      const { sign, on } = change;
      return { comments: [await call('comment.react', { ...of(change, projectId), body: { sign, on } })] };
    }
  }
}

function of({ threadId, id }: { threadId: string; id: string }, projectId: string) {
  return { params: { projectId, threadId, commentId: id } };
}
