import { database } from '../../db/client';
import { endSessions, findUser, recordAccountEvent, revokeTokens, type User } from '../../db/people';
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
  /** Whether it is their first factor: API tokens from before it end, as anybody with the password alone could have made them. */
  readonly isFirst?: boolean;
};

/**
 * What follows each change of how somebody signs in: it is written down, all their other sessions end on every process,
 * sign-ins that stand half-way too, and they are told by mail.
 */
export async function factorsChanged(
  actor: Actor,
  { type, details, subject, what, isFirst = false }: Change,
): Promise<void> {
  const { userId, ip } = actor;
  await recordAccountEvent(database(), { type, userId, details, ip });
  await deleteSignInSteps(database(), userId);
  await endSessions(database(), userId, { but: actor.via.id });
  // After the sessions: none is left that could make another.
  const tokens = isFirst ? await revokeTokens(database(), userId) : 0;
  if (tokens > 0)
    await recordAccountEvent(database(), { type: 'tokens.revoked', userId, details: { count: tokens }, ip });
  const { email } = (await findUser(database(), userId)) as User;
  const ended = tokens === 0 ? '' : ' API tokens that you had were ended: make new ones on your account.';
  void tellOwner(email, subject, `${what} You were signed out everywhere else.${ended}`);
}
