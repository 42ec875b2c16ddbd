import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** What protects a source now, as everybody who may see the source may know it. */
export const SourceProtection = z.object({
  /** Until then only those who are named, and the owners, see the source and what hangs on it; `null` without an embargo. */
  embargoUntil: z.iso.datetime().nullable(),
  /** Whether only those who are named, and the owners, may open the file it was read from: also where it holds protected passages. */
  file: z.boolean(),
  /** Whether passages of its text are blacked out for all others. Events of older programs lack it. */
  passages: z.boolean().default(false),
  /** Whether all of its text is blacked out for them: a passage was not found again in the current version. */
  lost: z.boolean().default(false),
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

/** A passage in a text: UTF-16 units, end exclusive. */
const Place = z.object({ start: z.int().min(0), end: z.int().min(1) });

/** A passage that only those who are named, and the owners, may read. */
export const ProtectedPassage = z.object({
  id: Id,
  /** How it begins, in the newest version that it stands in; '' where it stands in none. */
  words: z.string(),
  /** Where it stands, by version; `null` where somebody said that it is not in it. */
  places: z.array(z.object({ version: z.int().min(1), place: Place.nullable() })),
  /** Versions in which it was not found for certain: all of their text is blacked out for others until somebody says where it stands. */
  missingIn: z.array(z.int().min(1)),
});
export type ProtectedPassage = z.infer<typeof ProtectedPassage>;

/** Most passages of one source that are protected. */
export const MOST_PASSAGES = 200;

/** A passage to protect, in the version of the text that it was chosen in. */
export const NewProtectedPassage = Place.extend({
  id: Id.optional(),
  version: z.int().min(1),
  /** User ids of members who may read it. Left out: who is named already; at the first time, whoever protects and whoever brought the source in. */
  visibleTo: z.array(Id).max(50, 'Name at most 50 people').optional(),
});
export type NewProtectedPassage = z.output<typeof NewProtectedPassage>;

/** Where a protected passage stands in a version: a place, or `null` for nowhere. */
export const PlacedPassage = z.object({ place: Place.nullable() });
export type PlacedPassage = z.output<typeof PlacedPassage>;

/** What protects a source, as its asker may know it. */
export const SourceProtectionAnswer = SourceProtection.extend({
  sourceId: Id,
  /** Whether the file is protected by itself, too: `file` says whether it is closed. */
  ownFile: z.boolean(),
  /** The protected passages, told to those who are named. */
  protectedPassages: z.array(ProtectedPassage),
  /** Whether the asker is named, or an owner: who is may open the file, and change this. */
  isNamed: z.boolean(),
  /** Who is named, told to those who are; the owners are not listed, they always may. */
  visibleTo: z.array(Person),
});
export type SourceProtectionAnswer = z.infer<typeof SourceProtectionAnswer>;

/** What happened to the protection of a source; one sentence of the feed hangs on it. */
export const SOURCE_DEEDS = ['protected', 'unprotected', 'opened'] as const;
