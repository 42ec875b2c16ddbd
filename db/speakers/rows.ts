import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { Speaker, type SpeakerKind } from '../../lib/speakers/speaker';
import { type Reader, speakerOpenTo, visibleTo } from '../access';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { users } from '../schema/people';
import { sources } from '../schema/sources';
import { speakers } from '../schema/speakers';
import { folded } from './faces';

type InProject = Pick<Grant, 'projectId'>;

async function select(db: Db, reader: Reader, where: SQL | undefined): Promise<Speaker[]> {
  const rows = await db
    .select({
      row: speakers,
      creatorName: users.name,
      merged: sql<{ id: string; name: string }[]>`(select coalesce(jsonb_agg(jsonb_build_object('id', m.id,
        'name', case when ${speakers.isProtected} then '' else m.name end) order by m.id), '[]')
        from speakers m where m.root_id = ${speakers.id} and m.id <> ${speakers.id})`,
    })
    .from(speakers)
    .innerJoin(users, eq(users.id, speakers.creatorId))
    .where(and(eq(speakers.projectId, reader.projectId), speakerOpenTo(reader, speakers.id), where))
    .orderBy(asc(speakers.sortName), asc(speakers.id));
  return rows.map(({ row, creatorName, merged }) =>
    Speaker.parse({
      ...row,
      merged,
      creator: { id: row.creatorId, name: creatorName },
      created: row.created.toISOString(),
      modified: row.modified.toISOString(),
      deleted: row.deleted?.toISOString() ?? null,
    }),
  );
}

/** The speakers of the project that stand for themselves and are not deleted, in the order of their shown names. */
export async function selectSpeakers(db: Db, grant: Reader): Promise<Speaker[]> {
  return select(db, grant, and(isNull(speakers.mergedInto), isNull(speakers.deleted)));
}

/** One speaker, deleted or merged or not, as everybody may see them; `null` when the project has none. */
export async function selectSpeaker(db: Db, grant: Reader, id: string): Promise<Speaker | null> {
  const [speaker] = await select(db, grant, eq(speakers.id, id));
  return speaker ?? null;
}

/** Speakers of the project by their ids, as `selectSpeaker` answers one. */
export async function selectSpeakersById(db: Db, grant: Reader, ids: readonly string[]): Promise<Speaker[]> {
  return ids.length === 0 ? [] : select(db, grant, inArray(speakers.id, [...ids]));
}

/** Who stands for a speaker now: themselves, or the one they were merged into; `null` when the project has none. */
export async function selectRootId(db: Db, { projectId }: InProject, id: string): Promise<string | null> {
  const [row] = await db
    .select({ rootId: speakers.rootId })
    .from(speakers)
    .where(and(eq(speakers.projectId, projectId), eq(speakers.id, id)));
  return row?.rootId ?? null;
}

/** How many of these ids are speakers of the project, merged ones too. */
export async function countSpeakers(db: Db, grant: Reader, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return db.$count(
    speakers,
    and(
      eq(speakers.projectId, grant.projectId),
      speakerOpenTo(grant, speakers.id),
      isNull(speakers.deleted),
      inArray(speakers.id, [...ids]),
    ),
  );
}

export type SpeakerFields = Pick<
  Speaker,
  'kind' | 'name' | 'aliases' | 'role' | 'affiliation' | 'affiliationId' | 'firstMentionId'
>;

/** Adds a speaker of the Grant's actor; returns false when the id exists already. */
export async function insertSpeaker(
  db: Db,
  grant: Grant,
  speaker: SpeakerFields & { id: string; kind: SpeakerKind },
): Promise<boolean> {
  const rows = await db
    .insert(speakers)
    .values({
      ...speaker,
      projectId: grant.projectId,
      creatorId: grant.actor.userId,
      rootId: speaker.id,
      sortName: folded(speaker.name),
    })
    .onConflictDoNothing()
    .returning({ id: speakers.id });
  return rows.length > 0;
}

/** Changes what everybody may see of a speaker, and counts it as a change. */
export async function updateSpeakerRow(
  db: Db,
  { projectId }: InProject,
  id: string,
  change: Partial<SpeakerFields> & { deleted?: boolean; isProtected?: boolean },
): Promise<void> {
  const { deleted, ...fields } = change;
  await db
    .update(speakers)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      modified: sql`now()`,
      revision: sql`${speakers.revision} + 1`,
    })
    .where(and(eq(speakers.projectId, projectId), eq(speakers.id, id)));
  if (fields.name !== undefined) await sortByRoot(db, id);
}

/** Whoever stands under a root is sorted as it is. */
async function sortByRoot(db: Db, rootId: string): Promise<void> {
  await db.execute(sql`update speakers set sort_name = r.folded
    from (select gloss_fold(name) as folded from speakers where id = ${rootId}) r where root_id = ${rootId}`);
}

/** Puts a speaker, with all that were merged into it, under another; with `null` by itself again. */
export async function moveSpeaker(
  db: Db,
  { projectId }: InProject,
  id: string,
  into: string | null,
): Promise<void> {
  const root = into ?? id;
  await db.execute(sql`
    with recursive under as (
      select id from speakers where project_id = ${projectId} and id = ${id}
      union select s.id from speakers s join under u on s.merged_into = u.id
    )
    update speakers set root_id = ${root}, modified = now(), revision = revision + 1,
      merged_into = case when id = ${id} then ${into}::uuid else merged_into end
    where id in (select id from under)`);
  await sortByRoot(db, root);
}

/** How many quotes that stand each speaker has, those of who was merged into them among them; who has none is left out. */
export async function countQuotes(db: Db, grant: Grant, rootId?: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ rootId: speakers.rootId, count: sql<number>`sum(said.count)::int` })
    .from(
      db
        .select({ speakerId: annotations.speakerId, count: sql<number>`count(*)`.as('count') })
        .from(annotations)
        .innerJoin(sources, eq(sources.id, annotations.sourceId))
        .where(
          and(
            visibleTo(grant),
            isNull(annotations.deleted),
            isNull(sources.deleted),
            rootId === undefined
              ? sql`${annotations.speakerId} is not null`
              : sql`${annotations.speakerId} in (select id from speakers where root_id = ${rootId})`,
          ),
        )
        .groupBy(annotations.speakerId)
        .as('said'),
    )
    .innerJoin(speakers, sql`${speakers.id} = said.speaker_id`)
    .groupBy(speakers.rootId);
  return new Map(rows.map((row) => [row.rootId, row.count]));
}
