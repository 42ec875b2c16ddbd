import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Scope } from '../lib/access/actor';
import type { Db } from './client';
import { accountEvents } from './schema/events';
import { apiTokens, sessions, users } from './schema/people';

export type User = typeof users.$inferSelect;

/** How many people have an account. */
export async function countUsers(db: Db): Promise<number> {
  return db.$count(users);
}

/** Adds a person; `null` when somebody has the address (or the OIDC subject) already. */
export async function createUser(db: Db, user: typeof users.$inferInsert): Promise<User | null> {
  const [row] = await db.insert(users).values(user).onConflictDoNothing().returning();
  return row ?? null;
}

/** The person with this (normalised) address. */
export async function findUserByEmail(db: Db, email: string): Promise<User | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

/** The person whom the OIDC provider knows by this subject. */
export async function findUserByOidc(db: Db, subject: string): Promise<User | null> {
  const [row] = await db.select().from(users).where(eq(users.oidcSubject, subject));
  return row ?? null;
}

/** The person with this id. */
export async function findUser(db: Db, id: string): Promise<User | null> {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row ?? null;
}

/** Changes a person's name, password hash or OIDC subject. */
export async function updateUser(
  db: Db,
  id: string,
  change: Partial<Pick<User, 'name' | 'email' | 'passwordHash' | 'oidcSubject'>>,
): Promise<User> {
  const [row] = await db.update(users).set(change).where(eq(users.id, id)).returning();
  return row as User;
}

/** Starts a session. */
export async function createSession(db: Db, session: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(session);
}

/** The session that has neither ended nor expired, by the database's clock, and its person. */
export async function findSession(
  db: Db,
  by: { tokenHash: string } | { id: string },
): Promise<{ sessionId: string; user: User } | null> {
  const [row] = await db
    .select({ sessionId: sessions.id, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        'id' in by ? eq(sessions.id, by.id) : eq(sessions.tokenHash, by.tokenHash),
        isNull(sessions.ended),
        gt(sessions.expires, sql`now()`),
      ),
    );
  return row ?? null;
}

/** The live sessions of a person, newest first. */
export async function listSessions(db: Db, userId: string): Promise<(typeof sessions.$inferSelect)[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.ended), gt(sessions.expires, sql`now()`)))
    .orderBy(desc(sessions.created));
}

/** Ends one session of a person, or all, and tells every process (channel gloss_access). Returns how many ended. */
export async function endSessions(db: Db, userId: string, sessionId?: string): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ ended: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.ended),
        sessionId ? eq(sessions.id, sessionId) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  await notifyAccess(db, userId);
  return rows.length;
}

/** Tells every process that what this person may do has changed; sent at commit. */
export async function notifyAccess(db: Db, userId: string): Promise<void> {
  await db.execute(sql`select pg_notify('gloss_access', ${userId})`);
}

/** Whether anybody ever signed in here. */
export async function hasAnySession(db: Db): Promise<boolean> {
  const rows = await db.select({ id: sessions.id }).from(sessions).limit(1);
  return rows.length > 0;
}

/** The person who was first here. */
export async function findFirstUser(db: Db): Promise<User | null> {
  const [row] = await db.select().from(users).orderBy(users.created, users.id).limit(1);
  return row ?? null;
}

/** Keeps an API token's hash. */
export async function createToken(
  db: Db,
  token: typeof apiTokens.$inferInsert,
): Promise<typeof apiTokens.$inferSelect> {
  const [row] = await db.insert(apiTokens).values(token).returning();
  return row as typeof apiTokens.$inferSelect;
}

/** Whose token this is, if it is neither revoked nor expired. */
export async function findTokenUser(
  db: Db,
  by: { tokenHash: string } | { id: string },
): Promise<{ user: User; tokenId: string; scopes: Scope[] } | null> {
  const [row] = await db
    .select({ user: users, token: apiTokens })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        'id' in by ? eq(apiTokens.id, by.id) : eq(apiTokens.tokenHash, by.tokenHash),
        isNull(apiTokens.revoked),
        or(isNull(apiTokens.expires), gt(apiTokens.expires, sql`now()`)),
      ),
    );
  if (row === undefined) return null;
  const scopes = row.token.scopes.filter((scope): scope is Scope => scope === 'read' || scope === 'write');
  return { user: row.user, tokenId: row.token.id, scopes };
}

/** How a token that works no more ended: revoked, or run out and when; `null` where there never was such a token. */
export async function findTokenEnd(
  db: Db,
  tokenHash: string,
): Promise<{ revoked: Date | null; expires: Date | null } | null> {
  const [row] = await db
    .select({ revoked: apiTokens.revoked, expires: apiTokens.expires })
    .from(apiTokens)
    .where(eq(apiTokens.tokenHash, tokenHash));
  return row ?? null;
}

/** The tokens of a person that were not revoked, those that ran out too. */
export async function listTokens(db: Db, userId: string): Promise<(typeof apiTokens.$inferSelect)[]> {
  return db
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revoked)))
    .orderBy(desc(apiTokens.created));
}

/** Revokes a person's token and tells every process. Returns whether there was one. */
export async function revokeToken(db: Db, userId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(apiTokens)
    .set({ revoked: sql`now()` })
    .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId), isNull(apiTokens.revoked)))
    .returning({ id: apiTokens.id });
  await notifyAccess(db, userId);
  return rows.length > 0;
}

/** Revokes every token of a person and tells every process. Returns how many there were. */
export async function revokeTokens(db: Db, userId: string): Promise<number> {
  const rows = await db
    .update(apiTokens)
    .set({ revoked: sql`now()` })
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revoked)))
    .returning({ id: apiTokens.id });
  await notifyAccess(db, userId);
  return rows.length;
}

type AccountEvent = {
  type: string;
  userId?: string | null;
  details?: Record<string, unknown>;
  ip: string | null;
};

/** Writes a line of the account log: sign-ins, refusals, tokens. */
export async function recordAccountEvent(db: Db, event: AccountEvent): Promise<void> {
  await recordAccountEvents(db, [event]);
}

/** Writes lines of the account log in one go. */
export async function recordAccountEvents(db: Db, events: readonly AccountEvent[]): Promise<void> {
  await db
    .insert(accountEvents)
    .values(events.map(({ type, userId, details, ip }) => ({ type, userId, details: details ?? {}, ip })));
}
