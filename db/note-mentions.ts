import { and, eq, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Transaction } from './client';
import { noteMentions } from './schema/notes';

/**
 * Keeps how often a note names each member of its project, and answers how often it did before. Whoever is no member is
 * left out. The note's row is held by the caller.
 */
export async function saveMentions(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  noteId: string,
  counts: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const ofNote = and(eq(noteMentions.projectId, projectId), eq(noteMentions.noteId, noteId));
  const rows = await tx
    .select({ userId: noteMentions.userId, count: noteMentions.count })
    .from(noteMentions)
    .where(ofNote);
  const before = new Map(rows.map(({ userId, count }) => [userId, count]));
  const isSame = before.size === counts.size && [...counts].every(([id, count]) => before.get(id) === count);
  if (isSame) return before;
  await tx.delete(noteMentions).where(ofNote);
  await tx.execute(sql`
    insert into note_mentions (project_id, note_id, user_id, count)
    select m.project_id, ${noteId}, m.user_id, named.count
    from unnest(${sql.param([...counts.keys()])}::uuid[], ${sql.param([...counts.values()])}::int[]) as named(id, count)
    join project_members m on m.project_id = ${projectId} and m.user_id = named.id`);
  return before;
}
