import { z } from 'zod';
import { Id } from '../ids';
import { CODE_COLOURS } from './colours';

/** A named category in a tree. Events of older programs lack what came later, hence the defaults. */
export const Code = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  colour: z.enum(CODE_COLOURS),
  definition: z.string(),
  whenToUse: z.string().default(''),
  whenNot: z.string().default(''),
  /** The code it stands under; `null` at the top. */
  parentId: Id.nullable().default(null),
  /** Its place among those under the same parent; compared letter by letter (`lib/codebook/rank.ts`). */
  rank: z.string().default(''),
  /** Annotations that show what is meant, in the order they were picked. */
  exampleIds: z.array(Id).default([]),
  /** The note about this code. */
  memoNoteId: Id.nullable().default(null),
  /** Counts how often name, definition, when to use and when not were changed; 1 for the first words. */
  definitionVersion: z.int().min(1).default(1),
  /** The code it was merged into; it is deleted then. */
  mergedInto: Id.nullable().default(null),
  /** The code that it was split from. */
  splitFrom: Id.nullable().default(null),
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type Code = z.infer<typeof Code>;

const Name = z.string().trim().min(1).max(120);
const Words = z.string().trim().max(4_000);

export const NewCode = z.object({
  id: Id.optional(),
  name: Name,
  colour: z.enum(CODE_COLOURS).optional(),
  definition: Words.default(''),
  whenToUse: Words.default(''),
  whenNot: Words.default(''),
  /** It comes last under this code; at the top when left out. */
  parentId: Id.nullable().default(null),
});
export const CodeChange = z
  .object({
    name: Name,
    colour: z.enum(CODE_COLOURS),
    definition: Words,
    whenToUse: Words,
    whenNot: Words,
    /** Annotations of the project. */
    exampleIds: z.array(Id).max(20),
    /** A note of the project. */
    memoNoteId: Id.nullable(),
  })
  .partial();
export type CodeChange = z.output<typeof CodeChange>;

/** Where a code goes: under `parentId` (`null`: the top), behind `after` (`null`: first; left out: last). */
export const CodeMove = z.object({ parentId: Id.nullable(), after: Id.nullable().optional() });
export type CodeMove = z.output<typeof CodeMove>;

export const CodeMerge = z.object({ into: Id });

/** A new code beside the one that is split, and which of its codings go there. */
export const CodeSplit = z.object({
  id: Id.optional(),
  name: Name,
  colour: z.enum(CODE_COLOURS).optional(),
  definition: Words.default(''),
  annotationIds: z.array(Id).max(5_000),
});
export type CodeSplit = z.output<typeof CodeSplit>;

/** The codes that a merge, a split or the undoing of one changed, and how many codings went over. */
export const CodesChanged = z.object({ items: z.array(Code), moved: z.int().min(0) });
export type CodesChanged = z.infer<typeof CodesChanged>;

/** A list of codes to bring in, parents before their children; codes that are there already are kept as they are. */
export const CodeImport = z.object({
  codes: z
    .array(
      z.object({
        name: Name,
        /** The name of the code it stands under, of this list or of the codebook. */
        parent: Name.nullable().default(null),
        colour: z.enum(CODE_COLOURS).optional(),
        definition: Words.default(''),
      }),
    )
    .min(1)
    .max(1_000),
});
export type CodeImport = z.output<typeof CodeImport>;
