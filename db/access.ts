import {
  and,
  type Column,
  eq,
  inArray,
  isNotNull,
  isNull,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import { env } from '../env';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import type { Hidden } from '../lib/access/hidden';
import type { Role } from '../lib/access/roles';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { followUps } from './schema/follow-ups';
import { notes } from './schema/notes';
import { passes } from './schema/passes';
import { projectMembers, projects } from './schema/projects';
import { authenticators, passkeys } from './schema/second-factors';
import { sources } from './schema/sources';

/** How somebody stands to a project: their own role, and what the project itself is set to. */
export type Standing = {
  readonly role: Role;
  readonly readersComment: boolean;
  readonly archived: boolean;
  /** Whether the project is open only to people with a second factor, and they have none. */
  readonly lacksFactor: boolean;
};

/** Whether a project is open only to people with a second factor and this one has none, as SQL over `projects`. */
export function lacksFactor(userId: SQL | SQLWrapper): SQL<boolean> {
  const isAsked = env().REQUIRE_SECOND_FACTOR ? sql`true` : sql`${projects.secondFactor}`;
  return sql<boolean>`(${isAsked}
    and not exists (select from ${authenticators} f where f.user_id = ${userId} and f.sealed is not null)
    and not exists (select from ${passkeys} k where k.user_id = ${userId}))`;
}

/** The role of this actor in this project, whether readers may comment there and whether it is archived; `null` when there is no such project for them. */
export async function findStanding(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  projectId: string,
): Promise<Standing | null> {
  const [row] = await db
    .select({
      role: projectMembers.role,
      readersComment: projects.readersComment,
      archived: sql<boolean>`${projects.archived} is not null`,
      lacksFactor: lacksFactor(projectMembers.userId),
    })
    .from(projectMembers)
    .innerJoin(projects, eq(projects.id, projectMembers.projectId))
    .where(
      and(
        eq(projectMembers.projectId, projectId),
        eq(projectMembers.userId, actor.userId),
        isNull(projects.deleted),
      ),
    );
  return row ?? null;
}

/** Who looks into a project: a Grant's holder, or whoever the program looks for. */
export type Viewer = {
  readonly projectId: string;
  readonly actor: Pick<Actor, 'userId'>;
  /** The annotations that a guest's link shows; a member has no such list. */
  readonly only?: readonly string[];
};

/** Who reads: a person, or the program itself (`actor` is null), whose every reader is judged later. */
export type Reader = {
  readonly projectId: string;
  readonly actor: { readonly userId: string | null } | null;
};

/** Whether this person is one whom a protection (`source_protections p`) does not keep out: named in it, or an owner of the project. */
export function isNamed({ userId }: Pick<Actor, 'userId'>): SQL {
  return sql`(${userId}::uuid = any(p.named_ids) or exists (select from project_members m
    where m.project_id = p.project_id and m.user_id = ${userId}::uuid and m.role = 'owner'))`;
}

/** The sources under embargo, by the clock of the database, that this person may not see yet; read once a statement. */
export function withheldFrom(actor: Pick<Actor, 'userId'>): SQL {
  return sql`array(select p.source_id from source_protections p where p.embargo_until > now() and not ${isNamed(actor)})`;
}

/** The sources that `withheldFrom` tells of. */
export async function selectWithheldSources(db: Db, { actor }: Viewer): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`select unnest(${withheldFrom(actor)})::text as id`);
  return new Set(rows.map(({ id }) => id));
}

/** Whether no embargo keeps a source from its reader; `source` is a column with its id, and null is no source. */
export function openTo({ actor }: Pick<Reader, 'actor'>, source: SQL | Column): SQL {
  const userId = actor?.userId ?? null;
  // Nobody in particular: the program, or several people together, for whoever reads it later.
  if (userId === null) return sql`true`;
  return sql`(${source} is null or ${source} <> all(${withheldFrom({ userId })}))`;
}

/** Whether neither a blind pass nor an embargo hides a mark from this person. */
export function shownTo(actor: Pick<Actor, 'userId'>): SQL {
  return sql`((${annotations.seenBy} is null or ${actor.userId}::uuid = any(${annotations.seenBy}))
    and ${annotations.sourceId} <> all(${withheldFrom(actor)}))`;
}

