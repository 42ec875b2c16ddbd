import { and, eq, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Db } from '../client';
import { speakerNames } from '../schema/speakers';

/** The speaker that is publicly called so; `null` where nobody is. */
export async function findByName(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  name: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: speakerNames.speakerId })
    .from(speakerNames)
    .where(and(eq(speakerNames.projectId, projectId), eq(speakerNames.folded, sql`gloss_fold(${name})`)));
  return row?.id ?? null;
}

/**
 * Sets what a speaker is publicly called, to be called with the project's lock held. Returns the names that lead to somebody
 * else, which are left with them; none where all is well.
 */
export async function replaceNames(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  speakerId: string,
  names: readonly string[],
): Promise<string[]> {
  await db
    .delete(speakerNames)
    .where(and(eq(speakerNames.projectId, projectId), eq(speakerNames.speakerId, speakerId)));
  if (names.length === 0) return [];
  const given = sql`unnest(${sql.param([...names])}::text[])`;
  await db.execute(sql`insert into speaker_names (project_id, folded, speaker_id)
    select distinct ${projectId}::uuid, gloss_fold(name), ${speakerId}::uuid from ${given} name on conflict do nothing`);
  const { rows } = await db.execute<{ name: string }>(sql`select name from ${given} name
    join speaker_names n on n.project_id = ${projectId} and n.folded = gloss_fold(name) and n.speaker_id <> ${speakerId}`);
  return rows.map(({ name }) => name);
}
