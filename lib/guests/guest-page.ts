import { z } from 'zod';
import { GUEST_MODES } from '../access/roles';
import { Stance } from '../claims/claim';
import { Id } from '../ids';
import { GuestLinkKind } from './guest-link';
import { GuestBlock } from './note-blocks';
import { Verdict } from './verdict';

/** The longest that a guest writes at once, in UTF-16 units. */
export const MOST_WORDS = 4_000;

/** What a guest can speak of. */
export const GuestAbout = z.object({ type: z.enum(['source', 'annotation', 'claim', 'note']), id: Id });
export type GuestAbout = z.infer<typeof GuestAbout>;

/** What a guest wrote about one thing, and what they were answered. `by` is null for what they wrote themselves. */
export const GuestThread = z.object({
  id: Id,
  about: GuestAbout,
  resolved: z.boolean(),
  said: z.array(
    z.object({
      id: Id,
      by: z.string().nullable(),
      at: z.iso.datetime(),
      verdict: Verdict.nullable(),
      text: z.string(),
      /** The project took it away; its words are gone. */
      removed: z.boolean(),
    }),
  ),
});
export type GuestThread = z.infer<typeof GuestThread>;

/** All that a guest is shown. */
export const GuestPage = z.object({
  /** The name that the guest was given. */
  guest: z.string(),
  kind: GuestLinkKind,
  mode: z.enum(GUEST_MODES),
  message: z.string(),
  expires: z.iso.datetime(),
  /** What a comment on the whole is about; null where there is none. */
  whole: GuestAbout.nullable(),
  title: z.string(),
  /** The text of a source; null where it is none. */
  text: z.string().nullable(),
  /** A note, piece by piece. */
  blocks: z.array(GuestBlock),
  /** Passages of `text`, in UTF-16 units, end exclusive. */
  marks: z.array(z.object({ id: Id, start: z.int(), end: z.int(), exact: z.string(), speaker: z.string() })),
  claims: z.array(
    z.object({
      id: Id,
      wording: z.string(),
      quotes: z.array(z.object({ id: Id, stance: Stance, exact: z.string(), speaker: z.string() })),
    }),
  ),
  threads: z.array(GuestThread),
});
export type GuestPage = z.infer<typeof GuestPage>;

/** The secret of a link, as whoever opened it has it. */
export const GuestToken = z.string().min(20).max(200);

export const GuestWords = z
  .object({
    token: GuestToken,
    /** Chosen by the page, so that the same twice is no error. */
    id: Id.optional(),
    about: GuestAbout,
    verdict: Verdict.nullable().default(null),
    text: z.string().trim().max(MOST_WORDS, `Use at most ${MOST_WORDS} characters`),
  })
  .refine(({ verdict, text }) => verdict === 'confirmed' || text !== '', {
    message: 'Write something first',
    path: ['text'],
  });
export type GuestWords = z.output<typeof GuestWords>;
