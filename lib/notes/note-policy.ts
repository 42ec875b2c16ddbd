import { getSchema } from '@tiptap/core';
import type { ContentMatch, NodeType, Schema } from '@tiptap/pm/model';
import type { GatePolicy } from '../update-gate/policy';
import { noteSchemaExtensions } from './editor-schema';
import { isAllowedAttribute, isAllowedMark } from './note-attributes';
import { NOTE_FRAGMENT } from './schema-version';

/** The names of all nodes that may stand somewhere in such a node, in whatever order. */
function childrenOf(type: NodeType): Set<string> {
  const names = new Set<string>();
  const seen = new Set<ContentMatch>();
  const open = [type.contentMatch];
  for (let match = open.pop(); match !== undefined; match = open.pop()) {
    if (seen.has(match)) continue;
    seen.add(match);
    for (let index = 0; index < match.edgeCount; index++) {
      const edge = match.edge(index);
      names.add(edge.type.name);
      open.push(edge.next);
    }
  }
  return names;
}

/** A mark that may overlap another of its kind is told apart by eight letters of a digest. */
const markName = (name: string) => /^(.*)--[\w+/=]{8}$/.exec(name)?.[1] ?? name;

/**
 * What a note may hold, read off its schema. It says which node may stand in which, not how many and in which order:
 * two people who each delete one of two lines leave a quotation with none, and are not to be shut out for it; the
 * editor takes such a node away.
 */
export function policyOf(schema: Schema): GatePolicy {
  const children = new Map<string, Set<string>>();
  for (const type of Object.values(schema.nodes)) children.set(type.name, childrenOf(type));
  children.set('', childrenOf(schema.topNodeType));
  return {
    roots: new Set([NOTE_FRAGMENT]),
    allowsChild: (parent, name) => name !== 'text' && (children.get(parent)?.has(name) ?? false),
    allowsText: (parent) => children.get(parent)?.has('text') ?? false,
    allowsAttribute: isAllowedAttribute,
    allowsMark: (parent, name, value) => {
      const mark = schema.marks[markName(name)];
      const fits = mark !== undefined && (schema.nodes[parent]?.allowsMarkType(mark) ?? false);
      return fits && isAllowedMark(mark.name, value);
    },
    allowsEmbed: () => false,
  };
}

/** Changes with what a note may hold: what was stored under another is looked over again. */
export const NOTE_POLICY_VERSION = 4;

/** What a note may hold. */
export const NOTE_POLICY: GatePolicy = policyOf(getSchema(noteSchemaExtensions()));
