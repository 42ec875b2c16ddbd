import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Face, Protected } from '../../lib/speakers/face';
import { keyOf } from '../../lib/speakers/names';
import type { Identity } from '../../lib/speakers/speaker';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { users } from '../schema/people';
import { speakerConfidants, speakerIdentities } from '../schema/speakers';

/*
 * The only file that reads who a protected speaker is. What it answers goes to members who are named in the identity, or
 * stays on the server.
 */

export type IdentityFields = Omit<Identity, 'speakerId' | 'visibleTo'>;

/** Who a protected speaker is, when the Grant's actor is one of those who may know; `null` to everybody else. */
export async function selectIdentity(db: Db, grant: Grant, speakerId: string): Promise<Identity | null> {
  const [row] = await db
    .select()
    .from(speakerIdentities)
    .where(
      and(
        eq(speakerIdentities.projectId, grant.projectId),
        eq(speakerIdentities.speakerId, speakerId),
        sql`exists (select from speaker_confidants c where c.speaker_id = ${speakerIdentities.speakerId}
          and c.user_id = ${grant.actor.userId})`,
      ),
    );
  if (row === undefined) return null;
  const visibleTo = await db
    .select({ id: users.id, name: users.name })
    .from(speakerConfidants)
    .innerJoin(users, eq(users.id, speakerConfidants.userId))
    .where(eq(speakerConfidants.speakerId, speakerId))
    .orderBy(users.name, users.id);
  const { projectId: _, former: __, ...known } = row;
  return { ...known, visibleTo };
}

/** The protected speaker that the Grant's actor knows to be called so; `null` where there is none, or they may not know. */
export async function findKnownIdentity(db: Db, grant: Grant, name: string): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select i.speaker_id as id from speaker_identities i
    join speaker_confidants c on c.speaker_id = i.speaker_id and c.user_id = ${grant.actor.userId}
    where i.project_id = ${grant.projectId} and (gloss_fold(i.name) = gloss_fold(${name})
      or exists (select from unnest(i.aliases) alias where gloss_fold(alias) = gloss_fold(${name})))
    order by i.speaker_id limit 1`);
  return rows[0]?.id ?? null;
}

/** What the log has ever called a speaker and those merged into them, aliases that were taken away too, but no pseudonym. */
const calledInLog = ({ projectId }: Pick<Grant, 'projectId'>, speakerId: string) => sql<string[]>`array(
  select distinct n.name from events e cross join lateral (
    select e.subject->>'name' as name union select jsonb_array_elements_text(e.subject->'aliases')
  ) n
  where e.project_id = ${projectId} and e.type like 'speaker.%' and e.subject->>'isProtected' is distinct from 'true' and n.name <> ''
    and e.subject->>'id' in (select m.id::text from speakers m where m.project_id = ${projectId} and m.root_id = ${speakerId}))`;

/** Keeps who a protected speaker is, and who may know; what they were called before stays known to the log's reader. */
export async function putIdentity(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  speakerId: string,
  identity: IdentityFields,
  userIds: readonly string[],
): Promise<void> {
  await db
    .insert(speakerIdentities)
    .values({ ...identity, projectId, speakerId, former: calledInLog({ projectId }, speakerId) })
    .onConflictDoUpdate({
      target: speakerIdentities.speakerId,
      set: {
        ...identity,
        former: sql`array(select distinct unnest(${speakerIdentities.former} || excluded.former
          || ${speakerIdentities.aliases} || ${speakerIdentities.name}))`,
      },
    });
  await db.delete(speakerConfidants).where(eq(speakerConfidants.speakerId, speakerId));
  await db.insert(speakerConfidants).values(userIds.map((userId) => ({ speakerId, userId })));
}

/** Forgets what was kept apart: the speaker is protected no longer. */
export async function deleteIdentity(db: Db, { projectId }: Pick<Grant, 'projectId'>, speakerId: string) {
  await db
    .delete(speakerIdentities)
    .where(and(eq(speakerIdentities.projectId, projectId), eq(speakerIdentities.speakerId, speakerId)));
}

/**
 * The protected speakers of a project, to keep their names out of what was written down before they were protected; with
 * those of the marks `markIds` that are theirs now.
 */
export async function selectProtected(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  markIds: readonly string[] = [],
): Promise<Protected> {
  const { rows } = await db.execute<{ id: string; root: string; shown: string; names: string[] }>(sql`
    select m.id, r.id as root, r.name as shown, array_append(i.aliases || i.former, i.name) as names
    from speaker_identities i join speakers r on r.id = i.speaker_id
    join speakers m on m.root_id = r.root_id
    where i.project_id = ${projectId}`);
  const faces = new Map<string, Face>();
  const names = new Map<string, Face>();
  for (const { id, root, shown, names: called } of rows) {
    const face = { id: root, name: shown, isProtected: true };
    faces.set(id, face);
    for (const name of called) names.set(keyOf(name), face);
  }
  const marks = new Map<string, Face>();
  if (faces.size === 0 || markIds.length === 0) return { faces, names, marks };
  const given = await db
    .select({ id: annotations.id, speakerId: annotations.speakerId })
    .from(annotations)
    .where(
      and(
        eq(annotations.projectId, projectId),
        inArray(annotations.id, [...markIds]),
        inArray(annotations.speakerId, [...faces.keys()]),
      ),
    );
  for (const { id, speakerId } of given) {
    const face = faces.get(speakerId ?? '');
    if (face !== undefined) marks.set(id, face);
  }
  return { faces, names, marks };
}
