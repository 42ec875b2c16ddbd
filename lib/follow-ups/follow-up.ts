import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';
import { FOLLOW_UP_KINDS, FOLLOW_UP_STATES, MOST_QUOTED } from './state';

/** What kind of thing it is. */
export const FollowUpKind = z.enum(FOLLOW_UP_KINDS);
export type FollowUpKind = z.infer<typeof FollowUpKind>;

/** How far it is. */
export const FollowUpState = z.enum(FOLLOW_UP_STATES);
export type FollowUpState = z.infer<typeof FollowUpState>;

/** What may raise a follow-up. */
export const RAISERS = ['annotation', 'claim', 'source', 'comment', 'note', 'code'] as const;
export const Raiser = z.enum(RAISERS);
export type Raiser = z.infer<typeof Raiser>;

/** What raised a follow-up, as it was then. */
export const RaisedBy = z.object({
  type: Raiser,
  /** Of the annotation, claim and so on. */
  id: Id,
  /** The source that it is in, or is. */
  sourceId: Id.nullable(),
  /** The mark that it is, or that the comment is about. */
  annotationId: Id.nullable(),
  /** Its words, or those of the task item of a note; what a note is called where no item is meant. */
  quote: z.string(),
});
export type RaisedBy = z.infer<typeof RaisedBy>;

/** Its place among the others of its state: these compare letter by letter (`lib/follow-ups/place`). */
const place = z
  .string()
  .max(500)
  .regex(/^[0-9a-z]*[1-9a-z]$/, 'A place has small letters and digits, and does not end in 0');

/** An open question or task: whose it is, until when, and what raised it. */
export const FollowUp = z.object({
  id: Id,
  projectId: Id,
  kind: FollowUpKind,
  wording: z.string(),
  details: z.string(),
  /** Who sees to it. */
  owner: Person.nullable(),
  /** The day it should be done by, in whatever zone its reader lives. */
  due: z.iso.date().nullable(),
  state: FollowUpState,
  raisedBy: RaisedBy.nullable(),
  place,
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type FollowUp = z.infer<typeof FollowUp>;

const wording = z.string().trim().min(1, 'Say what is asked, or what is to be done').max(1_000);
const details = z.string().trim().max(10_000);

export const NewFollowUp = z.object({
  id: Id.optional(),
  kind: FollowUpKind.default('task'),
  wording,
  details: details.default(''),
  /** The user id of a member. */
  owner: Id.nullish(),
  due: z.iso.date().nullish(),
  state: FollowUpState.default('open'),
  raisedBy: z
    .object({
      type: Raiser,
      id: Id,
      /** The words of a task item, which has no id of its own; taken for a note only. */
      quote: z.string().trim().max(MOST_QUOTED).optional(),
    })
    .nullish(),
  /** The last one of its state when left out. */
  place: place.optional(),
});
export type NewFollowUp = z.output<typeof NewFollowUp>;

export const FollowUpChange = z
  .object({
    kind: FollowUpKind,
    wording,
    details,
    /** The user id of a member. */
    owner: Id.nullable(),
    due: z.iso.date().nullable(),
    state: FollowUpState,
    place,
  })
  .partial();
export type FollowUpChange = z.infer<typeof FollowUpChange>;
