import { z } from 'zod';
import { Id } from '../ids';
import { Anchoring } from './anchoring';
import { MOTIVATIONS } from './motivations';
import { QuoteDetails } from './quote';

export const Motivation = z.enum(MOTIVATIONS);
export type Motivation = z.infer<typeof Motivation>;

/** W3C TextPositionSelector, in UTF-16 units of the canonical text, end exclusive. */
export const TextPositionSelector = z.object({
  type: z.literal('TextPositionSelector'),
  start: z.int().min(0),
  end: z.int().min(1),
});

/** W3C TextQuoteSelector: the passage itself and what stands around it. */
export const TextQuoteSelector = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string().min(1).max(100_000),
  prefix: z.string().max(2_000).default(''),
  suffix: z.string().max(2_000).default(''),
});
export const Selector = z.discriminatedUnion('type', [TextPositionSelector, TextQuoteSelector]);
export type Selector = z.infer<typeof Selector>;

/** What was said about a passage, as a W3C TextualBody; `null` where the mark speaks for itself. */
export const TextualBody = z.object({
  type: z.literal('TextualBody'),
  value: z.string().trim().min(1).max(20_000),
});

export const Person = z.object({ id: Id, name: z.string() });
export type Person = z.infer<typeof Person>;

/** One person's mark on a Span of a SourceText, as the API, the events and the page know it. */
export const Annotation = z.object({
  id: Id,
  projectId: Id,
  sourceId: Id,
  /** The version of the SourceText that start and end count in. */
  version: z.int().min(1),
  creator: Person,
  motivation: Motivation,
  selector: z.tuple([TextPositionSelector, TextQuoteSelector]),
  body: TextualBody.nullable(),
  codeIds: z.array(Id),
  quote: QuoteDetails.nullable(),
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
  /** The notes that hold this annotation as a quote chip. */
  noteIds: z.array(Id),
  /** How it came to the source's current version; `null` when it was made in it. Events of older programs lack it. */
  anchoring: Anchoring.nullable().default(null),
  /** The pass it was made in, and the named coder it counts for where that is not its creator. Older events lack both. */
  passId: Id.nullable().default(null),
  coderId: Id.nullable().default(null),
});
export type Annotation = z.infer<typeof Annotation>;

export const NewAnnotation = z.object({
  id: Id.optional(),
  sourceId: Id,
  /** The version that was read; must be the current one, which it is taken for when left out. */
  version: z.int().min(1).optional(),
  motivation: Motivation,
  selector: z.array(Selector).min(1).max(2),
  body: TextualBody.nullish(),
  codeIds: z.array(Id).max(50).default([]),
  quote: QuoteDetails.nullish(),
  /** A pass that its source, and whoever it counts for, are in. */
  passId: Id.nullish(),
  /** A named coder of that pass, for whom an editor makes it. */
  coderId: Id.nullish(),
});
export type NewAnnotation = z.input<typeof NewAnnotation>;

export const AnnotationChange = z
  .object({
    motivation: Motivation,
    body: TextualBody.nullable(),
    codeIds: z.array(Id).max(50),
    quote: QuoteDetails.nullable(),
    /** Another passage: refused when its words do not stand there. */
    selector: z.array(Selector).min(1).max(2),
    /** The version that `selector` was chosen in; must be the current one. */
    version: z.int().min(1),
  })
  .partial();
export type AnnotationChange = z.input<typeof AnnotationChange>;
