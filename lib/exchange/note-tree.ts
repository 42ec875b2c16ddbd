import * as Y from 'yjs';

/** A node of a note's document, as ProseMirror writes them: text with its marks, or an element with what is in it. */
export type NoteNode = {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly NoteNode[];
};

/** Deeper nodes are left out: far beyond what anybody writes, far below what overflows the stack. */
const MAX_DEPTH = 64;

/** A note's document as plain values. */
export function noteTree(parent: Y.XmlFragment, depth = 0): NoteNode[] {
  if (depth > MAX_DEPTH) return [];
  return parent.toArray().flatMap((child): NoteNode[] => {
    if (child instanceof Y.XmlText) return textNodes(child);
    if (!(child instanceof Y.XmlElement)) return [];
    const content = noteTree(child, depth + 1);
    return [{ type: child.nodeName, attrs: child.getAttributes(), ...(content.length > 0 && { content }) }];
  });
}

function textNodes(text: Y.XmlText): NoteNode[] {
  const parts = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
  return parts.flatMap(({ insert, attributes }) => {
    if (typeof insert !== 'string') return [];
    const marks = Object.entries(attributes ?? {}).map(([type, attrs]) => ({
      // Marks that may overlap with their like carry a hash behind their name.
      type: type.replace(/--.*$/, ''),
      ...(typeof attrs === 'object' && attrs !== null && { attrs: attrs as Record<string, unknown> }),
    }));
    return [{ type: 'text', text: insert, ...(marks.length > 0 && { marks }) }];
  });
}
