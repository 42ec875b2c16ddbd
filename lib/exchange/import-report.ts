import { z } from 'zod';
import { Columns, TableRead } from './columns';
import { Loss } from './losses';

/** What a file may bring, in the order it comes. */
export const IMPORTED = [
  'Codes',
  'Sources',
  'Marks',
  'Claims',
  'Notes',
  'Speakers',
  'Variables',
  'Discussions',
  'Follow-ups',
  'Rounds of coding',
  'Decisions',
] as const;

/** What a file brings into a project: how many of each are new, how many are there already, and what can't come in. */
export const ImportReport = z.object({
  items: z.array(
    z.object({
      what: z.enum(IMPORTED),
      added: z.int().min(0),
      there: z.int().min(0),
    }),
  ),
  losses: z.array(Loss),
  /** Of a table: how it begins, and which column was taken for what. */
  table: TableRead.optional(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A file that somebody brings in. */
export const ImportFile = z.object({
  file: z.object({ name: z.string().max(400), bytes: z.instanceof(Uint8Array<ArrayBuffer>) }),
  /** Of a table: which column is what, as JSON of `kind`, `hasHead` and `fields`; as its first row says when left out. */
  columns: z
    .string()
    .max(10_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'Say the columns as JSON' });
        return z.NEVER;
      }
    })
    .pipe(Columns)
    .optional(),
});
