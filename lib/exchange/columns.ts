import { z } from 'zod';

/** What a table may hold: codings, a row each, or the codes of a codebook. */
export const TABLE_KINDS = ['codings', 'codebook'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

type Field = {
  readonly name: string;
  readonly isNeeded?: true;
  readonly about: string;
  readonly called: readonly string[];
};

/** What a column can be, and what it is called in the tables of programs and people, in small letters. */
export const FIELDS = {
  codings: {
    source: {
      ...{ name: 'Source', isNeeded: true, about: 'Its title or address here' },
      called: [
        'source',
        'document',
        'document name',
        'file',
        'filename',
        'title',
        'url',
        'uri',
        'address',
        'page',
      ],
    },
    code: {
      ...{ name: 'Code', isNeeded: true, about: 'By its name; a new one is made' },
      called: ['code', 'tag', 'tags', 'label', 'theme', 'category', 'codes'],
    },
    quote: {
      ...{ name: 'Quote', about: 'The words as they stand in the source' },
      called: [
        'quote',
        'content',
        'segment',
        'coded segment',
        'text',
        'exact',
        'passage',
        'quotation',
        'quotation content',
      ],
    },
    start: { name: 'Start', about: 'In UTF-16 units', called: ['start', 'begin', 'from', 'start position'] },
    end: { name: 'End', about: 'After the last unit', called: ['end', 'to', 'until', 'end position'] },
    coder: {
      ...{ name: 'Coder', about: 'Who coded it' },
      called: ['coder', 'creator', 'by', 'coded by', 'author', 'user', 'annotator', 'created by', 'made by'],
    },
    comment: {
      ...{ name: 'Comment', about: 'What is said about it' },
      called: ['comment', 'memo', 'body', 'note', 'remark', 'quotation comment'],
    },
  },
  codebook: {
    code: {
      ...{ name: 'Code', isNeeded: true, about: 'Its name' },
      called: ['code', 'name', 'tag', 'label', 'theme', 'category', 'code name'],
    },
    parent: {
      ...{ name: 'Parent', about: 'The code it stands under' },
      called: ['parent', 'parent code', 'under', 'group', 'parent name'],
    },
    definition: {
      ...{ name: 'Definition', about: 'What it means' },
      called: ['definition', 'description', 'meaning', 'comment', 'memo'],
    },
    colour: { name: 'Colour', about: 'A name, or #rrggbb', called: ['colour', 'color'] },
    whenToUse: {
      name: 'When to use',
      about: '',
      called: ['when to use', 'inclusion', 'include', 'use when'],
    },
    whenNot: { name: 'When not', about: '', called: ['when not', 'when not to use', 'exclusion', 'exclude'] },
  },
} as const satisfies Record<TableKind, Record<string, Field>>;

const Column = z.int().min(0).max(500).nullable();

/** Which column is what, as somebody says it; a field that is left out has none. Columns are counted from 0. */
export const Columns = z.object({
  kind: z.enum(TABLE_KINDS),
  /** Whether the first row names the columns. */
  hasHead: z.boolean(),
  fields: z.record(z.string().max(40), Column),
});
export type Columns = z.infer<typeof Columns>;

/** A table that was read: how it begins, and which column is taken for what. */
export const TableRead = Columns.extend({
  /** The cells of the first row, whether or not it names the columns. */
  head: z.array(z.string()),
  /** The first rows behind that. */
  rows: z.array(z.array(z.string())),
  /** All rows but the head. */
  total: z.int().min(0),
});
export type TableRead = z.infer<typeof TableRead>;

const tidy = (cell: string) =>
  cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** The fields of a kind of table, in the order a person sees them. */
export const fieldsOf = (kind: TableKind): [string, Field][] => Object.entries(FIELDS[kind]);

function guessFields(kind: TableKind, head: readonly string[]): Record<string, number | null> {
  const cells = head.map(tidy);
  const taken = new Set<number>();
  return Object.fromEntries(
    fieldsOf(kind).map(([key, { called }]) => {
      const found = called.map((name) => cells.indexOf(name)).find((at) => at >= 0 && !taken.has(at));
      if (found !== undefined) taken.add(found);
      return [key, found ?? null];
    }),
  );
}

/** Columns as somebody told them; where they told a kind and no more, its first row says the rest. */
export function namedColumns(head: readonly string[], told: Columns): Columns {
  const isOpen = told.hasHead && Object.keys(told.fields).length === 0;
  return isOpen ? { ...told, fields: guessFields(told.kind, head) } : told;
}

/** What a table's first row says that its columns are. One that says nothing has its columns still to be named. */
export function guessColumns(head: readonly string[]): Columns {
  const codings = guessFields('codings', head);
  const codebook = guessFields('codebook', head);
  const has = (key: string) => typeof codings[key] === 'number';
  const kind = has('source') && (has('quote') || (has('start') && has('end'))) ? 'codings' : 'codebook';
  const fields = kind === 'codings' ? codings : codebook;
  const hasHead = Object.values(fields).some((at) => at !== null);
  if (hasHead || head.length === 0) return { kind, hasHead, fields };
  // A bare list of codes, or codes with what they mean.
  return { kind, hasHead, fields: { ...fields, code: 0, definition: head.length > 1 ? 1 : null } };
}
