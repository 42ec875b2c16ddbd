import { z } from 'zod';

/** What became of a mark when its source got a version; `made` where it was made in that version. */
export const TARGET_OUTCOMES = ['made', 'same', 'moved', 'changed', 'ambiguous', 'lost'] as const;
export const TargetOutcome = z.enum(TARGET_OUTCOMES);
export type TargetOutcome = z.infer<typeof TargetOutcome>;

/**
 * Where the decision about a mark's place stands. `settled`: it was certain. `waiting`: a person should look.
 * `accepted`: a person took a proposed place. `placed`: a person named another. `orphan`: a person said that the passage
 * is gone.
 */
export const TARGET_STATES = ['settled', 'waiting', 'accepted', 'placed', 'orphan'] as const;
export const TargetState = z.enum(TARGET_STATES);
export type TargetState = z.infer<typeof TargetState>;

/** How a mark came to the current version of its source, as the mark itself tells it. */
export const Anchoring = z.object({
  /** The current version; the mark stands in an older one while `version` of the mark says so. */
  version: z.int().min(1),
  outcome: TargetOutcome,
  state: TargetState,
  score: z.number().min(0).max(1),
  /** The words of the mark before they were changed, and the version that changed them; `null` when they never were. */
  was: z.string().nullable(),
  changedIn: z.int().min(1).nullable(),
  /** Counts the decisions about the place; the If-Match of `target.decide`. */
  revision: z.int().min(1),
});
export type Anchoring = z.infer<typeof Anchoring>;
