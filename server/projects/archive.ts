import { database, type Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import { notifyAccess } from '../../db/people';
import { selectProject, setArchived } from '../../db/projects';
import type { Grant } from '../../lib/access/grant';
import type { Project } from '../../lib/projects/project';
import { publish } from '../events/publish';

/** Lets everybody read a project and nobody change it, from now on; open sockets are judged afresh. Twice is no error. */
export async function archiveProject(grant: Grant): Promise<Project> {
  return change(grant, true, async (tx, { id, name, archived }) => {
    if (archived === null) throw new Error('An archived project has no day of it');
    await publish(tx, grant, { type: 'project.archived', subject: { id, name, archived } });
  });
}

/** Lets an archived project be changed again, by whoever could before. Twice is no error. */
export async function unarchiveProject(grant: Grant): Promise<Project> {
  return change(grant, false, async (tx, { id, name }) => {
    await publish(tx, grant, { type: 'project.unarchived', subject: { id, name } });
  });
}

async function change(
  grant: Grant,
  archived: boolean,
  tell: (tx: Transaction, project: Project) => Promise<void>,
): Promise<Project> {
  return database().transaction(async (tx) => {
    const isNew = await setArchived(tx, grant, archived);
    const project = await selectProject(tx, grant);
    if (!isNew) return project;
    await tell(tx, project);
    for (const member of await selectMembers(tx, grant)) await notifyAccess(tx, member.userId);
    return project;
  });
}
