import { z } from 'zod';
import { TargetOutcome, TargetState } from '../annotations/anchoring';
import { Motivation, Person } from '../annotations/annotation';
import { FollowUpKind, FollowUpState } from '../follow-ups/follow-up';
import { Id } from '../ids';

/**
 * What a person is told of. `note-mention`: somebody named them in a note. `source-changed`: a version of a source changed
 * passages that concern them. `watch-stopped`: the watch they set on a source ended by itself. `webhook-stopped`: so did a webhook
 * of theirs. `mention`, `reply`: somebody named them, or wrote in a thread they are in.
 * `assigned`, `claim-assigned`: a thread, or a claim, was given to them. `thread-resolved`: a thread they are in was resolved.
 * `decided-otherwise`: a passage was decided otherwise than they coded it. `decision-objected`: somebody objects to what they decided.
 * `follow-up-…`: one was given to them, its day has come, or somebody did what they asked for.
 */
export const NOTICE_KINDS = [
  'mention',
  'note-mention',
  'reply',
  'assigned',
  'thread-resolved',
  'claim-assigned',
  'follow-up-assigned',
  'follow-up-due',
  'follow-up-done',
  'decided-otherwise',
  'decision-objected',
  'source-changed',
  'watch-stopped',
  'webhook-stopped',
] as const;
export const NoticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Kinds that are about a thread. */
export const THREAD_NOTICES = ['mention', 'reply', 'assigned', 'thread-resolved'] as const;

/** Kinds that are about a follow-up. */
export const FOLLOW_UP_NOTICES = ['follow-up-assigned', 'follow-up-due', 'follow-up-done'] as const;

/** Kinds that are about a decision. */
export const DECISION_NOTICES = ['decided-otherwise', 'decision-objected'] as const;

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

const Told = z.object({
  id: Id,
  project: z.object({ id: Id, name: z.string() }),
  /** Where it leads, below the instance's address. */
  path: z.string(),
  created: z.iso.datetime(),
  seen: z.iso.datetime().nullable(),
});

/** A version of a source touched marks that concern the person. */
export const SourceNotice = Told.extend({
  kind: z.literal('source-changed'),
  source: z.object({ id: Id, title: z.string() }),
  version: z.int().min(1),
  /** How many marks of theirs were touched, and the first of them by place of making. */
  touched: z.int().min(0),
  annotations: z.array(TouchedAnnotation),
  /** Their notes that hold some of these marks. */
  notes: z.array(z.object({ id: Id, title: z.string() })),
  /** Their claims, made or owned, that rest on some of these marks and were re-opened. */
  claims: z.array(z.object({ id: Id, wording: z.string() })),
});
export type SourceNotice = z.infer<typeof SourceNotice>;

/** Something happened in a thread. */
export const ThreadNotice = Told.extend({
  kind: z.enum(THREAD_NOTICES),
  threadId: Id,
  commentId: Id.nullable(),
  by: Person,
  /** What the thread is about: a passage's words, a claim's, the name of a code, a note or a source. */
  about: z.string(),
  /** What was written, with the people it names by their names; `null` where nothing was, or it is gone. */
  text: z.string().nullable(),
});
export type ThreadNotice = z.infer<typeof ThreadNotice>;

/** Somebody named the person in a note. */
export const NoteNotice = Told.extend({
  kind: z.literal('note-mention'),
  note: z.object({ id: Id, title: z.string() }),
  by: Person,
});

/** A claim was given to the person. */
export const ClaimNotice = Told.extend({
  kind: z.literal('claim-assigned'),
  claim: z.object({ id: Id, wording: z.string() }),
  by: Person,
});
/** A follow-up was given to the person, is due, or was done for them. */
export const FollowUpNotice = Told.extend({
  kind: z.enum(FOLLOW_UP_NOTICES),
  /** As it is now. */
  followUp: z.object({
    id: Id,
    kind: FollowUpKind,
    wording: z.string(),
    due: z.iso.date().nullable(),
    state: FollowUpState,
  }),
  /** Who did it; `null` where nobody did. */
  by: Person.nullable(),
});
export type FollowUpNotice = z.infer<typeof FollowUpNotice>;

/** What a person coded was decided otherwise, or somebody objects to what they decided. */
export const DecisionNotice = Told.extend({
  kind: z.enum(DECISION_NOTICES),
  decisionId: Id,
  by: Person,
  /** The words that it was decided about. */
  about: z.string(),
  /** Why it was decided so, or what is said against it; empty where nothing was said. */
  why: z.string(),
});
export type DecisionNotice = z.infer<typeof DecisionNotice>;

/** The watch that the person set on a source ended by itself. */
export const WatchNotice = Told.extend({
  kind: z.literal('watch-stopped'),
  source: z.object({ id: Id, title: z.string() }),
  /** Why, and what to do about it; `null` when it is watched again. */
  advice: z.string().nullable(),
});

/** A webhook that the person made ended by itself. */
export const WebhookNotice = Told.extend({ kind: z.literal('webhook-stopped') });

/** What one person is told, with all that it takes to show it, as it is now. */
export const Notice = z.discriminatedUnion('kind', [
  SourceNotice,
  ThreadNotice,
  NoteNotice,
  ClaimNotice,
  FollowUpNotice,
  DecisionNotice,
  WatchNotice,
  WebhookNotice,
]);
export type Notice = z.infer<typeof Notice>;
