import { database, type Transaction } from '../db/client';
import {
  countOwners,
  deleteMember,
  findInvitation,
  insertInvitation,
  insertMember,
  revokeInvitationRow,
  selectClosedOut,
  selectInvitations,
  selectMember,
  selectMembers,
  takeInvitation,
  updateMemberRole,
} from '../db/members';
import { findUserByEmail, notifyAccess } from '../db/people';
import { joinTeamOf, selectProject } from '../db/projects';
import { forgetNamed } from '../db/source-protections';
import { mustHaveRoom } from '../db/usage';
import { env } from '../env';
import type { Actor } from '../lib/access/actor';
import { can } from '../lib/access/can';
import type { Grant } from '../lib/access/grant';
import type { Role } from '../lib/access/roles';
import { AppError } from '../lib/errors';
import type { Invitation, ListedMember, Member } from '../lib/members/member';
import { newId } from '../lib/new-id';
import type { Project } from '../lib/projects/project';
import { archivedProject } from './access/archived';
import { authorize } from './access/authorize';
import { notFound } from './edit';
import { publish } from './events/publish';
import { spend } from './limits';
import { hashToken, newToken } from './secret';

type List<T> = { items: T[]; nextCursor: null };

/** The members of a project; to owners with who is closed out for want of a second factor, where one is asked for. */
export async function listMembers(grant: Grant): Promise<List<ListedMember>> {
  const items = await selectMembers(database(), grant);
  const closedOut = grant.role === 'owner' ? await selectClosedOut(database(), grant) : null;
  if (closedOut === null) return { items, nextCursor: null };
  const told = items.map((member) => ({ ...member, lacksFactor: closedOut.has(member.userId) }));
  return { items: told, nextCursor: null };
}

/** Adds a person who has an account. @throws AppError not-found when nobody has that address, conflict when they are in. */
export async function addMember(grant: Grant, input: { email: string; role: Role }): Promise<Member> {
  return database().transaction(async (tx) => {
    const user = await findUserByEmail(tx, input.email);
    if (user === null) {
      throw new AppError(
        'not-found',
        'Nobody here has that address. Make an invitation link and send it to them.',
      );
    }
    if (!(await insertMember(tx, grant, user.id, input.role))) {
      throw new AppError('conflict', `${user.name} is a member already. Change their role instead.`);
    }
    await joinTeamOf(tx, grant.projectId, user.id);
    const member = (await selectMember(tx, grant, user.id)) as Member;
    await publish(tx, grant, { type: 'member.added', subject: member });
    return member;
  });
}

/** Gives a member another role; their sockets are judged afresh. @throws AppError conflict when no owner would be left. */
export async function updateMember(grant: Grant, input: { userId: string; role: Role }): Promise<Member> {
  return database().transaction(async (tx) => {
    const owners = await countOwners(tx, grant);
    const before = await selectMember(tx, grant, input.userId);
    if (before === null) throw notFound('member');
    if (before.role === 'owner' && input.role !== 'owner' && owners < 2) throw lastOwner();
    await updateMemberRole(tx, grant, input.userId, input.role);
    const member = { ...before, role: input.role };
    await publish(tx, grant, { type: 'member.updated', subject: member });
    await notifyAccess(tx, input.userId);
    return member;
  });
}

/** Takes a member out, or lets the actor leave; what they made stays. @throws AppError conflict for the last owner. */
export async function removeMember(grant: Grant, input: { userId: string }): Promise<void> {
  const self = input.userId === grant.actor.userId;
  if (!self && !can(grant.role, 'member.remove'))
    throw new AppError('forbidden', 'Only an owner may remove others.');
  await database().transaction(async (tx) => {
    const owners = await countOwners(tx, grant);
    const member = await selectMember(tx, grant, input.userId);
    if (member === null) throw notFound('member');
    if (member.role === 'owner' && owners < 2) throw lastOwner();
    await deleteMember(tx, grant, input.userId);
    await publish(tx, grant, { type: 'member.removed', subject: member });
    await forgetNamed(tx, grant, input.userId);
    await notifyAccess(tx, input.userId);
  });
}

function lastOwner(): AppError {
  return new AppError('conflict', 'A project needs an owner. Make somebody else an owner first.');
}

/** The invitation links of a project, without the links themselves. */
export async function listInvitations(grant: Grant): Promise<List<Invitation>> {
  return { items: await selectInvitations(database(), grant), nextCursor: null };
}

/** Makes an invitation link. The link is in this answer only; its secret stands behind `#`, which no server log sees. @throws AppError forbidden where nobody more can come in. */
export async function createInvitation(
  grant: Grant,
  input: { id?: string; role: Role; days: number; maxUses: number },
): Promise<Invitation> {
  const token = newToken();
  const { id = newId(), ...rest } = input;
  const invitation = await database().transaction(async (tx) => {
    await mustHaveRoom(tx, grant, 'members');
    const made = await insertInvitation(tx, grant, { ...rest, id, tokenHash: hashToken(token) });
    if (made === null) {
      throw new AppError(
        'conflict',
        'This link was made before, and its secret is shown once. Make another.',
      );
    }
    await publish(tx, grant, { type: 'invitation.created', subject: made });
    return made;
  });
  return { ...invitation, url: `${env().GLOSS_URL}/invitations#${token}` };
}

/** Revokes an invitation link; who joined by it stays. */
export async function revokeInvitation(grant: Grant, id: string): Promise<Invitation> {
  return database().transaction(async (tx) => {
    const invitation = await revokeInvitationRow(tx, grant, id);
    if (invitation === null) throw notFound('invitation');
    await publish(tx, grant, { type: 'invitation.revoked', subject: invitation });
    return invitation;
  });
}

const unknownLink = () =>
  new AppError(
    'not-found',
    'This invitation link does not work: it may be used up, expired or revoked. Ask for a new one.',
  );

/** What an invitation link leads to, for somebody who is not in yet. Guesses are counted per address. */
export async function lookAtInvitation(token: string, ip: string | null) {
  await spend('link', ip ?? 'unknown');
  const found = await findInvitation(database(), hashToken(token));
  if (found === null) throw unknownLink();
  const { projectId: _, archived: __, ...shown } = found;
  return shown;
}

/** Joins the project of an invitation link; a member stays what they are and takes no use of it. */
export async function acceptInvitation(actor: Actor, token: string): Promise<Project> {
  await spend('link', actor.ip ?? actor.userId);
  return database().transaction((tx) => joinByInvitation(tx, actor, token));
}

/** The same inside the caller's transaction: whatever else that does is undone when the link does not work. */
export async function joinByInvitation(tx: Transaction, actor: Actor, token: string): Promise<Project> {
  const tokenHash = hashToken(token);
  const found = await findInvitation(tx, tokenHash);
  if (found === null) throw unknownLink();
  const scope = { projectId: found.projectId };
  // Membership first: of two clicks at once the second waits here, and takes no use.
  if (await insertMember(tx, scope, actor.userId, found.role)) {
    if (!(await takeInvitation(tx, tokenHash))) throw unknownLink();
    if (found.archived) throw await archivedProject(tx, found.projectId);
    await joinTeamOf(tx, found.projectId, actor.userId);
    const grant = await authorize(actor, 'membership.read', found.projectId, tx);
    const member = (await selectMember(tx, grant, actor.userId)) as Member;
    await publish(tx, grant, { type: 'member.added', subject: member });
  }
  return selectProject(tx, await authorize(actor, 'membership.read', found.projectId, tx));
}
