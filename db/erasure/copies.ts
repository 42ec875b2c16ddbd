import { type SQL, sql } from 'drizzle-orm';
import { INSTANCE_CHAIN } from '../../lib/audit/entry';
import type { Pseudonym } from '../../lib/erasure/erasure';
import { renamed, renamedTogether } from '../../lib/erasure/renamed';
import type { Transaction } from '../client';
import { projectsOf } from './account';

/** Rows that are rewritten at once. */
const AT_ONCE = 500;

type EventRow = { id: string; type: string; actor_id: string | null; actor_name: string; subject: unknown };

/**
 * Gives a person their pseudonym in what was written with their name in it: the log, what was frozen in notes, the account log,
 * the audit. In the transaction that `pseudonymise` was called in, since the tables' triggers let nobody else. `called` are the names
 * they had.
 */
export async function renameCopies(
  tx: Transaction,
  person: Pseudonym,
  called: readonly string[],
): Promise<void> {
  await renameEvents(tx, person, called);
  await renameFrozen(tx, person, 'frozen_queries', sql`items`);
  await renameFrozen(tx, person, 'frozen_analyses', sql`"table"`);
  await tx.execute(
    sql`update account_events set ip = null, details = details - 'name' where user_id = ${person.id}`,
  );
  // What a receiver answered may say again what it was told.
  for (const name of called)
    await tx.execute(sql`update webhook_deliveries set answer = null
      where project_id in (${projectsOf(person.id)}) and position(${name} in answer) > 0`);
  await renameEntries(tx, person);
}

async function renameEvents(tx: Transaction, person: Pseudonym, called: readonly string[]): Promise<void> {
  const { id, name } = person;
  let after = '0';
  for (;;) {
    const { rows } = await tx.execute<EventRow>(sql`
      select id::text, type, actor_id, actor_name, subject from events
      where project_id in (${projectsOf(id)}) and id > ${after}::bigint
        and (actor_id = ${id} or position(${id} in subject::text) > 0
          or (actor_id is null and type = 'note.edited' and ${anyIn(called, sql`actor_name`)}))
      order by events.id limit ${AT_ONCE}`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    const written = rows.map((row) => {
      const subject = renamed(row.subject, person);
      const isMany = row.actor_id === null && row.type === 'note.edited';
      const by = row.actor_id === id ? name : row.actor_name;
      return { ...row, subject, by: isMany ? renamedTogether(row.actor_name, subject, person, called) : by };
    });
    await tx.execute(sql`
      update events e set actor_name = n.by, subject = n.subject::jsonb,
        ip = case when e.actor_id = ${id} then null else e.ip end
      from unnest(${sql.param(written.map((row) => row.id))}::bigint[], ${sql.param(written.map((row) => row.by))}::text[],
        ${sql.param(written.map((row) => JSON.stringify(row.subject)))}::text[]) n (id, by, subject)
      where e.id = n.id`);
  }
}

/** What searches and analyses found when they were frozen. */
async function renameFrozen(tx: Transaction, person: Pseudonym, table: string, column: SQL): Promise<void> {
  const name = sql.identifier(table);
  const { rows: found } = await tx.execute<{ id: string }>(
    sql`select id from ${name} where position(${person.id} in ${column}::text) > 0`,
  );
  // One at a time: each may be large.
  for (const { id } of found) {
    const { rows } = await tx.execute<{ value: unknown }>(
      sql`select ${column} as value from ${name} where id = ${id}`,
    );
    const value = JSON.stringify(renamed(rows[0]?.value, person));
    await tx.execute(sql`update ${name} set ${column} = ${value}::jsonb where id = ${id}`);
  }
}

/**
 * The entries of the audit that they are in, of all chains: names and network addresses go, and the salt with them, without which the
 * digest that stands in the chain tells nobody what they were.
 */
async function renameEntries(tx: Transaction, { id, name }: Pseudonym): Promise<void> {
  await tx.execute(sql`
    update audit_entries set salt = null,
      actor_name = case when actor_id = ${id} then ${name} else actor_name end,
      ip = case when actor_id = ${id} then null else ip end,
      details = case
        when chain = ${INSTANCE_CHAIN} then details - 'name'
        when subject_id = ${id} and details ? 'name' then jsonb_set(details, '{name}', to_jsonb(${name}::text))
        else details end
    where (actor_id = ${id} and (actor_name <> ${name} or ip is not null or (chain = ${INSTANCE_CHAIN} and details ? 'name')))
      or (subject_id = ${id} and details->>'name' <> ${name})`);
}

function anyIn(called: readonly string[], column: SQL): SQL {
  return sql`exists (select from unnest(${sql.param([...called])}::text[]) n where position(n in ${column}) > 0)`;
}