/** Who alone may see a mark: by its blind pass, by the embargo of its source, or by both; null where nothing hides it. */
export const SEEN_BY = sql<string[] | null>`gloss_seen_by(${annotations.seenBy}, ${annotations.sourceId})`;

/** The SQL twin of `canSee`: which annotations the holder of this Grant may see. */
export function visibleTo(grant: Viewer): SQL {
  const { only } = grant;
  const chosen =
    only === undefined ? sql`` : sql` and ${annotations.id} = any(${sql.param([...only])}::uuid[])`;
  return sql`(${eq(annotations.projectId, grant.projectId)} and ${shownTo(grant.actor)}${chosen})`;
}

/** The same for claims: one that rests on a passage of a source under embargo is withheld with it. None rests on a mark of a blind pass. */
export function claimsVisibleTo(grant: Reader): SQL {
  return sql`(${eq(claims.projectId, grant.projectId)} and ${claimOpenTo(grant, claims.id)})`;
}

/** Whether no embargo keeps a claim from its reader; `claim` is a column with its id, and null is no claim. */
export function claimOpenTo({ actor }: Pick<Reader, 'actor'>, claim: SQL | Column): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`true`;
  return sql`(${claim} is null or ${claim} <> all(array(${claimsOn(withheldFrom({ userId }))})))`;
}

/** The claims that rest on a passage of one of these sources. */
const claimsOn = (sourceIds: SQL) => sql`
  select e.claim_id from evidence e join annotations a on a.id = e.annotation_id where a.source_id = any(${sourceIds})`;

/** Who is named in these sources, by a quote, a chain or as who was first mentioned there: by who stands for them, with the source. */
const namedIn = (sourceIds: SQL) => sql`
  select s.root_id, a.source_id from annotations a join speakers s on s.id = a.speaker_id where a.source_id = any(${sourceIds})
  union select s.root_id, a.source_id from annotations a join speakers s on s.first_mention_id = a.id
    where a.source_id = any(${sourceIds})
  union select s.root_id, a.source_id from annotations a
    cross join lateral jsonb_array_elements(case jsonb_typeof(a.quote->'chain') when 'array' then a.quote->'chain' end) link
    join speakers s on s.id = (link->>'speakerId')::uuid where a.source_id = any(${sourceIds})`;

/** Speakers of whom, and of whomever they are one with, nothing is said but in these sources: their names came from there. */
const speakersOf = (sourceIds: SQL) => sql`
  select m.id from speakers m where m.root_id in (select n.root_id from (${namedIn(sourceIds)}) n)
    and not exists (select from speakers t join annotations o on o.speaker_id = t.id
      where t.root_id = m.root_id and o.deleted is null and o.source_id <> all(${sourceIds}))`;

/** Whether an embargo keeps nobody's name from its reader with the sources they are quoted in; `speaker` is a column with their id. */
export function speakerOpenTo({ actor }: Pick<Reader, 'actor'>, speaker: SQL | Column): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`true`;
  return sql`${speaker} <> all(array(${speakersOf(withheldFrom({ userId }))}))`;
}

/** The same for notes: the one beside a source under embargo is withheld with it. */
export function notesVisibleTo(grant: Reader): SQL {
  return sql`(${eq(notes.projectId, grant.projectId)} and ${openTo(grant, notes.sourceId)})`;
}

/** The same for sources, deleted or not. */
export function sourcesVisibleTo(grant: Reader): SQL {
  return sql`(${eq(sources.projectId, grant.projectId)} and ${openTo(grant, sources.id)})`;
}

/** Whether the file of a source is not protected from its reader. */
export function fileOpenTo({ actor }: Pick<Reader, 'actor'>): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`true`;
  return sql`not exists (select from source_protections p where p.source_id = ${sources.id} and p.file and not ${isNamed({ userId })})`;
}

/** The same for follow-ups: what something hidden raised is as hidden as that. */
export function followUpsVisibleTo(grant: Viewer): SQL {
  return sql`(${eq(followUps.projectId, grant.projectId)} and ${openTo(grant, followUps.raisedSourceId)} and not exists (
    select from annotations hidden where hidden.id = ${followUps.raisedAnnotationId} and hidden.seen_by is not null
      and not ${grant.actor.userId}::uuid = any(hidden.seen_by))
    and ${claimOpenTo(grant, followUps.raisedById)}
    and (${followUps.raisedBy} is distinct from 'comment' or ${claimOpenTo(
      grant,
      sql`(select t.claim_id from comments c join threads t on t.id = c.thread_id where c.id = ${followUps.raisedById})`,
    )}))`;
}

