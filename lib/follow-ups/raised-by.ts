import type { Annotation } from '../annotations/annotation';
import { exactOf } from '../annotations/span';
import { plainText } from '../threads/mentions';
import type { Comment, Thread } from '../threads/thread';
import { cut } from '../words/shorten';
import type { RaisedBy } from './follow-up';
import { MOST_QUOTED } from './state';

/** A mark as what raises a follow-up. */
export function raisedByMark(annotation: Annotation): RaisedBy {
  const { id, sourceId } = annotation;
  return { type: 'annotation', id, sourceId, annotationId: id, quote: cut(exactOf(annotation), MOST_QUOTED) };
}

/** A comment, of whatever thread, as what raises a follow-up: its words as they read, with people by name. */
export function raisedByComment(
  { id, text, mentions }: Pick<Comment, 'id' | 'text' | 'mentions'>,
  { sourceId, annotationId }: Pick<Thread, 'sourceId' | 'annotationId'>,
): RaisedBy {
  const quote = cut(plainText(text, mentions), MOST_QUOTED);
  return { type: 'comment', id, sourceId, annotationId, quote };
}

/** A task item of a note, by its words. */
export function raisedByTask(note: { id: string; sourceId: string | null }, words: string): RaisedBy {
  return {
    type: 'note',
    id: note.id,
    sourceId: note.sourceId,
    annotationId: null,
    quote: cut(words, MOST_QUOTED),
  };
}
