import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { env } from '../env';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import type { TeamRole } from '../lib/access/roles';
import type { Project, Team } from '../lib/projects/project';
import { lacksFactor } from './access';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { projectMembers, projects, teamMembers, teams } from './schema/projects';
import { sources } from './schema/sources';

/** Makes a team with this person as its admin; the same id twice changes nothing. */
export async function insertTeam(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  team: { id: string; name: string },
): Promise<void> {
  const made = await db.insert(teams).values(team).onConflictDoNothing().returning({ id: teams.id });
  if (made.length > 0)
    await db.insert(teamMembers).values({ teamId: team.id, userId: actor.userId, role: 'admin' });
}

/** The teams this person belongs to. */
export async function selectTeams(db: Db, actor: Pick<Actor, 'userId'>): Promise<Team[]> {
  return db
    .select({ id: teams.id, name: teams.name, role: teamMembers.role })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(eq(teamMembers.userId, actor.userId))
    .orderBy(asc(teams.name), asc(teams.id));
}

/** This person's role in a team; `null` when they are not in it. */
export async function findTeamRole(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  teamId: string,
): Promise<TeamRole | null> {
  const [row] = await db
    .select({ role: teamMembers.role })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, actor.userId)));
  return row?.role ?? null;
}

/** Makes a project with this person as its owner. Returns false when the id exists already. */
export async function insertProject(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  project: { id: string; teamId: string; name: string },
): Promise<boolean> {
  const made = await db.insert(projects).values(project).onConflictDoNothing().returning({ id: projects.id });
  if (made.length === 0) return false;
  await db.insert(projectMembers).values({ projectId: project.id, userId: actor.userId, role: 'owner' });
  return true;
}

/** Whether an embargo keeps a source from the member of a row. */
const WITHHELD = (source: string) => sql`${sql.raw(source)} = any(array(
  select p.source_id from source_protections p where p.project_id = ${projects.id} and p.embargo_until > now()
    and ${projectMembers.role} <> 'owner' and not ${projectMembers.userId} = any(p.named_ids)))`;

/** Whether a mark (`a`) stands on a passage that is protected from the member of a row. */
const CLOSED = sql`(a.closed and a.source_id = any(array(
  select p.source_id from source_protections p where p.project_id = ${projects.id}
    and exists (select from protected_passages x where x.source_id = p.source_id)
    and ${projectMembers.role} <> 'owner' and not ${projectMembers.userId} = any(p.named_ids))))`;

/**
 * How many marks a member may see. All are counted from an index, and the few that are deleted or hidden are taken off: the
 * many need not be read.
 */
const VISIBLE_MARKS = sql<number>`(
  (select count(*) from ${annotations} a where a.project_id = ${projects.id})
  - (select count(*) from ${annotations} a where a.project_id = ${projects.id} and a.deleted is not null)
  - (select count(*) from ${annotations} a where a.project_id = ${projects.id} and a.deleted is null
      and a.seen_by is not null and not ${projectMembers.userId} = any(a.seen_by) and not ${WITHHELD('a.source_id')})
  - (select count(*) from ${annotations} a where a.project_id = ${projects.id} and a.deleted is null and ${WITHHELD('a.source_id')})
  - (select count(*) from ${annotations} a where a.project_id = ${projects.id} and a.deleted is null and ${CLOSED}
      and (a.seen_by is null or ${projectMembers.userId} = any(a.seen_by)) and not ${WITHHELD('a.source_id')}))::int`;

function select(db: Db) {
  return db
    .select({
      id: projects.id,
      teamId: projects.teamId,
      teamName: teams.name,
      name: projects.name,
      role: projectMembers.role,
      created: projects.created,
      readersComment: projects.readersComment,
      archived: projects.archived,
      secondFactor: projects.secondFactor,
      lacksFactor: lacksFactor(projectMembers.userId),
      sources: sql<number>`(select count(*)::int from ${sources} s where s.project_id = ${projects.id} and s.deleted is null and not ${WITHHELD('s.id')})`,
      annotations: VISIBLE_MARKS,
      members: sql<number>`(select count(*)::int from ${projectMembers} m where m.project_id = ${projects.id})`,
    })
    .from(projects)
    .innerJoin(projectMembers, eq(projectMembers.projectId, projects.id))
    .innerJoin(teams, eq(teams.id, projects.teamId));
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toProject({
  sources: ofSources,
  annotations: marks,
  members,
  created,
  archived,
  secondFactor,
  lacksFactor: isClosed,
  ...row
}: Row): Project {
  return {
    ...row,
    secondFactor: env().REQUIRE_SECOND_FACTOR ? 'everywhere' : secondFactor ? 'here' : 'free',
    lacksFactor: isClosed,
    created: created.toISOString(),
    archived: archived?.toISOString() ?? null,
    // Whoever may not open it does not learn how much is in it.
    counts: isClosed
      ? { sources: 0, annotations: 0, members: 0 }
      : { sources: ofSources, annotations: marks, members },
  };
}

/** The projects this person is a member of. */
export async function selectProjects(db: Db, actor: Pick<Actor, 'userId'>): Promise<Project[]> {
  const rows = await select(db)
    .where(and(eq(projectMembers.userId, actor.userId), isNull(projects.deleted)))
    .orderBy(asc(teams.name), asc(projects.name), asc(projects.id));
  return rows.map(toProject);
}

/** The project of a Grant, as its holder sees it. */
export async function selectProject(db: Db, grant: Grant): Promise<Project> {
  const [row] = await select(db).where(
    and(eq(projects.id, grant.projectId), eq(projectMembers.userId, grant.actor.userId)),
  );
  return toProject(row as Row);
}

/** Renames the project of a Grant, or changes whether its readers comment or its members need a second factor; what is not named stays. */
export async function changeProject(
  db: Db,
  grant: Grant,
  change: { name?: string; readersComment?: boolean; secondFactor?: boolean },
): Promise<void> {
  await db.update(projects).set(change).where(eq(projects.id, grant.projectId));
}

/** Archives the project of a Grant from now on, or brings it back. False when it was so already. */
export async function setArchived(db: Db, grant: Grant, archived: boolean): Promise<boolean> {
  const is = archived ? isNull(projects.archived) : isNotNull(projects.archived);
  const changed = await db
    .update(projects)
    .set({ archived: archived ? sql`now()` : null })
    .where(and(eq(projects.id, grant.projectId), is))
    .returning({ id: projects.id });
  return changed.length > 0;
}

/** Marks the project of a Grant as deleted: nobody reaches it any more, nothing is lost. */
export async function removeProject(db: Db, grant: Pick<Grant, 'projectId'>): Promise<void> {
  await db.update(projects).set({ deleted: sql`now()` }).where(eq(projects.id, grant.projectId));
}

/** Those of these projects that there are, or ever were. */
export async function selectExisting(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .where(inArray(projects.id, [...new Set(ids)]));
  return rows.map(({ id }) => id);
}

/** Puts a person into the team that a project belongs to, unless they are in it. */
export async function joinTeamOf(db: Db, projectId: string, userId: string): Promise<void> {
  await db.execute(sql`
    insert into ${teamMembers} (team_id, user_id, role)
    select team_id, ${userId}, ${'member' satisfies TeamRole} from ${projects} where id = ${projectId}
    on conflict do nothing`);
}
