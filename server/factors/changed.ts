import { database } from '../../db/client';
import { endSessions, findUser, recordAccountEvent, type User } from '../../db/people';
import { deleteSignInSteps } from '../../db/sign-in-steps';
import type { Actor } from '../../lib/access/actor';
import type { Details } from '../../lib/audit/entry';
import { tellOwner } from '../account-mail';

type Change = {
  /** The line in the account log. */
  readonly type: string;
  readonly details?: Details;
  /** The subject and the words of the mail. */
  readonly subject: string;
  readonly what: string;
};

/**
 * What follows each change of how somebody signs in: it is written down, all their other sessions end on every process,
 * sign-ins that stand half-way too, and they are told by mail.
 */
export async function factorsChanged(actor: Actor, { type, details, subject, what }: Change): Promise<void> {
  const { userId, ip } = actor;
  await recordAccountEvent(database(), { type, userId, details, ip });
  await deleteSignInSteps(database(), userId);
  await endSessions(database(), userId, { but: actor.via.id });
  const { email } = (await findUser(database(), userId)) as User;
  void tellOwner(email, subject, `${what} You were signed out everywhere else.`);
}
