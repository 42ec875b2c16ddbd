import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { type Reader, speakerOpenTo } from '../access';
import { redactedFrom, speakersOf } from '../access/kept';
import type { Db } from '../client';
import { speakerNames } from '../schema/speakers';

/**
 * Speakers who are called `folded` beside whoever that name leads to: where an embargo withholds that one from whoever gave it to
 * somebody else, two of a name stand in a project.
 */
const namesakes = (reader: Reader, folded: SQL) => sql`
  select s.id from speakers s where s.project_id = ${reader.projectId} and s.sort_name = ${folded} and s.root_id = s.id
    and s.deleted is null and ${speakerOpenTo(reader, sql`s.id`)}
  union all
  select s.id from speaker_names n join speakers s on s.project_id = n.project_id and s.root_id = s.id and s.deleted is null
    where n.project_id = ${reader.projectId} and n.folded = ${folded} and ${speakerOpenTo(reader, sql`s.id`)}
      and ${folded} in (select gloss_fold(alias) from unnest(s.aliases) alias)`;

/**
 * Whom each of these names means to its reader, with the name as it is compared: who is publicly called so; where that is somebody
 * whom an embargo withholds from the reader, somebody else who is called so, too.
 */
export async function findByNames(
  db: Db,
  reader: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, { readonly folded: string; readonly speakerId: string | null }>> {
  const { projectId } = reader;
  const { rows } = await db.execute<{ name: string; folded: string; speaker_id: string | null }>(sql`
    select given.name, given.folded, coalesce(
      (select n.speaker_id from speaker_names n where n.project_id = ${projectId} and n.folded = given.folded
        and ${speakerOpenTo(reader, sql`n.speaker_id`)}),
      (select id from (${namesakes(reader, sql`given.folded`)}) other order by id limit 1)) as speaker_id
    from (select distinct name, gloss_fold(name) as folded from unnest(${sql.param([...names])}::text[]) name) given`);
  return new Map(rows.map(({ name, folded, speaker_id: speakerId }) => [name, { folded, speakerId }]));
}

/**
 * The speaker that a name means to its reader; where that is nobody, who is publicly called so and is withheld from them so far
 * by an embargo, not by protected passages: their words must not be learnt by trying names.
 * `null` where there is neither.
 */
export async function findByName(db: Db, reader: Reader, name: string): Promise<string | null> {
  const seen = (await findByNames(db, reader, [name])).get(name)?.speakerId ?? null;
  if (seen !== null) return seen;
  const whole = await findByNames(db, { projectId: reader.projectId, actor: null }, [name]);
  const known = whole.get(name)?.speakerId ?? null;
  return known === null || (await isInPassages(db, reader, known)) ? null : known;
}

/** Whether nobody is quoted so but where passages are protected from their reader: the name may be what stands in them. */
async function isInPassages(db: Db, { actor }: Reader, speakerId: string): Promise<boolean> {
  const userId = actor?.userId ?? null;
  if (userId === null) return false;
  const kept = { sources: sql`'{}'::uuid[]`, passages: redactedFrom({ userId }) };
  const { rows } = await db.execute<{ is: boolean }>(
    sql`select ${speakerId}::uuid in (${speakersOf(kept)}) as is`,
  );
  return rows[0]?.is ?? false;
}

/**
 * Sets what a speaker is publicly called, to be called with the project's lock held. Returns the names that lead to somebody
 * else whom the Grant's holder may see, which are left with them; none where all is well. Names of who is withheld from them are left
 * with those, too, and not returned.
 */
export async function replaceNames(
  db: Db,
  grant: Grant,
  speakerId: string,
  names: readonly string[],
): Promise<string[]> {
  const { projectId } = grant;
  await db
    .delete(speakerNames)
    .where(and(eq(speakerNames.projectId, projectId), eq(speakerNames.speakerId, speakerId)));
  if (names.length === 0) return [];
  const given = sql`unnest(${sql.param([...names])}::text[])`;
  await db.execute(sql`insert into speaker_names (project_id, folded, speaker_id)
    select distinct ${projectId}::uuid, gloss_fold(name), ${speakerId}::uuid from ${given} name on conflict do nothing`);
  const { rows } = await db.execute<{
    name: string;
  }>(sql`select called as name from ${given} called where exists (
      select from speaker_names n where n.project_id = ${projectId} and n.folded = gloss_fold(called) and n.speaker_id <> ${speakerId}
        and ${speakerOpenTo(grant, sql`n.speaker_id`)})
    or exists (select from (${namesakes(grant, sql`gloss_fold(called)`)}) other where other.id <> ${speakerId})`);
  return rows.map(({ name }) => name);
}
