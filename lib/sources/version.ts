import { z } from 'zod';
import { TargetOutcome, TargetState } from '../annotations/anchoring';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';
import { NewSource, SourceTextInfo, UploadedSource } from './source';

/** How the text of a version came in. */
export const HOWS = ['url', 'html', 'text', 'file', 'correction'] as const;
export const How = z.enum(HOWS);
export type How = z.infer<typeof How>;

/** The headers of a fetched answer that are kept: what it was, and how old. Nothing that could hold a secret. */
export const KEPT_HEADERS = ['content-type', 'last-modified', 'etag', 'date'] as const;
export type ResponseHeaders = Partial<Record<(typeof KEPT_HEADERS)[number], string>>;

/** What became of marks, counted. */
export const Report = z.object({
  same: z.int().min(0),
  moved: z.int().min(0),
  changed: z.int().min(0),
  ambiguous: z.int().min(0),
  lost: z.int().min(0),
});
export type Report = z.infer<typeof Report>;

/** One immutable version of a source, without its text. Counts tell of marks that whoever asks may see. */
export const SourceVersion = SourceTextInfo.extend({
  created: z.iso.datetime(),
  createdBy: Person,
  how: How.nullable(),
  finalUrl: z.string().nullable(),
  responseHeaders: z.record(z.string(), z.string()).nullable(),
  /** What became of the marks that were carried here; `made` are those made in this version. */
  counts: Report.extend({ made: z.int().min(0) }),
  /** Marks that wait for a person's decision; only the current version has such. */
  waiting: z.int().min(0),
});
export type SourceVersion = z.infer<typeof SourceVersion>;

/** The version that the caller takes for the current one: another is a conflict. */
const version = z.int().min(1);
const asked = { version: version.optional(), trimAt: z.int().min(0).optional() };
const [fetched, pasted, page] = NewSource.options;

/** Words in place of a passage of the current text; start and end are UTF-16 units of it, end exclusive. */
export const Correction = z
  .strictObject({ start: z.int().min(0), end: z.int().min(0), text: z.string().max(100_000) })
  .refine(({ start, end }) => start <= end, 'The end stands before the start');
export type Correction = z.infer<typeof Correction>;

/** What a new version can be made of. Nothing at all: the page is fetched again from where it came. */
export const NewSourceVersion = z.union([
  z.strictObject({ ...asked }),
  fetched.omit({ id: true }).extend(asked),
  pasted.omit({ id: true, url: true }).extend({ ...asked, title: pasted.shape.title.optional() }),
  page.omit({ id: true, title: true }).extend(asked),
  UploadedSource.omit({ id: true }).extend(asked),
  z.strictObject({ correction: Correction, version }),
  z.strictObject({ corrected: pasted.shape.text, version }),
]);
export type NewSourceVersion = z.infer<typeof NewSourceVersion>;

/** What became of one mark; `start` and `end` where it goes on to a place in the new version. */
export const Carried = z.object({
  annotationId: Id,
  outcome: TargetOutcome,
  score: z.number(),
  state: TargetState,
  start: z.int().optional(),
  end: z.int().optional(),
});
export type Carried = z.infer<typeof Carried>;

/** What making a version came to. With the text that was there already none is made: `version` is the current one then. */
export const SourceVersionMade = z.object({
  version: z.int().min(1),
  made: z.boolean(),
  lookedAt: z.iso.datetime(),
  report: Report,
  outcomes: z.array(Carried),
  /** How many discussions began or went on with what a document's comments say. */
  discussions: z.int().min(0),
  /** Protected passages that were not found again for certain: all of the new text is withheld from others until somebody says where they stand. */
  passagesLost: z.int().min(0),
});
export type SourceVersionMade = z.infer<typeof SourceVersionMade>;
