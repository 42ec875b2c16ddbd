import { sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import {
  claimOpenTo,
  claimsVisibleTo,
  followUpsVisibleTo,
  notesVisibleTo,
  openTo,
  shownTo,
  sourcesVisibleTo,
  visibleTo,
} from './access';
import { redactedFrom, withheldFrom } from './access/kept';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { followUps } from './schema/follow-ups';
import { notes } from './schema/notes';

/** How much of what a person did: `what` is a count of `Contribution`, or the type of an event. */
export type Deed = { readonly userId: string; readonly what: string; readonly count: number };

/** What people made that is still there and the Grant's holder may see, and what the log says they did besides. */
export async function countDeeds(db: Db, grant: Grant): Promise<Deed[]> {
  const { projectId } = grant;
  const here = sql`${visibleTo(grant)} and ${annotations.deleted} is null`;
  // Who talks about a mark that a blind pass hides tells of it.
  const hidden = sql`select ${annotations.id}::text from ${annotations}
    where ${annotations.projectId} = ${projectId} and not ${shownTo(grant.actor)}`;
  const { rows } = await db.execute<Deed>(sql`
    select ${annotations.creatorId} as "userId", 'codings' as what, count(*)::int as count
      from annotation_codes c join ${annotations} on ${annotations.id} = c.annotation_id where ${here} group by 1
    union all
    select ${annotations.creatorId}, case ${annotations.motivation} when 'quoting' then 'quotes' else 'marks' end, count(*)::int
      from ${annotations} where ${here} and ${annotations.motivation} <> 'classifying' group by 1, 2
    union all
    select ${claims.creatorId}, 'claims', count(*)::int from ${claims}
      where ${claimsVisibleTo(grant)} and ${claims.deleted} is null group by 1
    union all
    select ${followUps.creatorId}, 'followUps', count(*)::int from ${followUps}
      where ${followUpsVisibleTo(grant)} and ${followUps.deleted} is null group by 1
    union all
    select created_by, 'sources', count(*)::int from sources where ${sourcesVisibleTo(grant)} and deleted is null group by 1
    union all
    select d.by_id, 'decisions', count(*)::int from decisions d join passes p on p.id = d.pass_id
      where d.project_id = ${projectId} and d.undone is null and ${openTo(grant, sql`d.source_id`)}
        and not (d.source_id = any(${redactedFrom(grant.actor)}) and gloss_is_closed(d.source_id, d.version, d.start, d."end"))
        and (p.kind <> 'blind' or p.revealed is not null or p.lead_id = ${grant.actor.userId}) group by 1
    union all
    select s.by, 'reviews', count(*)::int from note_sign_offs s join ${notes} on ${notes.id} = s.note_id
      where ${notesVisibleTo(grant)} group by 1
    union all
    select actor_id, case type
        when 'claim.updated' then 'claim.' || coalesce(subject->>'did', 'edited')
        when 'thread.updated' then 'thread.' || coalesce(subject->>'did', 'updated')
        else type end, count(*)::int
      from events where project_id = ${projectId} and actor_id is not null
        and not coalesce(subject->>'sourceId', case when split_part(type, '.', 1) = 'source' then subject_id::text end, '') = any(${withheldFrom(grant.actor)}::text[])
        and coalesce(subject->>'annotationId', '') not in (${hidden})
        and ${claimOpenTo(grant, sql`(case split_part(type, '.', 1) when 'claim' then subject_id::text else subject->>'claimId' end)::uuid`)}
        and not exists (
          select from jsonb_array_elements(case type when 'source.targets-decided' then subject->'annotations' else '[]' end) mark
          where mark->>'id' in (${hidden}))
      group by 1, 2`);
  return rows;
}

/** Who is or was in the project and did something: their names, and whether they are a member now. */
export async function selectPeople(
  db: Db,
  { projectId }: Grant,
  ids: readonly string[],
): Promise<{ id: string; name: string; isMember: boolean }[]> {
  const { rows } = await db.execute<{ id: string; name: string; isMember: boolean }>(sql`
    select u.id, u.name, m.user_id is not null as "isMember" from users u
    left join project_members m on m.user_id = u.id and m.project_id = ${projectId}
    where m.user_id is not null or u.id = any(${sql.param([...ids])}::uuid[])
    order by u.name, u.id`);
  return rows;
}
