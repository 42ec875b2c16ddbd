import type { Db } from '../../db/client';
import { selectThreads } from '../../db/threads';
import type { GuestGrant } from '../../lib/access/guest-grant';
import type { GuestThread } from '../../lib/guests/guest-page';
import { targetOfThread } from '../../lib/threads/about';
import { plainText } from '../../lib/threads/mentions';
import type { Thread } from '../../lib/threads/thread';

/** Threads that one guest can have: one for each thing that a link shows. */
const MOST = 2_500;

/** What a guest wrote by their link and what they were answered, the oldest thread first. */
export async function readGuestThreads(db: Db, grant: GuestGrant): Promise<GuestThread[]> {
  const threads = await selectThreads(db, grant, { guest: grant.actor.userId }, { limit: MOST });
  return threads.flatMap((thread) => guestThread(grant, thread) ?? []);
}

/** A thread as its guest reads it: members have no names unless the link says so, and nobody who is mentioned has. */
export function guestThread({ actor, link }: GuestGrant, thread: Thread): GuestThread | null {
  const about = targetOfThread(thread);
  if (about.type === 'code') return null;
  const said = thread.comments.flatMap((comment) => {
    const isOwn = comment.creator.id === actor.userId;
    const removed = comment.deleted !== null;
    // What another guest wrote is theirs, and what a member took back was never said.
    if (!isOwn && (comment.guest !== null || removed)) return [];
    const by = isOwn ? null : link.showNames ? comment.creator.name : 'The team';
    const verdict = removed ? null : (comment.guest?.verdict ?? null);
    return { id: comment.id, by, at: comment.created, verdict, text: plainText(comment.text, []), removed };
  });
  return {
    id: thread.id,
    about: { type: about.type, id: about.id },
    resolved: thread.resolved !== null,
    said,
  };
}
