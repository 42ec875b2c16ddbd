import { sql } from 'drizzle-orm';
import type { Db } from '../client';

/** What people make that others build on, by the table and the column that says who made it: it stays, under a pseudonym. */
const MADE: readonly (readonly [what: string, table: string, column: string])[] = [
  ['marks and codings', 'annotations', 'creator_id'],
  ['comments', 'comments', 'creator_id'],
  ['claims', 'claims', 'creator_id'],
  ['passages brought to claims', 'evidence', 'creator_id'],
  ['follow-ups', 'follow_ups', 'creator_id'],
  ['sources brought in', 'sources', 'created_by'],
  ['notes begun', 'notes', 'created_by'],
  ['decisions', 'decisions', 'by_id'],
  ['objections', 'objections', 'by_id'],
  ['sentences vouched for', 'note_sign_offs', 'by'],
  ['speakers', 'speakers', 'creator_id'],
  ['saved analyses', 'saved_analyses', 'creator_id'],
  ['events in the log', 'events', 'actor_id'],
];

/** How much of what others build on a person made. What they made none of is left out. */
export async function countMade(db: Db, userId: string): Promise<{ what: string; count: number }[]> {
  const found: { what: string; count: number }[] = [];
  for (const [what, table, column] of MADE) {
    const { rows } = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(table)} where ${sql.identifier(column)} = ${userId}`,
    );
    if (rows[0] && rows[0].count > 0) found.push({ what, count: rows[0].count });
  }
  return found;
}

/** Projects that are not deleted and that this person alone owns, by name; with `hold` their owners stay as they are to the end of the transaction. */
export async function selectOwnedAlone(
  db: Db,
  userId: string,
  hold = false,
): Promise<{ id: string; name: string }[]> {
  if (hold)
    await db.execute(sql`select from project_members where role = 'owner' and project_id in
      (select project_id from project_members where user_id = ${userId} and role = 'owner') order by project_id, user_id for update`);
  const { rows } = await db.execute<{ id: string; name: string }>(sql`
    select p.id, p.name from projects p join project_members m on m.project_id = p.id
    where m.user_id = ${userId} and m.role = 'owner' and p.deleted is null
      and not exists (select from project_members o where o.project_id = p.id and o.role = 'owner' and o.user_id <> ${userId})
    order by p.name, p.id`);
  return rows;
}

/** How many protected speakers nobody but this person may look up. */
export async function countAloneKnown(db: Db, userId: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from speaker_confidants c where c.user_id = ${userId}
      and not exists (select from speaker_confidants o where o.speaker_id = c.speaker_id and o.user_id <> ${userId})`);
  return rows[0]?.count ?? 0;
}

/** The projects a person is in, in an order in which any number of them can be locked; and who would own each after them. */
export async function selectMemberships(
  db: Db,
  userId: string,
): Promise<{ projectId: string; deleted: boolean; heirId: string | null }[]> {
  const { rows } = await db.execute<{ projectId: string; deleted: boolean; heirId: string | null }>(sql`
    select m.project_id as "projectId", p.deleted is not null as deleted,
      (select o.user_id from project_members o where o.project_id = m.project_id and o.user_id <> ${userId}
        order by array_position(array['owner', 'editor', 'annotator', 'reader'], o.role), o.joined, o.user_id limit 1) as "heirId"
    from project_members m join projects p on p.id = m.project_id
    where m.user_id = ${userId} order by m.project_id`);
  return rows;
}
