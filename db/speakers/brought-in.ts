import { sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Db } from '../client';
import { insertRows } from '../insert-rows';
import { speakers } from '../schema/speakers';
import type { SpeakerFields } from './rows';

type InProject = Pick<Grant, 'projectId'>;

/** Who stands for these speakers now, by their ids: those that the project has. */
export async function selectRootIds(
  db: Db,
  { projectId }: InProject,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ id: string; root_id: string }>(sql`
    select id, root_id from speakers where project_id = ${projectId} and id = any(${sql.param([...ids])}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.root_id]));
}

export type NewSpeaker = Omit<SpeakerFields, 'affiliationId' | 'firstMentionId'> & {
  readonly id: string;
  /** The name as it is compared. */
  readonly sortName: string;
};

/**
 * Adds speakers of the Grant's actor, and what they are publicly called, where nobody is called so. Answers the ids of those that were
 * not there.
 */
export async function insertSpeakers(
  db: Db,
  { projectId, actor }: Grant,
  given: readonly NewSpeaker[],
): Promise<ReadonlySet<string>> {
  const made = await insertRows(
    db,
    speakers,
    given.map((one) => ({ ...one, projectId, creatorId: actor.userId, rootId: one.id })),
  );
  const called = given
    .filter(({ id }) => made.has(id))
    .flatMap(({ id, name, aliases }) => [name, ...aliases].map((one) => ({ id, name: one })));
  await db.execute(sql`
    insert into speaker_names (project_id, folded, speaker_id)
    select distinct on (folded) ${projectId}::uuid, folded, id
    from (select gloss_fold(one->>'name') as folded, (one->>'id')::uuid as id, nth
      from jsonb_array_elements(${JSON.stringify(called)}::jsonb) with ordinality as given (one, nth)) named
    order by folded, nth on conflict do nothing`);
  return made;
}

export type SpeakerLinks = Pick<SpeakerFields, 'affiliationId' | 'firstMentionId'> & { readonly id: string };

/** Says of new speakers whom they belong to, and which quote names them first. */
export async function linkSpeakers(
  db: Db,
  { projectId }: InProject,
  links: readonly SpeakerLinks[],
): Promise<void> {
  await db.execute(sql`
    update speakers s set affiliation_id = l."affiliationId", first_mention_id = l."firstMentionId",
      modified = now(), revision = revision + 1
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l (id uuid, "affiliationId" uuid, "firstMentionId" uuid)
    where s.project_id = ${projectId} and s.id = l.id`);
}
