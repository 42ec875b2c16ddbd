import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** What protects a source now, as everybody who may see the source may know it. */
export const SourceProtection = z.object({
  /** Until then only those who are named, and the owners, see the source and what hangs on it; `null` without an embargo. */
  embargoUntil: z.iso.datetime().nullable(),
  /** Whether only those who are named, and the owners, may open the file it was read from. */
  file: z.boolean(),
});
export type SourceProtection = z.infer<typeof SourceProtection>;

/** How long an embargo may last, in days: what nobody remembers should not stay closed by itself. */
export const LONGEST_EMBARGO = 366 * 5;

/** What somebody wants a source to be protected by. */
export const SourceProtectionGiven = z.object({
  embargoUntil: z.iso.datetime({ offset: true }).nullable().default(null),
  file: z.boolean().default(false),
  /** User ids of members. Left out at the first time: whoever protects, and whoever brought the source in. */
  visibleTo: z.array(Id).max(50, 'Name at most 50 people').optional(),
});
export type SourceProtectionGiven = z.output<typeof SourceProtectionGiven>;

/** What protects a source, as its asker may know it. */
export const SourceProtectionAnswer = SourceProtection.extend({
  sourceId: Id,
  /** Whether the asker is named, or an owner: who is may open the file, and change this. */
  isNamed: z.boolean(),
  /** Who is named, told to those who are; the owners are not listed, they always may. */
  visibleTo: z.array(Person),
});
export type SourceProtectionAnswer = z.infer<typeof SourceProtectionAnswer>;

/** What happened to the protection of a source; one sentence of the feed hangs on it. */
export const SOURCE_DEEDS = ['protected', 'unprotected', 'opened'] as const;