/** Whether a blind pass or an embargo hides anything of the project from anybody. */
export async function hidesAnything(db: Db, { projectId }: Pick<Grant, 'projectId'>): Promise<boolean> {
  const [row] = await db
    .select({ id: annotations.id })
    .from(annotations)
    .where(and(eq(annotations.projectId, projectId), isNotNull(annotations.seenBy)))
    .limit(1);
  if (row !== undefined) return true;
  // What was removed is in no table, whoever could see it.
  const { rows } = await db.execute(sql`
    select from source_protections p join sources s on s.id = p.source_id and s.deleted is null
    where p.project_id = ${projectId} and p.embargo_until > now() limit 1`);
  return rows.length > 0;
}

/** The sources of a project under embargo, each with who alone may see it: those who are named, and the owners. */
async function selectEmbargoes(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
): Promise<Map<string, readonly string[]>> {
  const { rows } = await db.execute<{ id: string; named: string[] }>(sql`
    select p.source_id as id, gloss_seen_by(null, p.source_id)::text[] as named
    from source_protections p where p.project_id = ${projectId} and p.embargo_until > now()`);
  return new Map(rows.map(({ id, named }) => [id, named]));
}

/** What embargoes withhold, with who alone may see each: sources, and what there is of each that an event can tell of. */
async function selectWithheld(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  markIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const embargoes = await selectEmbargoes(db, grant);
  if (embargoes.size === 0) return embargoes;
  const ids = sql`${sql.param([...embargoes.keys()])}::uuid[]`;
  const { rows } = await db.execute<{ id: string; source: string }>(sql`
    select n.id, n.source_id as source from notes n where n.source_id = any(${ids})
    union select e.claim_id, a.source_id from evidence e join annotations a on a.id = e.annotation_id where a.source_id = any(${ids})
    union select m.id, n.source_id from (${speakersOf(ids)}) w (id) join speakers m on m.id = w.id
      join (${namedIn(ids)}) n on n.root_id = m.root_id
    union select c.id, a.source_id from comments c join threads t on t.id = c.thread_id
      join evidence e on e.claim_id = t.claim_id join annotations a on a.id = e.annotation_id where a.source_id = any(${ids})
    union select a.id, a.source_id from annotations a
      where a.id = any(${sql.param([...markIds])}::uuid[]) and a.source_id = any(${ids})`);
  const withheld = new Map(embargoes);
  for (const { id, source } of rows) {
    const named = embargoes.get(source) ?? [];
    withheld.set(id, withheld.get(id)?.filter((one) => named.includes(one)) ?? named);
  }
  return withheld;
}

/** What blind passes hide now: which of these marks, and from whom; and all passes that do. And what embargoes withhold. */
export async function selectHidden(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  markIds: readonly string[],
): Promise<Hidden> {
  const hiding = await db
    .select({ id: passes.id, leadId: passes.leadId })
    .from(passes)
    .where(and(eq(passes.projectId, projectId), eq(passes.kind, 'blind'), isNull(passes.revealed)));
  const marks =
    hiding.length === 0 || markIds.length === 0
      ? []
      : await db
          .select({ id: annotations.id, seenBy: annotations.seenBy })
          .from(annotations)
          .where(
            and(
              eq(annotations.projectId, projectId),
              isNotNull(annotations.seenBy),
              inArray(annotations.id, [...markIds]),
            ),
          );
  return {
    marks: new Map(marks.map(({ id, seenBy }) => [id, seenBy ?? []])),
    passes: new Map(hiding.map(({ id, leadId }) => [id, leadId])),
    withheld: await selectWithheld(db, { projectId }, markIds),
  };
}

/** Who alone may see a mark; `null`: everybody, or there is no mark. */
export async function selectSeenBy(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  markId: string | null,
): Promise<readonly string[] | null> {
  if (markId === null) return null;
  const [row] = await db
    .select({ seenBy: SEEN_BY })
    .from(annotations)
    .where(and(eq(annotations.projectId, projectId), eq(annotations.id, markId)));
  return row?.seenBy ?? null;
}
