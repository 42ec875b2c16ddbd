import { and, type Column, eq, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { env } from '../env';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import type { Role } from '../lib/access/roles';
import { claimsOn, isNamed, keptFrom, redactedFrom, speakersOf, withheldFrom } from './access/kept';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { followUps } from './schema/follow-ups';
import { notes } from './schema/notes';
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

/** Whether a project is open only to people with a second factor, as SQL over `projects`. */
export function asksFactor(): SQL<boolean> {
  return env().REQUIRE_SECOND_FACTOR ? sql<boolean>`true` : sql<boolean>`${projects.secondFactor}`;
}

/** Whether a project is open only to people with a second factor and this one has none, as SQL over `projects`. */
export function lacksFactor(userId: SQL | SQLWrapper): SQL<boolean> {
  return sql<boolean>`(${asksFactor()}
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

/** Whether no embargo keeps a source from its reader; `source` is a column with its id, and null is no source. */
export function openTo({ actor }: Pick<Reader, 'actor'>, source: SQL | Column): SQL {
  const userId = actor?.userId ?? null;
  // Nobody in particular: the program, or several people together, for whoever reads it later.
  if (userId === null) return sql`true`;
  return sql`(${source} is null or ${source} <> all(${withheldFrom({ userId })}))`;
}

/** Whether no blind pass, no embargo and no protected passage hides a mark from this person. */
export function shownTo(actor: Pick<Actor, 'userId'>): SQL {
  return sql`((${annotations.seenBy} is null or ${actor.userId}::uuid = any(${annotations.seenBy}))
    and ${annotations.sourceId} <> all(${withheldFrom(actor)})
    and (not ${annotations.closed} or ${annotations.sourceId} <> all(${redactedFrom(actor)})))`;
}

/** Who alone may see a mark: by its blind pass, the embargo of its source, a protected passage, or several of them; null where nothing hides it. */
export const SEEN_BY = sql<
  string[] | null
>`gloss_seen_by(${annotations.seenBy}, ${annotations.sourceId}, ${annotations.closed})`;

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
  return sql`(${claim} is null or ${claim} <> all(array(${claimsOn(keptFrom({ userId }))})))`;
}

/** Whether an embargo keeps nobody's name from its reader with the sources they are quoted in; `speaker` is a column with their id. */
export function speakerOpenTo({ actor }: Pick<Reader, 'actor'>, speaker: SQL | Column): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`true`;
  return sql`${speaker} <> all(array(${speakersOf(keptFrom({ userId }))}))`;
}

/** The same for notes: the one beside a source under embargo is withheld with it. */
export function notesVisibleTo(grant: Reader): SQL {
  return sql`(${eq(notes.projectId, grant.projectId)} and ${openTo(grant, notes.sourceId)})`;
}

/** The same for sources, deleted or not. */
export function sourcesVisibleTo(grant: Reader): SQL {
  return sql`(${eq(sources.projectId, grant.projectId)} and ${openTo(grant, sources.id)})`;
}

/** Whether the file of a source is not protected from its reader: it holds the words of protected passages, too. */
export function fileOpenTo({ actor }: Pick<Reader, 'actor'>): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`true`;
  return sql`not exists (select from source_protections p where p.source_id = ${sources.id}
    and (p.file or exists (select from protected_passages x where x.source_id = p.source_id)) and not ${isNamed({ userId })})`;
}

/** The same for follow-ups: what something hidden raised is as hidden as that. */
export function followUpsVisibleTo(grant: Viewer): SQL {
  return sql`(${eq(followUps.projectId, grant.projectId)} and ${openTo(grant, followUps.raisedSourceId)} and not exists (
    select from annotations hidden where hidden.id = ${followUps.raisedAnnotationId} and (
      (hidden.seen_by is not null and not ${grant.actor.userId}::uuid = any(hidden.seen_by))
      or (hidden.closed and hidden.source_id = any(${redactedFrom(grant.actor)}))))
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
