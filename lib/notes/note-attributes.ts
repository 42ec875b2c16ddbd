import { Id } from '../ids';
import { isAllowedHref } from './link-policy';
import {
  LIVING_QUERY,
  LONGEST_QUERY,
  QUOTE_CHIP,
  REFERENCE,
  REFERENCE_KINDS,
  THREAD_MARK,
} from './note-content';

type Rule = (value: unknown) => boolean;

const isId: Rule = (value) => Id.safeParse(value).success;
const isUnset: Rule = (value) => value === null || value === undefined;
const isWhole =
  (least: number, most: number): Rule =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const isOneOf =
  (...allowed: readonly unknown[]): Rule =>
  (value) =>
    allowed.includes(value);

const cell: Record<string, Rule> = {
  colspan: isWhole(1, 1_000),
  rowspan: isWhole(1, 1_000),
  colwidth: (value) => Array.isArray(value) && value.length <= 1_000 && value.every(isWhole(0, 100_000)),
  align: isOneOf('left', 'center', 'right'),
};

/** What the attributes of the nodes of a note may be, besides unset. What stands here nowhere is no attribute. */
const NODE_ATTRIBUTES: Record<string, Record<string, Rule>> = {
  heading: { level: isOneOf(1, 2, 3) },
  codeBlock: { language: (value) => typeof value === 'string' && /^[\p{L}\p{N}_+#./-]{1,64}$/u.test(value) },
  orderedList: { start: isWhole(-1_000_000, 1_000_000), type: isOneOf('1', 'a', 'A', 'i', 'I') },
  taskItem: { checked: (value) => typeof value === 'boolean' },
  tableCell: cell,
  tableHeader: cell,
  [QUOTE_CHIP]: { annotationId: isId },
  [REFERENCE]: { kind: isOneOf(...REFERENCE_KINDS), id: isId },
  [LIVING_QUERY]: {
    query: (value) => typeof value === 'string' && value.length <= LONGEST_QUERY,
    frozenId: isId,
  },
};

const MARK_ATTRIBUTES: Record<string, Record<string, Rule>> = {
  link: { href: isAllowedHref },
  [THREAD_MARK]: { threadId: isId },
};

const has = (table: Record<string, unknown>, key: string) => Object.hasOwn(table, key);

/** Whether a node of a note may have this attribute with this value. */
export function isAllowedAttribute(node: string, key: string, value: unknown): boolean {
  const rules = has(NODE_ATTRIBUTES, node) ? NODE_ATTRIBUTES[node] : undefined;
  const rule = rules && has(rules, key) ? rules[key] : undefined;
  return rule !== undefined && (isUnset(value) || rule(value));
}

/** Whether a mark of a note may have this value: its attributes as an object, or null where it ends. */
export function isAllowedMark(mark: string, value: unknown): boolean {
  if (isUnset(value) || value === true) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const rules = (has(MARK_ATTRIBUTES, mark) ? MARK_ATTRIBUTES[mark] : undefined) ?? {};
  return Object.entries(value).every(([key, one]) => {
    const rule = has(rules, key) ? rules[key] : undefined;
    return rule !== undefined && (isUnset(one) || rule(one));
  });
}
