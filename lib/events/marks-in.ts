import type { Happening } from './event';

/** The marks that what happened tells of: itself, by its words, or by what hangs on it. */
export function marksIn({ type, subject }: Happening): string[] {
  switch (type) {
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotation.restored':
      return [subject.id];
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded':
      return subject.annotations.map(({ id }) => id);
    case 'pass.shown':
      return [
        ...subject.annotations.map(({ id }) => id),
        ...subject.threads.flatMap(({ annotationId }) => annotationId ?? []),
        ...subject.followUps.flatMap(({ raisedBy }) => raisedBy?.annotationId ?? []),
      ];
    case 'thread.created':
    case 'thread.updated':
    case 'comment.created':
    case 'comment.updated':
    case 'comment.deleted':
    case 'comment.restored':
    case 'comment.reacted':
      return subject.annotationId === null ? [] : [subject.annotationId];
    case 'follow-up.created':
    case 'follow-up.updated':
    case 'follow-up.deleted':
    case 'follow-up.restored':
      return subject.raisedBy?.annotationId ? [subject.raisedBy.annotationId] : [];
    case 'claim.created':
    case 'claim.updated':
    case 'claim.deleted':
    case 'claim.restored':
      return subject.evidence.map(({ annotationId }) => annotationId);
    case 'decision.made':
    case 'decision.updated':
    case 'decision.undone':
    case 'decision.restored':
    case 'decision.objected':
    case 'decision.settled':
      return subject.codings.map(({ annotationId }) => annotationId);
    case 'note.edited':
      return subject.annotationIds;
    default:
      return [];
  }
}
