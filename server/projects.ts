import { database } from '../db/client';
import { selectMembers } from '../db/members';
import { notifyAccess } from '../db/people';
import {
  changeProject,
  findTeamRole,
  insertProject,
  insertTeam,
  removeProject,
  selectProject,
  selectProjects,
  selectTeams,
} from '../db/projects';
import { countFactors } from '../db/second-factors';
import type { Actor } from '../lib/access/actor';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import type { Project, Team } from '../lib/projects/project';
import { authorize } from './access/authorize';
import { publish } from './events/publish';

type List<T> = { items: T[]; nextCursor: null };

function mayWrite(actor: Actor): void {
  if (!actor.scopes.includes('write')) throw new AppError('forbidden', 'This token may only read.');
}

/** Makes a team with the actor as admin. The same id twice answers the existing one. */
export async function createTeam(actor: Actor, input: { id?: string; name: string }): Promise<Team> {
  mayWrite(actor);
  const id = input.id ?? newId();
  await database().transaction((tx) => insertTeam(tx, actor, { id, name: input.name }));
  const team = (await selectTeams(database(), actor)).find((one) => one.id === id);
  if (team === undefined) throw new AppError('conflict', 'This id is taken. Choose another.');
  return team;
}

/** The teams of the actor. */
export async function listTeams(actor: Actor): Promise<List<Team>> {
  return { items: await selectTeams(database(), actor), nextCursor: null };
}

/**
 * Makes a project with the actor as owner, in one of their teams (the first, or a new one, when none is named).
 * @throws AppError not-found when the team is not one of theirs.
 */
export async function createProject(
  actor: Actor,
  input: { id?: string; name: string; teamId?: string },
): Promise<Project> {
  mayWrite(actor);
  const id = input.id ?? newId();
  await database().transaction(async (tx) => {
    let teamId = input.teamId ?? (await selectTeams(tx, actor))[0]?.id;
    if (teamId === undefined) {
      teamId = newId();
      await insertTeam(tx, actor, { id: teamId, name: `${actor.name}’s team` });
    } else if ((await findTeamRole(tx, actor, teamId)) === null) {
      throw new AppError('not-found', 'There is no such team, or you are not in it.');
    }
    if (!(await insertProject(tx, actor, { id, teamId, name: input.name }))) return;
    const grant = await authorize(actor, 'project.update', id, tx);
    await publish(tx, grant, { type: 'project.created', subject: { id, name: input.name } });
  });
  return getProject(await authorize(actor, 'project.read', id));
}

/** The projects the actor is a member of. */
export async function listProjects(actor: Actor): Promise<List<Project>> {
  return { items: await selectProjects(database(), actor), nextCursor: null };
}

/** The project of a Grant. */
export async function getProject(grant: Grant): Promise<Project> {
  return selectProject(database(), grant);
}

/**
 * Renames a project, lets its readers comment or not, or asks its members for a second factor or not: who has none is shown out.
 * @throws AppError conflict when the actor asks for a second factor and has none.
 */
export async function updateProject(
  grant: Grant,
  change: { name?: string; readersComment?: boolean; secondFactor?: boolean },
): Promise<Project> {
  const { readersComment, secondFactor } = change;
  if (secondFactor) await mustHaveFactor(grant.actor);
  if (Object.values(change).some((value) => value !== undefined)) {
    await database().transaction(async (tx) => {
      await changeProject(tx, grant, change);
      const { id, name } = await selectProject(tx, grant);
      const subject = {
        ...{ id, name },
        ...(readersComment === undefined ? {} : { readersComment }),
        ...(secondFactor === undefined ? {} : { secondFactor }),
      };
      await publish(tx, grant, { type: 'project.updated', subject });
      if (secondFactor)
        for (const { userId } of await selectMembers(tx, grant)) await notifyAccess(tx, userId);
    });
  }
  return getProject(grant);
}

async function mustHaveFactor({ userId }: Pick<Actor, 'userId'>): Promise<void> {
  const { authenticator, passkeys } = await countFactors(database(), userId);
  if (!authenticator && passkeys === 0)
    throw new AppError(
      'conflict',
      'You have no second factor yourself. Add an authenticator app or a passkey on the page of your account first.',
      { details: { reason: 'second-factor' } },
    );
}

/** Deletes a project for everybody; open sockets of all its members are judged afresh. */
export async function deleteProject(grant: Grant): Promise<void> {
  await database().transaction(async (tx) => {
    const { name } = await selectProject(tx, grant);
    await removeProject(tx, grant);
    await publish(tx, grant, { type: 'project.deleted', subject: { id: grant.projectId, name } });
    for (const member of await selectMembers(tx, grant)) await notifyAccess(tx, member.userId);
  });
}
