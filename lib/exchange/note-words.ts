import type { NoteNode } from './note-tree';
import type { CitedPassage, RecordOf } from './record';

type NoteRecord = Pick<RecordOf<'note'>, 'content' | 'passages' | 'names'>;

/** A passage with its source, on one line: what a chip says where there are no chips. */
export function citation({ exact, speaker, sourceTitle, url }: CitedPassage): string {
  const by = [speaker, sourceTitle, url].filter(Boolean).join(', ');
  return `“${exact.replace(/\s+/g, ' ').trim()}” (${by})`;
}

/** What stands for a quote whose mark is gone, or not to be seen by whoever exports. */
export const GONE_PASSAGE = '[a passage that is not here]';
/** The same for a thing that a note links to. */
export const GONE_THING = '[something that is not here]';
const BLOCKS = new Set(['paragraph', 'heading', 'codeBlock', 'livingQuery', 'horizontalRule']);

const attribute = (node: NoteNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

/** What an inline node says as plain words. */
export function wordsOf(node: NoteNode, note: Pick<NoteRecord, 'passages' | 'names'>): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'quoteChip') {
    const passage = note.passages[attribute(node, 'annotationId')];
    return passage ? citation(passage) : GONE_PASSAGE;
  }
  if (node.type === 'reference') return note.names[attribute(node, 'id')] ?? GONE_THING;
  if (node.type === 'livingQuery') return `[Search: ${attribute(node, 'query')}]`;
  return (node.content ?? []).map((child) => wordsOf(child, note)).join('');
}

/** A note as plain text, a block a line, its chips as quotations. */
export function noteLines({ content, ...note }: NoteRecord): string[] {
  return content.flatMap((node): string[] => {
    if (BLOCKS.has(node.type) || !node.content) return [wordsOf(node, note)];
    return noteLines({ ...note, content: node.content });
  });
}
