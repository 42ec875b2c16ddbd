import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Db } from './client';
import { users } from './schema/people';
import { signInSteps } from './schema/second-factors';

type User = typeof users.$inferSelect;
export type SignInStep = typeof signInSteps.$inferSelect;

/** Keeps that somebody gave the first proof, for so many minutes; what ran out is forgotten. */
export async function createSignInStep(
  db: Db,
  step: Omit<SignInStep, 'expires'>,
  minutes: number,
): Promise<void> {
  await db.delete(signInSteps).where(lt(signInSteps.expires, sql`now()`));
  await db.insert(signInSteps).values({ ...step, expires: sql`now() + make_interval(mins => ${minutes})` });
}

/** The step that a browser is at, and whose it is; `null` when it ran out or there is none. */
export async function findSignInStep(
  db: Db,
  tokenHash: string,
): Promise<{ step: SignInStep; user: User } | null> {
  const [row] = await db
    .select({ step: signInSteps, user: users })
    .from(signInSteps)
    .innerJoin(users, eq(users.id, signInSteps.userId))
    .where(and(eq(signInSteps.tokenHash, tokenHash), gt(signInSteps.expires, sql`now()`)));
  return row ?? null;
}

/** Writes down which second proof was given at a step. */
export async function markSecond(db: Db, tokenHash: string, second: string): Promise<void> {
  await db.update(signInSteps).set({ second }).where(eq(signInSteps.tokenHash, tokenHash));
}

/** Ends a step; false when another request ended it before. */
export async function takeSignInStep(db: Db, tokenHash: string): Promise<boolean> {
  const rows = await db
    .delete(signInSteps)
    .where(and(eq(signInSteps.tokenHash, tokenHash), gt(signInSteps.expires, sql`now()`)))
    .returning({ tokenHash: signInSteps.tokenHash });
  return rows.length > 0;
}

/** Ends all steps of a person: what the first proof opened is closed again. */
export async function deleteSignInSteps(db: Db, userId: string): Promise<void> {
  await db.delete(signInSteps).where(eq(signInSteps.userId, userId));
}
