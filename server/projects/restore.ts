import { database } from '../../db/client';
import { selectDeleted, undeleteProject } from '../../db/ended-projects';
import { selectMembers } from '../../db/members';
import { notifyAccess } from '../../db/people';
import { selectProject } from '../../db/projects';
import { env } from '../../env';
import type { Actor } from '../../lib/access/actor';
import { AppError } from '../../lib/errors';
import { type DeletedProject, endOf } from '../../lib/projects/deleted';
import type { Project } from '../../lib/projects/project';
import { authorizeRestore } from '../access/authorize';
import { publish } from '../events/publish';

/** The deleted projects that the actor owns, and when each is over for good. */
export async function listDeletedProjects(
  actor: Actor,
): Promise<{ items: DeletedProject[]; nextCursor: null }> {
  const items = (await selectDeleted(database(), actor)).map(({ deleted, lacksFactor: _, ...row }) => ({
    ...row,
    deleted: deleted.toISOString(),
    ends: endOf(deleted, env().DELETED_PROJECT_DAYS).toISOString(),
  }));
  return { items, nextCursor: null };
}

/** Restores a deleted project for everybody who was in it. @throws AppError not-found for whoever does not own it, or once it is over. */
export async function restoreProject(actor: Actor, projectId: string): Promise<Project> {
  return database().transaction(async (tx) => {
    const grant = await authorizeRestore(actor, projectId, tx);
    if (!(await undeleteProject(tx, grant)))
      throw new AppError('conflict', 'Somebody else restored it just now, or its end has begun. Look again.');
    const project = await selectProject(tx, grant);
    await publish(tx, grant, { type: 'project.restored', subject: { id: project.id, name: project.name } });
    for (const member of await selectMembers(tx, grant)) await notifyAccess(tx, member.userId);
    return project;
  });
}
