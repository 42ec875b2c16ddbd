import { z } from 'zod';
import { Id } from '../ids';
import { TargetOutcome, TargetState } from './anchoring';
import { Annotation, Person } from './annotation';

/** A passage in a version: UTF-16 units, end exclusive, with its words and what stands around them. */
export const Passage = z.object({
  start: z.int().min(0),
  end: z.int().min(1),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
});
export type Passage = z.infer<typeof Passage>;

/** Where a mark stands in one version of its source, or why it does not. */
export const Target = z.object({
  annotationId: Id,
  sourceId: Id,
  version: z.int().min(1),
  outcome: TargetOutcome,
  state: TargetState,
  score: z.number().min(0).max(1),
  /** A word for why: those of `lib/anchoring/outcome.ts`, `made`, or `returned` (said to be gone, and there again). */
  reason: z.string(),
  /** Where it stands in this version; `null` while that is not known, or where it is an orphan. */
  place: Passage.nullable(),
  /** Where it stood for certain before this version; `null` where it was made in it. */
  stood: Passage.extend({ version: z.int().min(1) }).nullable(),
  /** Places that may be meant, the likeliest first; `accept` names one by its place in this list, from 0. */
  candidates: z.array(Passage.extend({ score: z.number() })),
  was: z.string().nullable(),
  changedIn: z.int().min(1).nullable(),
  decidedBy: Person.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  revision: z.int().min(1),
});
export type Target = z.infer<typeof Target>;

/** What a person decides about the place of a mark in the current version. */
export const TargetDecision = z.union([
  z.strictObject({ accept: z.literal(true), candidate: z.int().min(0).optional() }),
  z.strictObject({ start: z.int().min(0), end: z.int().min(1), exact: z.string().min(1).max(100_000) }),
  z.strictObject({ orphan: z.literal(true) }),
  z.strictObject({ reopen: z.literal(true) }),
]);
export type TargetDecision = z.infer<typeof TargetDecision>;

/** A decision as it was taken: the place it was about, and the mark as it is now. */
export const TargetDecided = z.object({ target: Target, annotation: Annotation });
export type TargetDecided = z.infer<typeof TargetDecided>;

/** What happened to the places of several marks of a source at once. */
export const DECISIONS = ['accepted', 'placed', 'orphaned', 'reopened'] as const;
