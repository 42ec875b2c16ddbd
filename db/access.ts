import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import type { Hidden } from '../lib/access/hidden';
import type { Role } from '../lib/access/roles';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { followUps } from './schema/follow-ups';
import { passes } from './schema/passes';
import { projectMembers, projects } from './schema/projects';

/** How somebody stands to a project: their own role, and what the project itself is set to. */
export type Standing = { readonly role: Role; readonly readersComment: boolean; readonly archived: boolean };

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

/** Whether a mark is not hidden from this person by a blind pass. */
export function shownTo({ userId }: Pick<Actor, 'userId'>): SQL {
  return sql`(${annotations.seenBy} is null or ${userId}::uuid = any(${annotations.seenBy}))`;
}

/** The SQL twin of `canSee`: which annotations the holder of this Grant may see. */
export function visibleTo(grant: Viewer): SQL {
  const { only } = grant;
  const chosen =
    only === undefined ? sql`` : sql` and ${annotations.id} = any(${sql.param([...only])}::uuid[])`;
  return sql`(${eq(annotations.projectId, grant.projectId)} and ${shownTo(grant.actor)}${chosen})`;
}

/** The same for claims, which nothing hides: no claim rests on a mark that is hidden. */
export function claimsVisibleTo(grant: Pick<Grant, 'projectId'>): SQL {
  return eq(claims.projectId, grant.projectId);
}

/** The same for follow-ups: what a hidden mark raised is as hidden as that. */
export function followUpsVisibleTo(grant: Viewer): SQL {
  return sql`(${eq(followUps.projectId, grant.projectId)} and not exists (
    select from annotations hidden where hidden.id = ${followUps.raisedAnnotationId} and hidden.seen_by is not null
      and not ${grant.actor.userId}::uuid = any(hidden.seen_by)))`;
}

/** Whether a blind pass hides a mark of the project from anybody. */
export async function hasHiddenMarks(db: Db, { projectId }: Pick<Grant, 'projectId'>): Promise<boolean> {
  const [row] = await db
    .select({ id: annotations.id })
    .from(annotations)
    .where(and(eq(annotations.projectId, projectId), isNotNull(annotations.seenBy)))
    .limit(1);
  return row !== undefined;
}

/** What blind passes hide now: which of these marks, and from whom; and all passes that do. */
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
    .select({ seenBy: annotations.seenBy })
    .from(annotations)
    .where(and(eq(annotations.projectId, projectId), eq(annotations.id, markId)));
  return row?.seenBy ?? null;
}
