import { and, desc, eq, gt, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import { env } from '../env';
import type { Scope } from '../lib/access/actor';
import type { Details } from '../lib/audit/entry';
import { insertAudit, selectPseudonyms } from './audit';
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

/** The person with this (normalised) address; nobody has that of somebody who was erased. */
export async function findUserByEmail(db: Db, email: string): Promise<User | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.email, email), isNull(users.erased)));
  return row ?? null;
}

/** The ids of all who were erased. */
export async function selectErasedIds(db: Db): Promise<string[]> {
  const rows = await db.select({ id: users.id }).from(users).where(isNotNull(users.erased));
  return rows.map(({ id }) => id);
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

/** What a session that works is: not ended, neither too old nor unused for too long, by the database's clock. */
function sessionHolds() {
  const { SESSION_HOURS, SESSION_IDLE_HOURS } = env();
  const before = (hours: number) => sql`now() - make_interval(secs => ${hours * 3_600}::double precision)`;
  return and(
    isNull(sessions.ended),
    gt(sessions.expires, sql`now()`),
    gt(sessions.created, before(SESSION_HOURS)),
    gt(sessions.lastUsed, before(SESSION_IDLE_HOURS)),
  );
}

/** The session that works still, its person, and whether its last use was written down more than a minute ago. */
export async function findSession(
  db: Db,
  by: { tokenHash: string } | { id: string },
): Promise<{ sessionId: string; user: User; stale: boolean } | null> {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      user: users,
      stale: sql<boolean>`${sessions.lastUsed} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and('id' in by ? eq(sessions.id, by.id) : eq(sessions.tokenHash, by.tokenHash), sessionHolds()));
  return row ?? null;
}

/** Writes down that a session is in use, and from where where that is known. */
export async function touchSession(db: Db, id: string, ip: string | null): Promise<void> {
  await db
    .update(sessions)
    .set({ lastUsed: sql`now()`, ...(ip === null ? {} : { ip }) })
    .where(and(eq(sessions.id, id), isNull(sessions.ended)));
}

/** Writes down that the person of a session proved once more who they are. */
export async function markProved(db: Db, id: string): Promise<void> {
  await db.update(sessions).set({ proved: sql`now()` }).where(eq(sessions.id, id));
}

/** Whether a session's person proved who they are within the last `minutes`: once more, or by signing in. */
export async function provedLately(
  db: Db,
  id: string,
  minutes: number,
): Promise<{ again: boolean; signedIn: boolean }> {
  const since = sql`now() - make_interval(mins => ${minutes})`;
  const [row] = await db
    .select({
      again: sql<boolean>`coalesce(${sessions.proved} > ${since}, false)`,
      signedIn: sql<boolean>`${sessions.created} > ${since}`,
    })
    .from(sessions)
    .where(eq(sessions.id, id));
  return row ?? { again: false, signedIn: false };
}

/** The sessions of a person that work still, the one that was used last first. */
export async function listSessions(db: Db, userId: string): Promise<(typeof sessions.$inferSelect)[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), sessionHolds()))
    .orderBy(desc(sessions.lastUsed), desc(sessions.id));
}

/**
 * Ends one session of a person, all but one, or all, and tells every process (channel gloss_access). Returns how many
 * ended.
 */
export async function endSessions(db: Db, userId: string, which?: string | { but: string }): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ ended: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.ended),
        typeof which === 'string' ? eq(sessions.id, which) : which && ne(sessions.id, which.but),
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

/** The person who was first here, of those who still are. */
export async function findFirstUser(db: Db): Promise<User | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(isNull(users.erased))
    .orderBy(users.created, users.id)
    .limit(1);
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
  details?: Details;
  ip: string | null;
};

/** Writes a line of the account log: sign-ins, refusals, tokens. */
export async function recordAccountEvent(db: Db, event: AccountEvent): Promise<void> {
  await recordAccountEvents(db, [event]);
}

/** Writes lines of the account log, and of the instance's audit, in one go. */
export async function recordAccountEvents(db: Db, events: readonly AccountEvent[]): Promise<void> {
  await db.transaction(async (tx) => {
    const erased = await selectPseudonyms(
      tx,
      events.map(({ userId = null }) => userId),
    );
    const rows = events.map(({ type, userId = null, details = {}, ip }) =>
      erased.has(userId ?? '') ? { type, userId, details: {}, ip: null } : { type, userId, details, ip },
    );
    await tx.insert(accountEvents).values(rows);
    const names = await selectNames(
      tx,
      rows.flatMap(({ userId }) => userId ?? []),
    );
    const acts = rows.map(({ type, userId, details, ip }) => ({
      act: `account.${type}`,
      subjectId: null,
      details,
      actor: { id: userId, name: names.get(userId ?? '') ?? 'Somebody', ip },
    }));
    await insertAudit(tx, null, acts);
  });
}

/** What people are called, by their ids. */
export async function selectNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
