import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** In a blind pass nobody but the lead sees another coder's work until the reveal. */
export const PASS_KINDS = ['open', 'blind'] as const;
export const PassKind = z.enum(PASS_KINDS);
export type PassKind = z.infer<typeof PassKind>;

/** What reveals a blind pass: the lead, the beginning of a day (in UTC), or that everybody is done. The lead always may. */
export const REVEALS = ['by-hand', 'on-date', 'when-done'] as const;
export const RevealWhen = z.enum(REVEALS);
export type RevealWhen = z.infer<typeof RevealWhen>;

/** How far a coder is with a source. */
export const PROGRESS = ['not-started', 'working', 'done'] as const;
export const Progress = z.enum(PROGRESS);
export type Progress = z.infer<typeof Progress>;

/** Somebody whose codings a pass compares: a member, or a named coder such as an imported set of codings. */
export const PassCoder = z.object({
  id: Id,
  /** The member; `null` for a named coder. */
  userId: Id.nullable(),
  name: z.string(),
  /** Whether theirs is what others learn from, each after a source of their own is done. */
  isExpert: z.boolean(),
});
export type PassCoder = z.infer<typeof PassCoder>;

/** That a coder codes a source, and how far they are. */
export const PassAssignment = z.object({
  coderId: Id,
  sourceId: Id,
  state: Progress,
  started: z.iso.datetime().nullable(),
  done: z.iso.datetime().nullable(),
});
export type PassAssignment = z.infer<typeof PassAssignment>;

/** Chosen coders who code chosen sources with chosen codes. */
export const Pass = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  kind: PassKind,
  /** Whoever sees everything before the reveal. */
  lead: Person,
  /** The note that says how to code. */
  guidelineNoteId: Id.nullable(),
  sourceIds: z.array(Id),
  /** The codes it is about; none means all. */
  codeIds: z.array(Id),
  coders: z.array(PassCoder),
  /** Of a blind pass that was not revealed, to whoever does not lead it: their own alone. */
  assignments: z.array(PassAssignment),
  revealWhen: RevealWhen,
  /** The day of the reveal, which begins in UTC. */
  revealOn: z.iso.date().nullable(),
  revealed: z.iso.datetime().nullable(),
  /** `null` where the day or the last coder revealed it. */
  revealedBy: Person.nullable(),
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type Pass = z.infer<typeof Pass>;

const name = z.string().trim().min(1, 'Give it a name').max(120);
const sourceIds = z.array(Id).min(1, 'Choose at least one source').max(2_000);
const codeIds = z.array(Id).max(1_000);
const perSource = z.int().min(1, 'At least one coder a source').max(100);

/** A coder as they are chosen: a member by `userId`, or a named coder by `name`. */
export const PassCoderGiven = z
  .object({
    /** Of a coder who is in it already. */
    id: Id.optional(),
    userId: Id.nullish(),
    name: z.string().trim().min(1).max(120).optional(),
    isExpert: z.boolean().default(false),
  })
  .refine((one) => (one.userId ?? one.name) !== undefined, 'Choose a member, or give the coder a name');
export type PassCoderGiven = z.infer<typeof PassCoderGiven>;
const coders = z.array(PassCoderGiven).max(100);

export const NewPass = z.object({
  id: Id.optional(),
  name,
  kind: PassKind.default('open'),
  guidelineNoteId: Id.nullish(),
  sourceIds,
  codeIds: codeIds.default([]),
  coders: coders.default([]),
  /** Each source goes to so many coders, who get about as much each; to all of them when left out. */
  perSource: perSource.optional(),
  revealWhen: RevealWhen.default('by-hand'),
  revealOn: z.iso.date().nullish(),
});
export type NewPass = z.output<typeof NewPass>;

/** What may change of a pass: whether it is blind may not, as nobody can unsee. */
export const PassChange = z
  .object({
    name,
    /** The user id of a member; whoever leads hands it over. */
    lead: Id,
    guidelineNoteId: Id.nullable(),
    sourceIds,
    codeIds,
    /** All coders as they are to be. */
    coders,
    revealWhen: RevealWhen,
    revealOn: z.iso.date().nullable(),
  })
  .partial();
export type PassChange = z.infer<typeof PassChange>;

/** Who is to code what from now on, or no longer. */
export const PassAssigning = z.object({
  changes: z
    .array(z.object({ coderId: Id, sourceId: Id, assigned: z.boolean() }))
    .min(1)
    .max(5_000),
});
export type PassAssigning = z.infer<typeof PassAssigning>;

export const PassDealing = z.object({ perSource });

/** How far somebody is: oneself, or a coder of that id for whoever leads the pass. */
export const PassProgress = z.object({ sourceId: Id, state: Progress, coderId: Id.optional() });
export type PassProgress = z.infer<typeof PassProgress>;
