import type { Annotation } from '../annotations/annotation';
import { exactOf } from '../annotations/span';
import { cut } from '../words/shorten';
import { MOST_QUOTED, type RaisedBy } from './follow-up';

/** A mark as what raises a follow-up. */
export function raisedByMark(annotation: Annotation): RaisedBy {
  const { id, sourceId } = annotation;
  return { type: 'annotation', id, sourceId, annotationId: id, quote: cut(exactOf(annotation), MOST_QUOTED) };
}

/** A comment on a mark as what raises a follow-up. */
export function raisedByComment(
  comment: { id: string; text: string },
  on: Pick<Annotation, 'id' | 'sourceId'>,
): RaisedBy {
  const { id, text } = comment;
  return { type: 'comment', id, sourceId: on.sourceId, annotationId: on.id, quote: cut(text, MOST_QUOTED) };
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
