import { getSchema } from '@tiptap/core';
import { Node, type Schema } from '@tiptap/pm/model';
import { encodeAny, toBase64 } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { noteSchemaExtensions } from '../notes/editor-schema';
import { isAllowedAttribute, isAllowedMark } from '../notes/note-attributes';
import { NOTE_POLICY } from '../notes/note-policy';
import { NOTE_FRAGMENT } from '../notes/schema-version';
import { auditDocument } from '../update-gate/audit';
import type { NoteNode } from './note-tree';

let known: Schema | null = null;
const schema = () => {
  known ??= getSchema(noteSchemaExtensions());
  return known;
};

/** Eight letters that tell marks apart which may lie on the same words, as the editor's binding makes them. */
function digestOf(mark: unknown): string {
  const whole = digest(encodeAny(mark));
  const short = whole.slice(0, 6);
  for (let at = 6; at < whole.length; at += 1) {
    const place = at % 6;
    short[place] = (short[place] as number) ^ (whole[at] as number);
  }
  return toBase64(short);
}

const isSet = ([, value]: [string, unknown]) => value !== null && value !== undefined;

function formatOf(node: Node): Record<string, unknown> {
  const format: Record<string, unknown> = {};
  for (const mark of node.marks) {
    const attributes = Object.fromEntries(Object.entries(mark.attrs).filter(isSet));
    if (!isAllowedMark(mark.type.name, attributes)) continue;
    const overlaps = !mark.type.excludes(mark.type);
    const name = overlaps ? `${mark.type.name}--${digestOf(mark.toJSON())}` : mark.type.name;
    format[name] = mark.attrs;
  }
  return format;
}

function childrenOf(node: Node): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = [];
  let words: { insert: string; attributes: Record<string, unknown> }[] = [];
  const end = () => {
    if (words.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(words);
    made.push(text);
    words = [];
  };
  node.forEach((child) => {
    if (child.isText) words.push({ insert: child.text ?? '', attributes: formatOf(child) });
    else {
      end();
      made.push(elementOf(child));
    }
  });
  end();
  return made;
}

function elementOf(node: Node): Y.XmlElement {
  const name = node.type.name;
  const element = new Y.XmlElement<Record<string, string>>(name);
  // The binding keeps attributes as they are, numbers too, though Yjs types them as strings.
  for (const [key, value] of Object.entries(node.attrs).filter(isSet))
    if (isAllowedAttribute(name, key, value)) element.setAttribute(key, value as string);
  element.insert(0, childrenOf(node));
  return element as Y.XmlElement;
}

/**
 * A note's document, as the editor would have written it; `null` where no note may hold such a thing. Attributes that a note may not
 * have are left away.
 */
export function documentOf(content: readonly NoteNode[]): Y.Doc | null {
  const doc = new Y.Doc();
  if (content.length === 0) return doc;
  try {
    const tree = Node.fromJSON(schema(), { type: 'doc', content });
    tree.check();
    doc.getXmlFragment(NOTE_FRAGMENT).insert(0, childrenOf(tree));
  } catch (error) {
    // What ProseMirror says of a tree that its schema does not know.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return auditDocument(doc, NOTE_POLICY) === null ? doc : null;
}
