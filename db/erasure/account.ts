import { and, eq, isNull, like, or, type SQL, sql } from 'drizzle-orm';
import { type Pseudonym, pseudonymOf } from '../../lib/erasure/erasure';
import type { Db, Transaction } from '../client';
import { users } from '../schema/people';

/** What only concerns a person, table by table in the order it can be removed; `u` is a row of it. */
const OWN: readonly (readonly [table: string, which: (userId: string) => SQL])[] = [
  [
    'passkey_challenges',
    (id) => sql`u.holder in (select s.id::text from sessions s where s.user_id = ${id})`,
  ],
  ['sessions', ofPerson],
  ['sign_in_links', ofPerson],
  ['sign_in_steps', ofPerson],
  ['email_changes', ofPerson],
  ['api_tokens', ofPerson],
  ['authenticators', ofPerson],
  ['recovery_codes', ofPerson],
  ['passkeys', ofPerson],
  ['notice_mails', ofPerson],
  ['notice_settings', ofPerson],
  ['notices', ofPerson],
  ['project_visits', ofPerson],
  ['speaker_confidants', ofPerson],
  ['saved_searches', (id) => sql`u.creator_id = ${id} and not u.shared`],
  ['webhook_deliveries', (id) => sql`u.webhook_id in (select w.id from webhooks w where w.maker_id = ${id})`],
  ['webhooks', (id) => sql`u.maker_id = ${id}`],
];

function ofPerson(userId: string): SQL {
  return sql`u.user_id = ${userId}`;
}

/** The tables that are emptied of a person. */
export const OWN_TABLES: readonly string[] = [
  ...OWN.map(([table]) => table),
  'project_members',
  'team_members',
];

/** How many rows of each of these tables a person has; those with none are left out. */
export async function countOwn(db: Db, userId: string): Promise<{ table: string; count: number }[]> {
  const counted = OWN.map(
    ([table, which]) =>
      sql`select ${table} as "table", count(*)::int as count from ${sql.identifier(table)} u where ${which(userId)}`,
  );
  const { rows } = await db.execute<{ table: string; count: number }>(
    sql`select * from (${sql.join(counted, sql` union all `)}) c where count > 0`,
  );
  return rows;
}

/** Holds a person who has an account to the end of the transaction; `null` when there is none, or they were erased already. */
export async function holdPerson(tx: Transaction, userId: string) {
  const [row] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.erased)))
    .for('update');
  return row ?? null;
}

/** What a person is and was called, as the log knows it. */
export async function selectCalled(db: Db, userId: string): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select name from users where id = ${userId}
    union select actor_name from events where actor_id = ${userId}
      and project_id in (select project_id from (${projectsOf(userId)}) p)
    union select actor_name from audit_entries where actor_id = ${userId}`);
  return rows.map(({ name }) => name);
}

/** All projects that a person is or ever was in, or did something in. */
export function projectsOf(userId: string): SQL {
  return sql`select p.id as project_id from projects p
    where exists (select from project_members m where m.project_id = p.id and m.user_id = ${userId})
      or exists (select from events e where e.project_id = p.id and e.actor_id = ${userId})
      or exists (select from events e where e.project_id = p.id and split_part(e.type, '.', 1) = 'member' and e.subject_id = ${userId})`;
}

/**
 * Takes all that says who they are off an account, and gives it a pseudonym that nobody else has. From here to the end of the
 * transaction what is written once may lose their names.
 */
export async function pseudonymise(tx: Transaction, userId: string): Promise<Pseudonym> {
  // One at a time: no two have one number.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('gloss erasure', 0))`);
  const taken = await tx.select({ name: users.name }).from(users).where(like(users.name, 'Erased person %'));
  const names = new Set(taken.map(({ name }) => name));
  let nr = 1;
  while (names.has(pseudonymOf(userId, nr).name)) nr += 1;
  const pseudonym = pseudonymOf(userId, nr);
  const { name, email } = pseudonym;
  await tx
    .update(users)
    .set({ name, email, passwordHash: null, oidcSubject: null, erased: sql`now()` })
    .where(eq(users.id, userId));
  await tx.execute(sql`select set_config('gloss.erasing', ${userId}, true)`);
  return pseudonym;
}

/** Removes what only concerns a person: how they sign in, what they are told and by mail, what they follow. */
export async function removeOwn(tx: Transaction, userId: string, email: string): Promise<void> {
  const ips = await tx.execute<{ ip: string }>(
    sql`select distinct ip from sessions where user_id = ${userId} and ip is not null`,
  );
  for (const [table, which] of OWN)
    await tx.execute(sql`delete from ${sql.identifier(table)} u where ${which(userId)}`);
  // Attempts are counted under addresses of mail and network, and ids.
  const keys = [email, userId, ...ips.rows.map(({ ip }) => ip)];
  await tx.execute(
    sql`delete from rate_limits where exists (select from unnest(${sql.param(keys)}::text[]) k where right(key, length(k) + 1) = ':' || k)`,
  );
}

/** Takes a person out of their teams; a team that nobody is in and that has no project goes, and one with their name in its own is called by the pseudonym. */
export async function leaveTeams(
  tx: Transaction,
  { id, name }: Pseudonym,
  called: readonly string[],
): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`delete from team_members where user_id = ${id} returning team_id as id`,
  );
  for (const team of rows) {
    await tx.execute(sql`delete from teams t where t.id = ${team.id}
      and not exists (select from team_members m where m.team_id = t.id) and not exists (select from projects p where p.team_id = t.id)`);
    for (const one of called)
      await tx.execute(
        sql`update teams set name = ${teamNamed(name)} where id = ${team.id} and name = ${teamNamed(one)}`,
      );
  }
}

/** What a team is called that was made for somebody's first project (`server/projects`). */
const teamNamed = (name: string) => `${name}’s team`;

/** Everybody who was erased, the first first. */
export async function selectErased(db: Db): Promise<{ id: string; pseudonym: string; erased: Date }[]> {
  const { rows } = await db.execute<{ id: string; pseudonym: string; erased: Date }>(
    sql`select id, name as pseudonym, erased from users where erased is not null order by erased, id`,
  );
  return rows.map((row) => ({ ...row, erased: new Date(row.erased) }));
}

/** Those of these people who have an account that was not erased. */
export async function selectStanding(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(or(...ids.map((id) => eq(users.id, id))), isNull(users.erased)));
  return rows.map(({ id }) => id);
}
