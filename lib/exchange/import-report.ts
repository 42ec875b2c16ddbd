import { z } from 'zod';
import { Loss } from './losses';

/** What a file brings into a project: how many of each are new, how many are there already, and what can't come in. */
export const ImportReport = z.object({
  items: z.array(
    z.object({
      what: z.enum(['Codes', 'Sources', 'Marks', 'Claims']),
      added: z.int().min(0),
      there: z.int().min(0),
    }),
  ),
  losses: z.array(Loss),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A file that somebody brings in. */
export const ImportFile = z.object({
  file: z.object({ name: z.string().max(400), bytes: z.instanceof(Uint8Array<ArrayBuffer>) }),
});
