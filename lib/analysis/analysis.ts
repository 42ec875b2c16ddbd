import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** What can be counted, in the order it is offered. */
export const ANALYSIS_KINDS = [
  'frequencies',
  'co-occurrence',
  'cross-table',
  'timeline',
  'words',
  'kwic',
  'compare',
] as const;

/** What codes are counted by. */
export const FREQUENCY_BY = ['source', 'person', 'month'] as const;
/** When two codings count as together: on one mark, on marks that share a letter, or on marks so many sentences apart. */
export const UNITS = ['passage', 'overlap', 'sentences'] as const;
/** What every source and speaker has without being asked. */
export const BUILT_IN = ['outlet', 'month', 'language', 'speaker'] as const;
export type BuiltIn = (typeof BUILT_IN)[number];

const Variable = z.union([z.enum(BUILT_IN), Id]);

/** What is asked: a kind, and those parameters that mean something to it; others are passed over. */
export const AnalysisQuery = z.object({
  kind: z.enum(ANALYSIS_KINDS),
  by: z.enum(FREQUENCY_BY).default('source'),
  unit: z.enum(UNITS).default('passage'),
  /** Sentences between two marks, at most; 0 is the same sentence. */
  within: z.coerce.number().int().min(0).max(50).default(1),
  /** A built-in variable, or the id of one of the project's. */
  variable: Variable.default('outlet'),
  /** One source instead of all. */
  source: Id.optional(),
  /** Equal parts that a text is cut into. */
  bins: z.coerce.number().int().min(2).max(100).default(20),
  /** Words in a phrase. */
  n: z.coerce.number().int().min(1).max(5).default(1),
  /** Whether phrases of stop words alone, and stop words, are left out. */
  stop: z.enum(['yes', 'no']).default('yes'),
  /** The phrase whose places are looked for. */
  q: z.string().trim().max(200).default(''),
  /** Two values of the variable. */
  a: z.string().max(200).default(''),
  b: z.string().max(200).default(''),
  of: z.enum(['words', 'codes']).default('words'),
});
export type AnalysisQuery = z.output<typeof AnalysisQuery>;

/** A measure of a table: its value, or why it can't be said; named, and with where it comes from. */
export const Statistic = z.object({
  name: z.string(),
  value: z.number().nullable(),
  /** Degrees of freedom and so on, or why there is no value. */
  words: z.string(),
  cite: z.string(),
});
export type Statistic = z.infer<typeof Statistic>;

/** A line of a table. `id` is a code, source or speaker where there is one behind it. */
const Head = z.object({ id: z.string(), label: z.string() });
export const AnalysisRow = Head.extend({
  /** One for each column; null where nothing can be said. */
  cells: z.array(z.union([z.number(), z.string()]).nullable()),
  /** What was to be expected if row and column had nothing to do with each other. */
  expected: z.array(z.number()).optional(),
  /** Where a line of words stands. */
  place: z.object({ sourceId: Id, start: z.int().min(0), end: z.int().min(0) }).optional(),
});
export type AnalysisRow = z.infer<typeof AnalysisRow>;

/** The table behind a chart. */
export const AnalysisTable = z.object({
  kind: z.enum(ANALYSIS_KINDS),
  /** What the rows are. */
  corner: z.string(),
  columns: z.array(Head),
  rows: z.array(AnalysisRow),
  statistics: z.array(Statistic),
  /** What to know before reading it: what was left out, what a number counts. */
  notes: z.array(z.string()),
});
export type AnalysisTable = z.infer<typeof AnalysisTable>;

/** Which passages stand behind a cell: the query of its table, the ids of its row (a code) and column, and a page of them. */
export const AnalysisCell = AnalysisQuery.extend({
  row: Id,
  column: z.string().max(300),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().min(0).default(0),
});
export type AnalysisCell = z.output<typeof AnalysisCell>;

/** A passage that a cell counts, or the two passages of a pair; `codeIds` are those that it is counted for. */
export const AnalysisPassage = z.object({
  sourceId: Id,
  sourceTitle: z.string(),
  marks: z
    .array(
      z.object({
        annotationId: Id,
        codeIds: z.array(Id),
        by: Person,
        before: z.string(),
        exact: z.string(),
        after: z.string(),
      }),
    )
    .min(1)
    .max(2),
});
export type AnalysisPassage = z.infer<typeof AnalysisPassage>;

/** An analysis that the project keeps under a name. */
export const SavedAnalysis = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  query: AnalysisQuery,
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type SavedAnalysis = z.infer<typeof SavedAnalysis>;

const name = z.string().trim().min(1, 'Give it a name').max(120);
export const NewSavedAnalysis = z.object({ id: Id.optional(), name, query: AnalysisQuery });
export type NewSavedAnalysis = z.output<typeof NewSavedAnalysis>;
export const SavedAnalysisChange = z.object({ name, query: AnalysisQuery }).partial();
export type SavedAnalysisChange = z.output<typeof SavedAnalysisChange>;

/** What an analysis said when somebody froze it in a note: it says the same from then on. */
export const FrozenAnalysis = z.object({
  id: Id,
  projectId: Id,
  noteId: Id,
  name: z.string(),
  query: AnalysisQuery,
  table: AnalysisTable,
  by: Person,
  at: z.iso.datetime(),
});
export type FrozenAnalysis = z.infer<typeof FrozenAnalysis>;
export const NewFrozenAnalysis = z.object({ id: Id.optional(), analysisId: Id });

const BLOCK = /^analysis:([0-9a-f-]{36})$/;

/** What a living query of a note looks for when it shows a saved analysis. */
export function blockOf(id: string): string {
  return `analysis:${id}`;
}

/** The saved analysis that a living query shows; null when it shows a search. */
export function analysisOfBlock(query: string): string | null {
  return BLOCK.exec(query)?.[1] ?? null;
}
