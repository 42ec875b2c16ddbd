import { z } from 'zod';
import { TargetOutcome, TargetState } from '../annotations/anchoring';
import { Motivation, Person } from '../annotations/annotation';
import { FollowUpKind, FollowUpState } from '../follow-ups/follow-up';
import { Id } from '../ids';

/**
 * What a person is told of. `source-changed`: a version of a source changed passages that concern them. `follow-up-…`: one was
 * given to them, its day has come, or somebody did what they asked for.
 */
export const NOTICE_KINDS = [
  'source-changed',
  'follow-up-assigned',
  'follow-up-due',
  'follow-up-done',
] as const;
export const NoticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Marks that a notice shows; `touched` counts all. */
export const MOST_SHOWN = 20;

/** A mark that a version touched. */
export const TouchedAnnotation = z.object({
  id: Id,
  motivation: Motivation,
  /** Whether the person made it; else it stands in a note of theirs, or a claim of theirs rests on it. */
  own: z.boolean(),
  outcome: TargetOutcome,
  /** Whether somebody still has to look at its place. */
  state: TargetState,
  /** Its words before this version. */
  was: z.string(),
  /** Its words in this version; `null` while it has no place there. */
  now: z.string().nullable(),
});
export type TouchedAnnotation = z.infer<typeof TouchedAnnotation>;

/** What one person is told, with all that it takes to show it, as it is now. */
export const Notice = z.object({
  id: Id,
  kind: NoticeKind,
  project: z.object({ id: Id, name: z.string() }),
  /** What changed, and to which version; `null` where it is about something else. */
  source: z.object({ id: Id, title: z.string() }).nullable(),
  version: z.int().min(1).nullable(),
  /** The follow-up it is about, as it is now. */
  followUp: z
    .object({
      id: Id,
      kind: FollowUpKind,
      wording: z.string(),
      due: z.iso.date().nullable(),
      state: FollowUpState,
    })
    .nullable(),
  /** Who did it; `null` where nobody did. */
  by: Person.nullable(),
  /** How many marks of theirs were touched, and the first of them by place of making. */
  touched: z.int().min(0),
  annotations: z.array(TouchedAnnotation),
  /** Their notes that hold some of these marks. */
  notes: z.array(z.object({ id: Id, title: z.string() })),
  /** Their claims, made or owned, that rest on some of these marks and were re-opened. */
  claims: z.array(z.object({ id: Id, wording: z.string() })),
  created: z.iso.datetime(),
  seen: z.iso.datetime().nullable(),
});
export type Notice = z.infer<typeof Notice>;
