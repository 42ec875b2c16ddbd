import { z } from 'zod';
import { GUEST_MODES } from '../access/roles';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';
import { Verdict } from './verdict';

/** What a link for guests can show: one source, some claims, or one note. */
export const GUEST_LINK_KINDS = ['source', 'claims', 'note'] as const;
export const GuestLinkKind = z.enum(GUEST_LINK_KINDS);
export type GuestLinkKind = z.infer<typeof GuestLinkKind>;

/** The longest that a link works, in days. */
export const MOST_DAYS = 90;

/** Which marks of a source a link shows: none, those of people's words, or all. */
export const GUEST_MARKS = ['none', 'quotes', 'all'] as const;

/** A link for people without an account to exactly one thing, without its secret. */
export const GuestLink = z.object({
  id: Id,
  projectId: Id,
  kind: GuestLinkKind,
  mode: z.enum(GUEST_MODES),
  /** What the thing was called when the link was made; of several claims the first one's wording. */
  title: z.string(),
  sourceId: Id.nullable(),
  /** The version of the source that guests read: a later one is not shown. */
  version: z.int().min(1).nullable(),
  claimIds: z.array(Id),
  noteId: Id.nullable(),
  /** The marks, and passages of claims, that are shown; chosen when the link was made. */
  annotationIds: z.array(Id),
  /** What its maker says to its guests. */
  message: z.string(),
  /** Whether guests are told who of the project answered them. */
  showNames: z.boolean(),
  hasPin: z.boolean(),
  creator: Person,
  created: z.iso.datetime(),
  expires: z.iso.datetime(),
  revoked: z.iso.datetime().nullable(),
  /** How many people opened it, how often, and how much they wrote. */
  guests: z.int().min(0),
  views: z.int().min(0),
  answers: z.int().min(0),
  /** The link with its secret, in the answer that makes it alone. */
  url: z.string().optional(),
});
export type GuestLink = z.infer<typeof GuestLink>;

/** One time that somebody looked. `what` says what was shown, in words. */
export const GuestView = z.object({ guest: z.string(), at: z.iso.datetime(), what: z.string() });
export type GuestView = z.infer<typeof GuestView>;

/** Something a guest wrote, with the thread it began or went on with. */
export const GuestAnswer = z.object({
  guest: z.string(),
  at: z.iso.datetime(),
  verdict: Verdict.nullable(),
  text: z.string(),
  threadId: Id,
  commentId: Id,
});
export type GuestAnswer = z.infer<typeof GuestAnswer>;

/** A link with who looked and what they wrote, the newest first and at most 500 of each. */
export const GuestLinkRecord = GuestLink.extend({
  log: z.array(GuestView),
  said: z.array(GuestAnswer),
});
export type GuestLinkRecord = z.infer<typeof GuestLinkRecord>;

export const NewGuestLink = z
  .object({
    id: Id.optional(),
    kind: GuestLinkKind,
    mode: z.enum(GUEST_MODES),
    sourceId: Id.optional(),
    claimIds: z.array(Id).max(200).optional(),
    noteId: Id.optional(),
    /** Of a source: which marks are shown, beside those of `annotationIds`. */
    marks: z.enum(GUEST_MARKS).default('none'),
    annotationIds: z.array(Id).max(2_000).default([]),
    message: z.string().trim().max(1_000).default(''),
    showNames: z.boolean().default(false),
    /** Asked of whoever opens it for the first time. */
    pin: z.string().trim().min(4, 'Use at least 4 characters').max(64).nullish(),
    expires: z.iso.datetime(),
  })
  .refine(({ kind, sourceId }) => (kind === 'source') === (sourceId !== undefined), {
    message: 'A link to a source names it by sourceId, another names none',
  })
  .refine(({ kind, claimIds = [] }) => (kind === 'claims') === claimIds.length > 0, {
    message: 'A link to claims names at least one in claimIds, another names none',
  })
  .refine(({ kind, noteId }) => (kind === 'note') === (noteId !== undefined), {
    message: 'A link to a note names it by noteId, another names none',
  })
  .refine(({ kind, mode }) => kind !== 'note' || mode === 'comment', {
    message: 'A note can be commented on. Quotes and claims are what can be confirmed',
  });
export type NewGuestLink = z.output<typeof NewGuestLink>;
