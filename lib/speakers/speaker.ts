import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** schema.org's words for who may speak. */
export const SPEAKER_KINDS = ['Person', 'Organization'] as const;
export const SpeakerKind = z.enum(SPEAKER_KINDS);
export type SpeakerKind = z.infer<typeof SpeakerKind>;

const name = z.string().trim().min(1, 'Say what they are called').max(200);
const aliases = z.array(z.string().trim().min(1).max(200)).max(50);
const words = z.string().trim().max(300);

/**
 * Somebody whose words the project quotes, as everybody in it may see them. Of a protected one this is the pseudonym and no
 * more: what else is known is in their Identity.
 */
export const Speaker = z.object({
  id: Id,
  projectId: Id,
  kind: SpeakerKind,
  /** The shown name: the pseudonym of a protected one. */
  name: z.string(),
  /** What else they are called, spellings that were corrected too. */
  aliases: z.array(z.string()),
  /** What they are or do: "auditor". */
  role: z.string(),
  /** Whom they speak for or belong to, in words, or another speaker of the project. */
  affiliation: z.string(),
  affiliationId: Id.nullable(),
  /** The quote that names them first. */
  firstMentionId: Id.nullable(),
  isProtected: z.boolean(),
  /** Speakers that were found to be this one; their names are aliases now. Of a protected one the names are left out. */
  merged: z.array(z.object({ id: Id, name: z.string() })),
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type Speaker = z.infer<typeof Speaker>;

/** Who a protected speaker is, for the members who are named in it and nobody else. */
export const Identity = z.object({
  speakerId: Id,
  name: z.string(),
  aliases: z.array(z.string()),
  role: z.string(),
  affiliation: z.string(),
  affiliationId: Id.nullable(),
  firstMentionId: Id.nullable(),
  visibleTo: z.array(Person),
});
export type Identity = z.infer<typeof Identity>;

export const NewSpeaker = z.object({
  id: Id.optional(),
  kind: SpeakerKind.optional(),
  name,
  aliases: aliases.default([]),
  role: words.default(''),
  affiliation: words.default(''),
  affiliationId: Id.nullish(),
});
export type NewSpeaker = z.output<typeof NewSpeaker>;

export const SpeakerChange = z
  .object({
    kind: SpeakerKind,
    name,
    aliases,
    role: words,
    affiliation: words,
    affiliationId: Id.nullable(),
    firstMentionId: Id.nullable(),
  })
  .partial();
export type SpeakerChange = z.output<typeof SpeakerChange>;

export const SpeakerMerge = z.object({ into: Id });

export const Protection = z.object({
  pseudonym: name,
  /** User ids of members. Left out at the first time: whoever protects, whoever made the speaker, and the owners. */
  visibleTo: z.array(Id).min(1, 'Name at least one person who may know').max(50).optional(),
});
export type Protection = z.output<typeof Protection>;

/** A speaker with what the asker may do about them. */
export const SpeakerAnswer = Speaker.extend({
  /** Quotes of theirs that stand. */
  quotes: z.int().min(0),
  /** Whether the asker may read who they are. */
  mayIdentify: z.boolean(),
});
export type SpeakerAnswer = z.infer<typeof SpeakerAnswer>;
