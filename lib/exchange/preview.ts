import { z } from 'zod';
import { EXPORT_FORMATS, PROFILES } from './formats';
import { LossReport } from './losses';

export const ExportFormatName = z.enum(EXPORT_FORMATS);
export const ProfileName = z.enum(PROFILES);

/** What an export would leave out, and how large it would be (bytes). */
export const ExportPreview = LossReport.extend({ bytes: z.int().min(0) });
export type ExportPreview = z.infer<typeof ExportPreview>;
