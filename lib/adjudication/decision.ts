import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/**
 * What an adjudicator makes of a disagreement: one coder's coding holds; what all of them covered holds under one code; a
 * coding of its own holds; the team talks about it first; or the codebook has to say more.
 */
export const OUTCOMES = ['accept', 'merge', 'third', 'discuss', 'codebook'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

/** How coders differ about a stretch of a source. */
export const DISAGREEMENT_KINDS = ['boundary', 'code', 'only-one'] as const;
export const DisagreementKind = z.enum(DISAGREEMENT_KINDS);
export type DisagreementKind = z.infer<typeof DisagreementKind>;

/** One code of one mark in a disagreement, and the coder of the pass it counts for. */
export const DisputedCoding = z.object({
  annotationId: Id,
  coderId: Id,
  codeId: Id,
  /** UTF-16 units of the source's text. */
  start: z.int().min(0),
  end: z.int().min(0),
});
export type DisputedCoding = z.infer<typeof DisputedCoding>;

/** A coding that holds, whatever each coder made of it. */
export const GoldCoding = z.object({
  codeId: Id,
  /** The version of the source that the span counts in: it goes on to a new one where its place there is certain. */
  version: z.int().min(1),
  start: z.int().min(0),
  end: z.int().min(0),
  exact: z.string(),
});
export type GoldCoding = z.infer<typeof GoldCoding>;

/** What a coder says against a decision. */
export const Objection = z.object({
  id: Id,
  by: Person,
  text: z.string(),
  created: z.iso.datetime(),
  /** When an adjudicator had dealt with it, and who. */
  settled: z.object({ at: z.iso.datetime(), by: Person }).nullable(),
});
export type Objection = z.infer<typeof Objection>;

/** What was decided about a disagreement of a pass, and why. The coders' marks stay as they are. */
export const Decision = z.object({
  id: Id,
  projectId: Id,
  passId: Id,
  /** What tells its disagreement from others: the codings that it is between. */
  key: z.string(),
  sourceId: Id,
  /** The version of the source in which it was decided: its span and its codings count in that one. */
  version: z.int().min(1),
  start: z.int().min(0),
  end: z.int().min(0),
  /** The codings as they were. */
  codings: z.array(DisputedCoding),
  outcome: Outcome,
  /** What holds; empty where nothing is settled yet. */
  gold: z.array(GoldCoding),
  why: z.string(),
  /** The discussion that it was sent to, or the suggestion on the code. */
  threadId: Id.nullable(),
  by: Person,
  created: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  /** When it was taken back. */
  undone: z.iso.datetime().nullable(),
  objections: z.array(Objection),
});
export type Decision = z.infer<typeof Decision>;

const why = z.string().trim().max(2_000);

/** The outcomes that need to say which coding holds name it; a third one brings its own span and code. */
export const NewDecision = z
  .object({
    id: Id.optional(),
    /** The disagreement as the queue named it. */
    key: z.string().min(1).max(100),
    outcome: Outcome,
    /** Of `accept` and `merge`: whose coding, or whose code, holds. */
    accepted: z.object({ annotationId: Id, codeId: Id }).optional(),
    /** Of `third`: in UTF-16 units of the source's current text. */
    third: z
      .object({ codeId: Id, start: z.int().min(0), end: z.int().min(1) })
      .refine(({ start, end }) => end > start, 'A coding covers at least one character')
      .optional(),
    why: why.default(''),
    /** Of `discuss` and `codebook`: the thread that was begun. */
    threadId: Id.optional(),
    /** The decision that stands now, where it is to be replaced. */
    replaces: Id.optional(),
  })
  .refine(({ outcome, accepted }) => outcome !== 'accept' || accepted !== undefined, {
    message: 'Say which coding holds',
    path: ['accepted'],
  })
  .refine(({ outcome, third }) => outcome !== 'third' || third !== undefined, {
    message: 'Give the span and the code that hold',
    path: ['third'],
  });
export type NewDecision = z.output<typeof NewDecision>;

export const DecisionChange = z.object({ why });
export type DecisionChange = z.infer<typeof DecisionChange>;

export const NewObjection = z.object({
  id: Id.optional(),
  text: z.string().trim().min(1, 'Say what you object to').max(2_000),
});
export type NewObjection = z.infer<typeof NewObjection>;

/** A disagreement as it is decided about, with the words around it. */
export const QueuedDisagreement = z.object({
  key: z.string(),
  kind: DisagreementKind,
  sourceId: Id,
  version: z.int().min(1),
  start: z.int().min(0),
  end: z.int().min(0),
  codings: z.array(DisputedCoding),
  /** How much it costs the agreement; the queue begins with the greatest. */
  cost: z.number(),
  /** A piece of the source's text and where it begins. */
  context: z.object({ from: z.int().min(0), text: z.string() }),
});
export type QueuedDisagreement = z.infer<typeof QueuedDisagreement>;

/** How far the coders of a pass agreed at a moment; a measure has no value where there is a reason that it has none. */
export const AgreementRecord = z.object({
  /** `before`: as they coded; `after`: with what was decided in place of what they coded there. */
  moment: z.enum(['before', 'after']),
  at: z.iso.datetime(),
  decided: z.int().min(0),
  of: z.int().min(0),
  figures: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      value: z.number().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export type AgreementRecord = z.infer<typeof AgreementRecord>;

/** All that it takes to adjudicate a pass, or to read what was decided. */
export const Adjudication = z.object({
  passId: Id,
  /** The costliest first. */
  queue: z.array(QueuedDisagreement),
  /** Stretches that all coders coded alike: gold without a decision. */
  agreed: z.int().min(0),
  /** All decisions that were not taken back; one whose key is not in the queue is about marks that changed since. */
  decisions: z.array(Decision),
  agreement: z.array(AgreementRecord),
});
export type Adjudication = z.infer<typeof Adjudication>;

/** One coding of the gold layer: what all coders agreed on, or what was decided. */
export const GoldRow = z.object({
  sourceId: Id,
  version: z.int().min(1),
  start: z.int().min(0),
  end: z.int().min(0),
  codeId: Id,
  code: z.string(),
  exact: z.string(),
  /** `null` where all coders agreed. */
  decisionId: Id.nullable(),
  outcome: Outcome.nullable(),
  why: z.string(),
});
export type GoldRow = z.infer<typeof GoldRow>;

/** Whether a decision says what holds, so that nothing is left to do about its disagreement. */
export function isSettled({ outcome, undone }: Pick<Decision, 'outcome' | 'undone'>): boolean {
  return undone === null && outcome !== 'discuss' && outcome !== 'codebook';
}
