import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from './client';
import { emailChanges, signInLinks, users } from './schema/people';

export type LinkOwner = { id: string; name: string; email: string };
const OWNER = { id: users.id, name: users.name, email: users.email };

/** Keeps the hash of a link that signs this person in once. */
export async function createSignInLink(
  db: Db,
  link: { tokenHash: string; userId: string; minutes: number },
): Promise<void> {
  await db.insert(signInLinks).values({
    tokenHash: link.tokenHash,
    userId: link.userId,
    expires: sql`now() + make_interval(mins => ${link.minutes})`,
  });
}

/** Uses a sign-in link up; `null` when it is unknown, used or expired. Two uses at once: one wins. */
export async function takeSignInLink(db: Db, tokenHash: string): Promise<LinkOwner | null> {
  const [used] = await db
    .update(signInLinks)
    .set({ used: sql`now()` })
    .where(
      and(
        eq(signInLinks.tokenHash, tokenHash),
        isNull(signInLinks.used),
        gt(signInLinks.expires, sql`now()`),
      ),
    )
    .returning({ userId: signInLinks.userId });
  if (used === undefined) return null;
  const [owner] = await db.select(OWNER).from(users).where(eq(users.id, used.userId));
  return owner ?? null;
}

/** Whom a sign-in link would sign in; `null` when it is unknown, used or expired. It stays unused. */
export async function findSignInLink(db: Db, tokenHash: string): Promise<LinkOwner | null> {
  const [row] = await db
    .select(OWNER)
    .from(signInLinks)
    .innerJoin(users, eq(users.id, signInLinks.userId))
    .where(
      and(
        eq(signInLinks.tokenHash, tokenHash),
        isNull(signInLinks.used),
        gt(signInLinks.expires, sql`now()`),
      ),
    );
  return row ?? null;
}

/** Keeps an address that a person wants to have, until somebody who reads its mail says so; earlier ones are forgotten. */
export async function createEmailChange(
  db: Db,
  change: { tokenHash: string; userId: string; email: string; minutes: number },
): Promise<void> {
  await db.delete(emailChanges).where(eq(emailChanges.userId, change.userId));
  await db.insert(emailChanges).values({
    tokenHash: change.tokenHash,
    userId: change.userId,
    email: change.email,
    expires: sql`now() + make_interval(mins => ${change.minutes})`,
  });
}

/** Uses the confirmation of an address up; `null` when it is unknown, used, replaced or expired. */
export async function takeEmailChange(
  db: Db,
  tokenHash: string,
): Promise<{ userId: string; email: string } | null> {
  const [taken] = await db
    .delete(emailChanges)
    .where(and(eq(emailChanges.tokenHash, tokenHash), gt(emailChanges.expires, sql`now()`)))
    .returning({ userId: emailChanges.userId, email: emailChanges.email });
  return taken ?? null;
}

/** The address a person asked for last and may still confirm. */
export async function findEmailChange(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ email: emailChanges.email })
    .from(emailChanges)
    .where(and(eq(emailChanges.userId, userId), gt(emailChanges.expires, sql`now()`)));
  return row?.email ?? null;
}
