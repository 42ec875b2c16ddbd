import { insertAudit } from '../../db/audit';
import { database, type Transaction } from '../../db/client';
import { holdPerson, leaveTeams, pseudonymise, removeOwn, selectCalled } from '../../db/erasure/account';
import { renameCopies } from '../../db/erasure/copies';
import { selectMemberships, selectOwnedAlone } from '../../db/erasure/plan';
import { deleteMember, selectMember, updateMemberRole } from '../../db/members';
import { findUserByEmail, notifyAccess } from '../../db/people';
import { removeProject } from '../../db/projects';
import { env } from '../../env';
import type { Actor } from '../../lib/access/actor';
import type { Pseudonym } from '../../lib/erasure/erasure';
import { AppError } from '../../lib/errors';
import { publish } from '../events/publish';
import { requireProof } from '../factors/prove';
import { log } from '../log';
import { sendMail } from '../mail';
import { noteErased } from './erased-list';

export type Erased = {
  readonly id: string;
  readonly pseudonym: string;
  /** Projects that were left without an owner, and what became of each; empty but where nobody could be asked to hand them over. */
  readonly passedOn: readonly {
    readonly projectId: string;
    readonly to: 'a member' | 'nobody: it was deleted';
  }[];
};

/**
 * Erases the actor, once they proved again who they are and typed their own address. Their sockets close on every process.
 * @throws AppError forbidden without a proof or for a token, invalid for another address, conflict while they are the only
 * owner of a project; `details.projects` names these.
 */
export async function eraseMe(actor: Actor, { email }: { email: string }): Promise<Erased> {
  await requireProof(actor);
  if (email.normalize('NFKC').toLowerCase() !== actor.email)
    throw new AppError('invalid', 'That is not the address of this account. Type it as it stands above.');
  return erasePerson(actor.userId);
}

/** The same for whoever runs the instance. @throws AppError not-found when nobody has the address, conflict as above. */
export async function eraseByEmail(email: string): Promise<Erased> {
  const user = await findUserByEmail(database(), email);
  if (user === null) throw new AppError('not-found', `Nobody has the address ${email}.`);
  return erasePerson(user.id);
}

/**
 * Erases a person in one transaction: they are gone, or nothing was changed. With `force` a project that nobody else owns passes on to the
 * member who can do most, or is deleted where there is none; else it keeps them from being erased.
 * @throws AppError not-found, conflict.
 */
export async function erasePerson(userId: string, { force = false } = {}): Promise<Erased> {
  const { email, ...erased } = await database().transaction(async (tx) => {
    const user = await holdPerson(tx, userId);
    if (user === null)
      throw new AppError('not-found', 'There is no such person, or they were erased already.');
    const alone = await selectOwnedAlone(tx, userId, true);
    if (alone.length > 0 && !force) throw ownerOf(alone);
    const called = await selectCalled(tx, userId);
    const person = await pseudonymise(tx, userId);
    await removeOwn(tx, userId, user.email);
    const passedOn = await leaveProjects(tx, person, new Set(alone.map(({ id }) => id)));
    await leaveTeams(tx, person, called);
    const actor = { id: userId, name: person.name, ip: null };
    await insertAudit(tx, null, [{ act: 'person.erased', subjectId: userId, details: {}, actor }]);
    // Last, while the log and the chains are held: what others wrote until now is seen, and what comes later asks who they are.
    await renameCopies(tx, person, called);
    await notifyAccess(tx, userId);
    return { id: userId, pseudonym: person.name, passedOn, email: user.email };
  });
  await noteErased({ ...erased, erased: new Date().toISOString() });
  void sayGoodbye(email);
  return erased;
}

function ownerOf(projects: readonly { id: string; name: string }[]): AppError {
  const names = new Intl.ListFormat('en-GB').format(projects.map(({ name }) => `“${name}”`));
  return new AppError(
    'conflict',
    `${names} ${projects.length === 1 ? 'has' : 'have'} no other owner. Make somebody else an owner, or delete ${projects.length === 1 ? 'it' : 'them'}, first.`,
    { details: { reason: 'only-owner', projects } },
  );
}

async function leaveProjects(
  tx: Transaction,
  { id, name }: Pseudonym,
  alone: ReadonlySet<string>,
): Promise<Erased['passedOn']> {
  const passedOn: Erased['passedOn'][number][] = [];
  for (const { projectId, heirId, deleted } of await selectMemberships(tx, id)) {
    const by = { projectId, actor: { userId: id, name, ip: null } };
    if (alone.has(projectId) && heirId !== null) {
      await updateMemberRole(tx, by, heirId, 'owner');
      const heir = await selectMember(tx, by, heirId);
      if (heir) await publish(tx, { projectId, actor: null }, { type: 'member.updated', subject: heir });
      passedOn.push({ projectId, to: 'a member' });
    } else if (alone.has(projectId)) {
      await removeProject(tx, by);
      passedOn.push({ projectId, to: 'nobody: it was deleted' });
    }
    const member = await selectMember(tx, by, id);
    await deleteMember(tx, by, id);
    if (member && !deleted) await publish(tx, by, { type: 'member.removed', subject: member });
    if (heirId !== null && alone.has(projectId)) await notifyAccess(tx, heirId);
  }
  return passedOn;
}

/** The last mail to an address, which is known here no more once it is sent. */
async function sayGoodbye(to: string): Promise<void> {
  if (env().SMTP_URL === undefined) return;
  const text = `Your account at ${env().GLOSS_URL} was erased: your name, this address and how you signed in are gone from it. What you wrote in shared projects stays there under a pseudonym.\n\nIf it was not you, tell whoever runs this instance.`;
  await sendMail({ to, subject: 'Your Gloss account was erased', text }).catch((error: Error) =>
    log.error({ err: error }, 'whoever was erased could not be told by mail'),
  );
}
