import * as Y from 'yjs';
import { Id } from '../ids';
import { NOTE_FRAGMENT } from './schema-version';

/** The inline atom that stands for an annotation in a note; its only attribute is `annotationId`. */
export const QUOTE_CHIP = 'quoteChip';

/** The inline atom that links to a thing of the project, by `kind` and `id`. */
export const REFERENCE = 'reference';
/** What a note can link to. */
export const REFERENCE_KINDS = ['claim', 'source', 'note', 'person'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** The block that shows what a search finds: its `query`, and `frozenId` once its answer was frozen. */
export const LIVING_QUERY = 'livingQuery';
/** UTF-16 units of a living query. */
export const LONGEST_QUERY = 1_000;

/** The mark on a passage that is discussed; its only attribute is `threadId`. What was said stands in Postgres. */
export const THREAD_MARK = 'thread';

/** Deeper nodes are not read: far beyond what anybody writes, far below what overflows the stack. */
const MAX_DEPTH = 64;
const INLINE = new Set([QUOTE_CHIP, REFERENCE, 'hardBreak']);

type Visitor = {
  text(text: string): void;
  open(element: Y.XmlElement): void;
};

/** Walks text and elements in document order; anything else in the tree is passed over. */
function walk(parent: Y.XmlFragment, visitor: Visitor, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const part of child.toDelta() as { insert?: unknown }[]) {
        if (typeof part.insert === 'string') visitor.text(part.insert);
      }
    } else if (child instanceof Y.XmlElement) {
      visitor.open(child);
      walk(child, visitor, depth + 1);
    }
  }
}

/** The note as plain text, one line per block, for search and excerpts. Quote chips and links to things leave a space. */
export function noteText(fragment: Y.XmlFragment): string {
  let text = '';
  walk(
    fragment,
    {
      text: (part) => {
        text += part;
      },
      open: (element) => {
        if (element.nodeName === QUOTE_CHIP || element.nodeName === REFERENCE) text += ' ';
        else if (element.nodeName === 'hardBreak' || !INLINE.has(element.nodeName)) text += '\n';
      },
    },
    0,
  );
  // Postgres keeps no NUL in text.
  return text
    .replaceAll('\u0000', '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[ \n]*/gu, '\n')
    .trim();
}

/** The annotations that stand in the note as quote chips, each once, in the order of their first chip. */
export function chipIds(fragment: Y.XmlFragment): string[] {
  const ids = new Set<string>();
  const visitor: Visitor = {
    text: () => undefined,
    open: (element) => {
      if (element.nodeName !== QUOTE_CHIP) return;
      const id = Id.safeParse(element.getAttribute('annotationId'));
      if (id.success) ids.add(id.data);
    },
  };
  walk(fragment, visitor, 0);
  return [...ids];
}

/** Who is named in the note by `@`, as often as they are, and the Yjs client that put each there. */
export function mentionsIn(
  fragment: Y.XmlFragment,
): { readonly userId: string; readonly clientId: number }[] {
  const found: { userId: string; clientId: number }[] = [];
  const visitor: Visitor = {
    text: () => undefined,
    open: (element) => {
      if (element.nodeName !== REFERENCE || element.getAttribute('kind') !== 'person') return;
      const id = Id.safeParse(element.getAttribute('id'));
      const clientId = element._item?.id.client;
      if (id.success && clientId !== undefined) found.push({ userId: id.data, clientId });
    },
  };
  walk(fragment, visitor, 0);
  return found;
}

/** A run of text, or the quote chip of an annotation. */
export type NoteInline = string | { readonly text: string; readonly bold?: true } | { readonly chip: string };

/** A block of a note written by hand, such as the sample's. */
export type NoteBlock =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly NoteInline[] }
  | { readonly type: 'paragraph'; readonly content: readonly NoteInline[] };

function buildInline(content: readonly NoteInline[]): (Y.XmlText | Y.XmlElement)[] {
  return content.map((part) => {
    if (typeof part !== 'string' && 'chip' in part) {
      const chip = new Y.XmlElement(QUOTE_CHIP);
      chip.setAttribute('annotationId', part.chip);
      return chip;
    }
    const text = new Y.XmlText();
    if (typeof part === 'string') text.insert(0, part);
    else text.insert(0, part.text, part.bold ? { bold: {} } : {});
    return text;
  });
}

/** A whole note as one Yjs update (version 1), in the shape the editor's binding reads. */
export function buildNote(blocks: readonly NoteBlock[]): Uint8Array {
  const doc = new Y.Doc();
  const elements = blocks.map((block) => {
    const element = new Y.XmlElement(block.type);
    // The binding keeps attributes as they are, numbers too, though Yjs types them as strings.
    if (block.type === 'heading')
      (element as Y.XmlElement<{ level: number }>).setAttribute('level', block.level);
    element.insert(0, buildInline(block.content));
    return element;
  });
  doc.getXmlFragment(NOTE_FRAGMENT).insert(0, elements);
  return Y.encodeStateAsUpdate(doc);
}
