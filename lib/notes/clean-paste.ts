import { Extension } from '@tiptap/core';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { isAllowedAttribute } from './note-attributes';

/** Blocks inside one another that a paste may bring; what is deeper becomes plain lines. A note may hold 48. */
const DEEPEST = 20;

/**
 * What is pasted or dropped comes from any page, and may carry attributes and depths that a note may not have. They
 * are taken away here: the server would shut out whoever sent them.
 */
export const CleanPaste = Extension.create({
  name: 'cleanPaste',
  addProseMirrorPlugins() {
    return [new Plugin({ props: { transformPasted: (slice) => cleanSlice(slice) } })];
  },
});

/** The same content with nothing in it that a note may not have. */
export function cleanSlice(slice: Slice): Slice {
  return new Slice(cleanFragment(slice.content, 1), slice.openStart, slice.openEnd);
}

function cleanFragment(fragment: Fragment, depth: number): Fragment {
  return Fragment.from(fragment.content.map((node) => cleanNode(node, depth)));
}

function cleanNode(node: Node, depth: number): Node {
  if (node.isText) return node;
  const { type } = node;
  const { schema } = type;
  if (depth >= DEEPEST && type.isInGroup('block') && !node.isTextblock && !node.isLeaf) {
    const words = node.textContent;
    return schema.node('paragraph', null, words === '' ? [] : [schema.text(words)]);
  }
  const attrs: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node.attrs)) {
    attrs[key] = isAllowedAttribute(type.name, key, value) ? value : type.spec.attrs?.[key]?.default;
  }
  return type.create(attrs, cleanFragment(node.content, depth + 1), node.marks);
}
