import { LIVING_QUERY, QUOTE_CHIP, REFERENCE, THREAD_MARK } from '../notes/note-content';
import type { IncomingNote } from './incoming';
import type { NoteNode } from './note-tree';
import { wordsOf } from './note-words';

/** What the things that a note names are called in the project it comes into; `null` for one that is not there. */
export type IdsHere = {
  readonly mark: (id: string) => string | null;
  /** By the kind of a reference: claim, source, note or person. */
  readonly thing: (kind: string, id: string) => string | null;
  readonly thread: (id: string) => string | null;
};

const attribute = (node: { attrs?: NoteNode['attrs'] }, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

/**
 * A note's document with the ids of the things here. What is not here stands in it by its words; a search that was frozen runs
 * again, which `onThawed` is told of.
 */
export function withIdsHere(
  note: IncomingNote,
  ids: IdsHere,
  on: { gone: (words: string) => void; thawed: (query: string) => void },
): NoteNode[] {
  const change = (node: NoteNode): NoteNode => {
    if (node.type === QUOTE_CHIP) {
      const annotationId = ids.mark(attribute(node, 'annotationId'));
      return annotationId === null ? inWords(node) : { ...node, attrs: { annotationId } };
    }
    if (node.type === REFERENCE) {
      const kind = attribute(node, 'kind');
      const id = ids.thing(kind, attribute(node, 'id'));
      return id === null ? inWords(node) : { ...node, attrs: { kind, id } };
    }
    if (node.type === LIVING_QUERY) {
      const query = attribute(node, 'query');
      if (attribute(node, 'frozenId') !== '') on.thawed(query);
      return { ...node, attrs: { query } };
    }
    return {
      ...node,
      ...(node.marks && { marks: node.marks.flatMap(changeMark) }),
      ...(node.content && { content: node.content.map(change) }),
    };
  };
  const inWords = (node: NoteNode): NoteNode => {
    const text = wordsOf(node, note);
    on.gone(text);
    return { type: 'text', text };
  };
  const changeMark = (mark: NonNullable<NoteNode['marks']>[number]) => {
    if (mark.type !== THREAD_MARK) return [mark];
    const threadId = ids.thread(attribute(mark, 'threadId'));
    return threadId === null ? [] : [{ type: THREAD_MARK, attrs: { threadId } }];
  };
  return note.content.map(change);
}
