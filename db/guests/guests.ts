import { and, eq } from 'drizzle-orm';
import type { GuestGrant } from '../../lib/access/guest-grant';
import type { Verdict } from '../../lib/guests/verdict';
import type { Db } from '../client';
import { guests, guestViews } from '../schema/guests';
import { comments } from '../schema/threads';

export type GuestRow = { readonly id: string; readonly name: string };
type OfLink = { readonly id: string; readonly projectId: string };

/** The guest of a link by the hash of their cookie; `null` for whoever did not open it yet. */
export async function findGuest(
  db: Db,
  { id }: Pick<OfLink, 'id'>,
  keyHash: string,
): Promise<GuestRow | null> {
  const [row] = await db
    .select({ id: guests.id, name: guests.name })
    .from(guests)
    .where(and(eq(guests.linkId, id), eq(guests.keyHash, keyHash)));
  return row ?? null;
}

/** The names that guests of a link have. */
export async function selectGuestNames(db: Db, { id }: Pick<OfLink, 'id'>): Promise<Set<string>> {
  const rows = await db.select({ name: guests.name }).from(guests).where(eq(guests.linkId, id));
  return new Set(rows.map(({ name }) => name));
}

/** Adds a guest to a link; false when the name, or the same guest, is there already. */
export async function insertGuest(
  db: Db,
  { id: linkId, projectId }: OfLink,
  guest: { id: string; keyHash: string; name: string },
): Promise<boolean> {
  const rows = await db
    .insert(guests)
    .values({ ...guest, linkId, projectId })
    .onConflictDoNothing()
    .returning({ id: guests.id });
  return rows.length > 0;
}

/** Writes down that the guest was shown something; `what` in words. */
export async function insertGuestView(db: Db, grant: GuestGrant, what: string): Promise<void> {
  const { projectId, actor, link } = grant;
  await db.insert(guestViews).values({ projectId, linkId: link.id, guestId: actor.userId, what });
}

/** Adds what a guest wrote to a thread; false when the id exists already. */
export async function insertGuestComment(
  db: Db,
  { projectId, actor }: GuestGrant,
  comment: { id: string; threadId: string; text: string; verdict: Verdict | null },
): Promise<boolean> {
  const rows = await db
    .insert(comments)
    .values({ ...comment, projectId, guestId: actor.userId })
    .onConflictDoNothing()
    .returning({ id: comments.id });
  return rows.length > 0;
}
