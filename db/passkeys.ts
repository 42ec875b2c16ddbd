import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Db } from './client';
import { passkeyChallenges, passkeys } from './schema/second-factors';

export type Passkey = typeof passkeys.$inferSelect;

/** A person's passkeys, oldest first. */
export async function selectPasskeys(db: Db, userId: string): Promise<Passkey[]> {
  return db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.created), asc(passkeys.id));
}

/** The passkey with this credential id, whoever has it. */
export async function findPasskey(db: Db, id: string): Promise<Passkey | null> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.id, id));
  return row ?? null;
}

/** Keeps a passkey; `null` when its id is known already. */
export async function insertPasskey(db: Db, passkey: typeof passkeys.$inferInsert): Promise<Passkey | null> {
  const [row] = await db.insert(passkeys).values(passkey).onConflictDoNothing().returning();
  return row ?? null;
}

/** Renames a person's passkey; `null` when they have none of that id. */
export async function renamePasskey(
  db: Db,
  userId: string,
  id: string,
  name: string,
): Promise<Passkey | null> {
  const [row] = await db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning();
  return row ?? null;
}

/** Takes a person's passkey away, or all of them. Returns their names. */
export async function deletePasskeys(db: Db, userId: string, id?: string): Promise<string[]> {
  const rows = await db
    .delete(passkeys)
    .where(and(eq(passkeys.userId, userId), id === undefined ? undefined : eq(passkeys.id, id)))
    .returning({ name: passkeys.name });
  return rows.map(({ name }) => name);
}

/** Writes down that a passkey signed; false when it signed since it was read, and so counts on from elsewhere. */
export async function countSignature(
  db: Db,
  { id, signCount }: Pick<Passkey, 'id' | 'signCount'>,
  next: number,
): Promise<boolean> {
  const rows = await db
    .update(passkeys)
    .set({ signCount: next, lastUsed: sql`now()` })
    .where(and(eq(passkeys.id, id), eq(passkeys.signCount, signCount)))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

export type ChallengeUse = {
  readonly purpose: 'add' | 'prove' | 'sign-in';
  /** The session's id, or the hash of the browser's cookie. */
  readonly holder: string;
};

/** Keeps a challenge for so many minutes, and forgets those that ran out. */
export async function createChallenge(
  db: Db,
  challenge: string,
  { purpose, holder }: ChallengeUse,
  minutes: number,
): Promise<void> {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expires, sql`now()`));
  await db
    .insert(passkeyChallenges)
    .values({ challenge, purpose, holder, expires: sql`now() + make_interval(mins => ${minutes})` });
}

/** Uses a challenge up; false when it is unknown, was meant for something or somebody else, or ran out. */
export async function takeChallenge(
  db: Db,
  challenge: string,
  { purpose, holder }: ChallengeUse,
): Promise<boolean> {
  const rows = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.purpose, purpose),
        eq(passkeyChallenges.holder, holder),
        gt(passkeyChallenges.expires, sql`now()`),
      ),
    )
    .returning({ challenge: passkeyChallenges.challenge });
  return rows.length > 0;
}
