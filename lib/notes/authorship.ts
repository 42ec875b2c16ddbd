import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { QUOTE_CHIP, REFERENCE } from './note-content';
import { NOTE_FRAGMENT } from './schema-version';

/** A node of a note as ProseMirror writes it. */
export type NoteJson = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: NoteJson[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
};

/**
 * Who wrote a stretch of a note; null where nobody is known. Lengths count UTF-16 units of text, and one for each
 * quote chip, link to a thing and line break; the stretches follow each other in the order of the document, without gaps.
 */
export type AuthorRun = { readonly userId: string | null; readonly length: number };

/** A stretch of one author between two positions of the document. */
export type AuthorRange = { readonly userId: string | null; readonly from: number; readonly to: number };

/** Deeper nodes are left out: far beyond what anybody writes, far below what overflows the stack. */
const MAX_DEPTH = 64;
const ONE_UNIT = new Set([QUOTE_CHIP, REFERENCE, 'hardBreak']);

/**
 * A note as JSON, and who wrote what by the Yjs client id that each letter was typed or pasted under. What was taken
 * back by undo, or moved, counts as written by whoever did that.
 */
export function readNote(
  doc: Y.Doc,
  ownerOf: (clientId: number) => string | null,
): { doc: NoteJson; authors: AuthorRun[] } {
  const authors: { userId: string | null; length: number }[] = [];
  const wrote = (clientId: number, length: number) => {
    const userId = ownerOf(clientId);
    const last = authors.at(-1);
    if (last?.userId === userId) last.length += length;
    else authors.push({ userId, length });
  };
  const content = childrenOf(doc.getXmlFragment(NOTE_FRAGMENT), wrote, 0);
  return { doc: { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] }, authors };
}

type Wrote = (clientId: number, length: number) => void;

function childrenOf(parent: Y.XmlFragment, wrote: Wrote, depth: number): NoteJson[] {
  if (depth > MAX_DEPTH) return [];
  return parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return textNodes(child, wrote);
    if (!(child instanceof Y.XmlElement)) return [];
    if (ONE_UNIT.has(child.nodeName) && child._item) wrote(child._item.id.client, 1);
    const attrs = Object.entries(child.getAttributes()).filter(([, value]) => value != null);
    const content = childrenOf(child, wrote, depth + 1);
    return [
      {
        type: child.nodeName,
        ...(attrs.length > 0 && { attrs: Object.fromEntries(attrs) }),
        ...(content.length > 0 && { content }),
      },
    ];
  });
}

function textNodes(text: Y.XmlText, wrote: Wrote): NoteJson[] {
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) wrote(item.id.client, item.length);
  }
  const parts = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
  return parts.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string' || insert === '') return [];
    const marks = Object.entries(attributes).map(([name, value]) => ({
      // A mark that may overlap another of its kind carries eight letters of a digest.
      type: name.replace(/--[\w+/=]{8}$/, ''),
      ...(typeof value === 'object' && value !== null && { attrs: value as Record<string, unknown> }),
    }));
    return [{ type: 'text', text: insert, ...(marks.length > 0 && { marks }) }];
  });
}

/** Where in a document each author's stretches stand; one that goes on in the next block is told for each block. */
export function authorRanges(doc: Node, authors: readonly AuthorRun[]): AuthorRange[] {
  const ranges: { userId: string | null; from: number; to: number }[] = [];
  let run = 0;
  let used = 0;
  doc.descendants((node, pos) => {
    if (!node.isText && !(node.isInline && node.isLeaf)) return true;
    let [at, left] = [pos, node.nodeSize];
    while (left > 0) {
      const author = authors[run];
      if (author === undefined) return false;
      const length = Math.min(left, author.length - used);
      const last = ranges.at(-1);
      if (last?.userId === author.userId && last.to === at) last.to = at + length;
      else if (length > 0) ranges.push({ userId: author.userId, from: at, to: at + length });
      at += length;
      left -= length;
      used += length;
      if (used === author.length) {
        run++;
        used = 0;
      }
    }
    return false;
  });
  return ranges;
}
