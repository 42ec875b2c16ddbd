import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import type { Role } from '../lib/access/roles';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { followUps } from './schema/follow-ups';
import { projectMembers, projects } from './schema/projects';

/** The role of this actor in this project, and whether readers may comment there; `null` when there is no such project for them. */
export async function findStanding(
  db: Db,
  actor: Pick<Actor, 'userId'>,
  projectId: string,
): Promise<{ role: Role; readersComment: boolean } | null> {
  const [row] = await db
    .select({ role: projectMembers.role, readersComment: projects.readersComment })
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

/** The SQL twin of `canSee`: which annotations the holder of this Grant may see. */
export function visibleTo(grant: Pick<Grant, 'projectId'>): SQL {
  return eq(annotations.projectId, grant.projectId);
}

/** The same for claims, which `canSee` judges by their creator as it does annotations. */
export function claimsVisibleTo(grant: Pick<Grant, 'projectId'>): SQL {
  return eq(claims.projectId, grant.projectId);
}

/** The same for follow-ups. */
export function followUpsVisibleTo(grant: Pick<Grant, 'projectId'>): SQL {
  return eq(followUps.projectId, grant.projectId);
}
