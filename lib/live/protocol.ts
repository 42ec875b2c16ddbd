import { z } from 'zod';
import { Event } from '../events/event';
import { Id } from '../ids';

/** Where a person is and what they do there, as they say it; name and id come from the session. */
export const Whereabouts = z.object({
  sourceId: Id.nullable().default(null),
  noteId: Id.nullable().default(null),
  /** Whose page this one goes along with; theirs says where they read only while somebody does. */
  following: Id.nullable().default(null),
  /** Where they read: the first offset in view, in UTF-16 units of the source's canonical text. */
  reading: z.int().min(0).nullable().default(null),
  /** Whether they code in a blind pass: others are told that they are here, and not where. */
  hidden: z.boolean().default(false),
});
export type Whereabouts = z.infer<typeof Whereabouts>;

/** What a browser may send on /live. */
export const LiveRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('presence'), at: Whereabouts }),
  z.object({ type: z.literal('ping') }),
]);
export type LiveRequest = z.infer<typeof LiveRequest>;

/** One open page of one person. */
export const Presence = Whereabouts.extend({ connectionId: z.string(), userId: Id, name: z.string() });
export type Presence = z.infer<typeof Presence>;

/** What the server sends on /live. */
export const LiveMessage = z.discriminatedUnion('type', [
  /** The replay after the cursor is complete; what follows is new. `after` is the newest event id seen. */
  z.object({ type: z.literal('ready'), after: z.int().min(0), connectionId: z.string(), role: z.string() }),
  z.object({ type: z.literal('event'), event: Event }),
  /** All pages that are open. */
  z.object({ type: z.literal('presence'), people: z.array(Presence) }),
  /** What became of some of them: those that are new or elsewhere, and the connections that are gone. */
  z.object({
    type: z.literal('presence-change'),
    people: z.array(Presence),
    gone: z.array(z.string()),
  }),
  /** Whoever opened this socket sees more or less of the project from now on: the page is to begin anew. */
  z.object({ type: z.literal('anew') }),
  /** The notices of whoever opened this socket may be others now, in any project: ask `notice.list` anew. */
  z.object({ type: z.literal('notices') }),
  /** What a webhook of whoever opened this socket was told has changed; `null` where it may be any of theirs. */
  z.object({ type: z.literal('deliveries'), webhookId: Id.nullable() }),
  z.object({ type: z.literal('pong') }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
