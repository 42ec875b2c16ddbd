import { z } from 'zod';
import { Id } from '../ids';
import { EXPORT_FORMATS, PROFILES } from './formats';
import { LossReport } from './losses';

export const ExportFormatName = z.enum(EXPORT_FORMATS);
export const ProfileName = z.enum(PROFILES);

/** How a project is taken out; or one note of it, or one source, where one is named. */
export const ExportQuery = z.object({
  profile: ProfileName.default('standard'),
  note: Id.optional(),
  source: Id.optional(),
});

/** What an export would leave out, how large it would be (bytes), and how many may be taken still. */
export const ExportPreview = LossReport.extend({
  bytes: z.int().min(0),
  /** Exports that are left this hour, of how many, and seconds until all are there again. */
  allowance: z.object({ left: z.int().min(0), of: z.int(), seconds: z.int().min(0) }),
});
export type ExportPreview = z.infer<typeof ExportPreview>;
