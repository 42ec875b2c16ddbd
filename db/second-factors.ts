import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from './client';
import { authenticators, passkeys, recoveryCodes } from './schema/second-factors';

export type Authenticator = typeof authenticators.$inferSelect;

/** A person's authenticator app, with one that waits for its first code. */
export async function selectAuthenticator(db: Db, userId: string): Promise<Authenticator | null> {
  const [row] = await db.select().from(authenticators).where(eq(authenticators.userId, userId));
  return row ?? null;
}

/** Keeps a sealed secret until a first code confirms it; an earlier one that waited is forgotten. */
export async function keepWaiting(db: Db, userId: string, waiting: string): Promise<void> {
  await db
    .insert(authenticators)
    .values({ userId, waiting })
    .onConflictDoUpdate({ target: authenticators.userId, set: { waiting } });
}

/** Puts the secret that waited in its place, its first code used up. Two at once: one wins. */
export async function confirmWaiting(
  db: Db,
  userId: string,
  waiting: string,
  step: number,
): Promise<boolean> {
  const rows = await db
    .update(authenticators)
    .set({ sealed: waiting, waiting: null, lastStep: step, created: sql`now()`, lastUsed: sql`now()` })
    .where(and(eq(authenticators.userId, userId), eq(authenticators.waiting, waiting)))
    .returning({ userId: authenticators.userId });
  return rows.length > 0;
}

/** Uses a time step up; false when a code of it, or of a later one, was taken before. */
export async function takeStep(db: Db, userId: string, step: number): Promise<boolean> {
  const rows = await db
    .update(authenticators)
    .set({ lastStep: step, lastUsed: sql`now()` })
    .where(
      and(
        eq(authenticators.userId, userId),
        isNotNull(authenticators.sealed),
        or(isNull(authenticators.lastStep), lt(authenticators.lastStep, step)),
      ),
    )
    .returning({ userId: authenticators.userId });
  return rows.length > 0;
}

/** Takes a person's authenticator app away. Returns whether one was in use. */
export async function deleteAuthenticator(db: Db, userId: string): Promise<boolean> {
  const rows = await db
    .delete(authenticators)
    .where(eq(authenticators.userId, userId))
    .returning({ sealed: authenticators.sealed });
  return rows.some(({ sealed }) => sealed !== null);
}

/** What a person has beside the first proof. `codesLeft` are recovery codes that were not used. */
export async function countFactors(
  db: Db,
  userId: string,
): Promise<{ authenticator: boolean; passkeys: number; codesLeft: number }> {
  const [row] = await db
    .select({
      authenticator: sql<boolean>`exists (select 1 from ${authenticators} where ${and(
        eq(authenticators.userId, userId),
        isNotNull(authenticators.sealed),
      )})`,
      passkeys: sql<number>`(select count(*)::int from ${passkeys} where ${eq(passkeys.userId, userId)})`,
      codesLeft: sql<number>`(select count(*)::int from ${recoveryCodes} where ${and(
        eq(recoveryCodes.userId, userId),
        isNull(recoveryCodes.used),
      )})`,
    })
    .from(sql`(select 1) as one`);
  return row ?? { authenticator: false, passkeys: 0, codesLeft: 0 };
}

/** Puts a new set of recovery codes in the place of the old one; none takes them away. */
export async function replaceRecoveryCodes(
  db: Db,
  userId: string,
  salt: string,
  hashes: readonly string[],
): Promise<void> {
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (hashes.length === 0) return;
  await db.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash, salt })));
}

/** The salt that all of a person's recovery codes have. */
export async function selectRecoverySalt(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ salt: recoveryCodes.salt })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId))
    .limit(1);
  return row?.salt ?? null;
}

/** Uses a recovery code up; false when it is unknown or used. Two uses at once: one wins. */
export async function takeRecoveryCode(db: Db, userId: string, codeHash: string): Promise<boolean> {
  const rows = await db
    .update(recoveryCodes)
    .set({ used: sql`now()` })
    .where(
      and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.used)),
    )
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}
