import { z } from 'zod';
import { quoted } from './quoted';

/** A piece of a note as a guest reads it. */
export const GuestBlock = z.object({
  kind: z.enum(['heading', 'paragraph', 'item', 'quote', 'code', 'rule']),
  text: z.string(),
});
export type GuestBlock = z.infer<typeof GuestBlock>;

/** A node of a note's document, as ProseMirror writes them. */
type Node = {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly content?: readonly Node[];
};

/** A passage that a note quotes, by the name that may be shown of who said it. */
export type Quoted = { readonly exact: string; readonly speaker: string };

const KINDS: Readonly<Record<string, GuestBlock['kind']>> = {
  heading: 'heading',
  codeBlock: 'code',
  horizontalRule: 'rule',
  paragraph: 'paragraph',
};

const INSIDE: Readonly<Record<string, GuestBlock['kind']>> = {
  listItem: 'item',
  taskItem: 'item',
  blockquote: 'quote',
};

/**
 * A note as its guest reads it: what it quotes in words where that may be shown, things it links to and people it names without
 * their names, nothing of what a search in it finds.
 */
export function noteBlocks(
  content: readonly Node[],
  quotes: ReadonlyMap<string, Quoted>,
  within: GuestBlock['kind'] = 'paragraph',
): GuestBlock[] {
  return content.flatMap((node): GuestBlock[] => {
    const kind = KINDS[node.type];
    if (kind !== undefined) {
      const text = (node.content ?? []).map((child) => wordsOf(child, quotes)).join('');
      if (text.trim() === '' && kind !== 'rule') return [];
      return [{ kind: kind === 'paragraph' ? within : kind, text }];
    }
    return noteBlocks(node.content ?? [], quotes, INSIDE[node.type] ?? within);
  });
}

function wordsOf(node: Node, quotes: ReadonlyMap<string, Quoted>): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'reference') return node.attrs?.kind === 'person' ? '@somebody' : '[…]';
  if (node.type !== 'quoteChip') return (node.content ?? []).map((child) => wordsOf(child, quotes)).join('');
  const quote = quotes.get(String(node.attrs?.annotationId));
  if (quote === undefined) return '[a passage that is not shown]';
  const words = quoted(quote.exact);
  return quote.speaker === '' ? words : `${words} (${quote.speaker})`;
}
