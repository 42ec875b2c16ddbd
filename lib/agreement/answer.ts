import { z } from 'zod';
import { Id } from '../ids';
import { DISAGREEMENT_KINDS, type DisagreementKind } from './disagreements';
import { UNIT_KINDS, type UnitKind } from './sections';

export const UNITS = Object.keys(UNIT_KINDS) as [UnitKind, ...UnitKind[]];
const KINDS = Object.keys(DISAGREEMENT_KINDS) as [DisagreementKind, ...DisagreementKind[]];

/** What of a pass is compared. */
export const AgreementFilter = z.object({
  source: Id.optional(),
  code: Id.optional(),
  unit: z.enum(UNITS).default('sentence'),
  /** Ids of coders of the pass with commas between them; everybody when left out. */
  coders: z
    .string()
    .transform((ids) => ids.split(',').filter(Boolean))
    .pipe(z.array(Id).max(100))
    .optional(),
  /** Only sources that a coder said they are done with; else all they began. */
  done: z.stringbool().default(false),
});
export type AgreementFilter = z.output<typeof AgreementFilter>;

export const AgreementQuery = AgreementFilter.extend({
  /**
   * Whether all is computed. Without, the figures of all coders and of each code come alone, at once, with no interval, no
   * gamma, no pair and no day: what a page shows while people code.
   */
  whole: z.stringbool().default(true),
});
export type AgreementQuery = z.output<typeof AgreementQuery>;

/** `values`: a line for each coder, unit and value; `spans`: one for each code of a mark. */
export const AgreementInputs = AgreementFilter.extend({
  form: z.enum(['values', 'spans']).default('values'),
});

/** Which of the places are wanted; the dearest first. */
export const AgreementPlaces = AgreementFilter.extend({
  kind: z.enum(KINDS).optional(),
  /** Only where coders differ. */
  disputed: z.stringbool().default(false),
  /** From the marks that stand now and were made until the end of this day (in UTC). */
  until: z.iso.date().optional(),
  /** Two codes that stand against each other with `one`; `none` for where others marked nothing. */
  one: Id.optional(),
  other: z.union([Id, z.literal('none')]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** How many come before. */
  cursor: z.coerce.number().int().min(0).default(0),
});
export type AgreementPlaces = z.output<typeof AgreementPlaces>;

const Details = z.record(z.string(), z.number()).optional();
export const AgreementOutcome = z.union([
  z.object({ value: z.number(), details: Details }),
  z.object({ reason: z.string() }),
]);
export type AgreementOutcome = z.infer<typeof AgreementOutcome>;

/** A measure with its value, interval, N and prevalence, or the reason that there is none; how to compute it in R. */
export const AgreementFigure = z.object({
  id: z.string(),
  name: z.string(),
  definition: z.string(),
  citation: z.string(),
  inR: z.string(),
  units: z.number(),
  coders: z.number(),
  /** The share of each value; a value is the ids of all codes of a unit, `(none)` where there is none. */
  prevalence: z.record(z.string(), z.number()),
  value: z.number().optional(),
  details: Details,
  interval: z
    .object({
      low: z.number(),
      high: z.number(),
      level: z.number(),
      resamples: z.number(),
      seed: z.number(),
    })
    .nullish(),
  reason: z.string().optional(),
});
export type AgreementFigure = z.infer<typeof AgreementFigure>;
const Outcomes = z.record(z.string(), AgreementOutcome);

export const AgreementOf = z.object({
  measures: z.array(AgreementFigure),
  byPair: z.array(z.object({ coders: z.tuple([Id, Id]), codings: z.number(), measures: Outcomes })),
  byCode: z.array(z.object({ codeId: Id, codings: z.number(), measures: z.array(AgreementFigure) })),
  confusion: z.array(z.object({ one: Id, other: Id.nullable(), places: z.number(), cost: z.number() })),
  kinds: z.record(z.enum(KINDS), z.number()),
  /** After each day (in UTC) on which something was coded that stands today. */
  byDay: z.array(z.object({ day: z.string(), codings: z.number(), measures: Outcomes })),
});
export type AgreementOf = z.infer<typeof AgreementOf>;

export const PassAgreement = AgreementOf.extend({
  passId: Id,
  unit: z.enum(UNITS),
  coders: z.array(z.object({ id: Id, name: z.string() })),
  /** Sources that two of the coders have at least begun, and codings in them. */
  sources: z.number(),
  codings: z.number(),
  /** Codings that are left out: their marks have no place in the current version of the source. */
  unplaced: z.number(),
  /** Why there is nothing to compare for whoever asks; `null` where there is. */
  nothing: z.string().nullable(),
  /** Whether all of it was computed, or what comes at once alone. */
  whole: z.boolean(),
  /** The newest event when it was computed. */
  lastEventId: z.number(),
});
export type PassAgreement = z.infer<typeof PassAgreement>;

/** A place where coders meet or differ, with its words: offsets count from `start`. */
export const AgreementPlace = z.object({
  kind: z.enum(KINDS),
  sourceId: Id,
  sourceTitle: z.string(),
  start: z.number(),
  end: z.number(),
  before: z.string(),
  exact: z.string(),
  after: z.string(),
  cost: z.number(),
  codings: z.array(
    z.object({ annotationId: Id, coderId: Id, codeId: Id, start: z.number(), end: z.number() }),
  ),
});
export type AgreementPlace = z.infer<typeof AgreementPlace>;
