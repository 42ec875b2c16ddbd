import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';
import { SourceProtection } from './protection';

export const SourceTextInfo = z.object({
  version: z.int().min(1),
  /** SHA-256 of the canonical text, hexadecimal. */
  hash: z.string().length(64),
  /** UTF-16 units. */
  length: z.int().min(0),
  /** Where the text of each page begins (UTF-16 units), for a text that was read from a PDF. Events of older programs lack it. */
  pageStarts: z.array(z.int().min(0)).nullable().default(null),
});

/** An imported thing, without its text. */
export const Source = z.object({
  id: Id,
  projectId: Id,
  title: z.string(),
  byline: z.string().nullable(),
  siteName: z.string().nullable(),
  publishedAt: z.string().nullable(),
  language: z.string().nullable(),
  url: z.string().nullable(),
  canonicalUrl: z.string().nullable(),
  text: SourceTextInfo,
  /** The sources that this one takes its facts from. Events of older programs lack it. */
  derivesFrom: z.array(Id).default([]),
  /** What protects it now; `null` where nothing does. Events of older programs lack it. */
  protection: SourceProtection.nullable().optional(),
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type Source = z.infer<typeof Source>;

/** Where given text or html came from: an address that a link may lead to. */
const origin = z
  .string()
  .trim()
  .max(4_000)
  .refine(
    isPageAddress,
    'Give a full address that begins with http:// or https://, without a name or password',
  );
const title = z.string().trim().min(1, 'Give the source a title').max(500);
function isPageAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
/** What can be imported, besides an uploaded file. */
export const NewSource = z.union([
  z.strictObject({ id: Id.optional(), url: z.string().trim().min(1).max(4_000) }),
  z.strictObject({
    id: Id.optional(),
    title,
    text: z.string().min(1).max(5_000_000),
    url: origin.optional(),
  }),
  z.strictObject({
    id: Id.optional(),
    title: title.optional(),
    html: z.string().min(1).max(20_000_000),
    url: origin.optional(),
  }),
]);
export type NewSource = z.infer<typeof NewSource>;

/** A source sent as a file of a form. */
export const UploadedSource = z.strictObject({
  id: Id.optional(),
  title: title.optional(),
  /** Whether comments of the file become discussions, which name whoever wrote them; they do unless it is said. */
  comments: z.enum(['bring', 'leave']).optional(),
  file: z.object({ name: z.string().max(400), bytes: z.instanceof(Uint8Array<ArrayBuffer>) }),
});
export type UploadedSource = z.infer<typeof UploadedSource>;
/** Leave out everything from here on (UTF-16 units of the previewed text). */
const trimAt = z.int().min(0).optional();

/** What a preview takes. */
export const SourceGiven = z.union([...NewSource.options, UploadedSource]);
export type SourceGiven = z.infer<typeof SourceGiven>;
/** What an import takes: the same, and where to trim. */
export const SourceImport = z.union([
  NewSource.options[0].extend({ trimAt }),
  NewSource.options[1].extend({ trimAt }),
  NewSource.options[2].extend({ trimAt }),
  UploadedSource.extend({ trimAt }),
]);
export type SourceImport = z.infer<typeof SourceImport>;
export const SourceChange = z
  .object({
    title,
    byline: z.string().trim().max(500).nullable(),
    publishedAt: z.string().max(40).nullable(),
  })
  .partial();

/** What an import would bring in, shown before it is saved. */
export const SourcePreview = z.object({
  title: z.string(),
  byline: z.string().nullable(),
  siteName: z.string().nullable(),
  publishedAt: z.string().nullable(),
  language: z.string().nullable(),
  url: z.string().nullable(),
  /** The text as it would be saved when nothing is trimmed. */
  text: z.string(),
  /** Where page furniture seems to begin in `text` (UTF-16 units), and why it looks like that; `null` when none was found. */
  furniture: z.object({ start: z.int().min(0), reason: z.string() }).nullable(),
  /** What would come in beside the text, a sentence each: comments of the file, as discussions. */
  along: z.array(z.string()),
  /** What the file has that would not come in, a sentence each. */
  leftOut: z.array(z.string()),
});
export type SourcePreview = z.infer<typeof SourcePreview>;
