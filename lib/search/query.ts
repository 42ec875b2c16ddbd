/** What can be found. A `quote` is an annotation that says who spoke; a `thread` is what a thread begins with, a `comment` a reply. */
export const KINDS = [
  'source',
  'note',
  'annotation',
  'quote',
  'claim',
  'follow-up',
  'comment',
  'thread',
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * The fields of the language, each written `field:value`. `in` is another word for `source`; `owner` is who sees to a claim
 * or a follow-up, and `due` finds those that are due on a day or before it.
 */
export const FIELDS = [
  'kind',
  'code',
  'by',
  'owner',
  'speaker',
  'status',
  'source',
  'in',
  'due',
  'before',
  'after',
] as const;
export type Field = (typeof FIELDS)[number];

/**
 * What `status:` knows beside the statuses of claims: of threads, of follow-ups, and of the place of a mark in its source's
 * current version.
 */
export const STATUSES = [
  'open',
  'resolved',
  'doing',
  'done',
  'dropped',
  'settled',
  'waiting',
  'accepted',
  'placed',
  'orphan',
] as const;
export type Status = (typeof STATUSES)[number];

/** UTF-16 offsets in what was typed, end exclusive. */
export type Place = { readonly start: number; readonly end: number };

/** A part of a query. Leaves say where they stand in what was typed, so that they can be shown as chips. */
export type Leaf = Place &
  (
    | { readonly type: 'word'; readonly word: string /** Written `word*`. */; readonly prefix: boolean }
    | { readonly type: 'phrase'; readonly words: string }
    | { readonly type: 'field'; readonly field: Field; readonly value: string }
  );
export type Node =
  | Leaf
  | { readonly type: 'not'; readonly node: Node }
  | { readonly type: 'and' | 'or'; readonly nodes: readonly Node[] };

/** Something that was taken for plain words, where it stands, and what to do about it. */
export type Problem = Place & { readonly words: string };

/** What was asked; `root` is null where nothing was. */
export type Query = { readonly root: Node | null; readonly problems: readonly Problem[] };
