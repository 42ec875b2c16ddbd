import { database, type Transaction } from '../../db/client';
import { endSessions, findUser, recordAccountEvents, revokeTokens, type User } from '../../db/people';
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
 * Changes how somebody signs in, in one transaction with what follows each such change: it is written down, all their other sessions
 * end on every process, sign-ins that stand half-way too, and API tokens from before a first factor. Once all of it holds they are
 * told by mail. `act` does the change itself and says what it was; where it throws, nothing is done.
 */
export async function changeFactors<T>(
  { userId, ip, via }: Actor,
  act: (tx: Transaction) => Promise<{ readonly answer: T; readonly change: Change }>,
): Promise<T> {
  const { answer, change, email, tokens } = await database().transaction(async (tx) => {
    const { answer, change } = await act(tx);
    const { type, details, isFirst = false } = change;
    await deleteSignInSteps(tx, userId);
    await endSessions(tx, userId, { but: via.id });
    // After the sessions: whoever makes a token holds theirs, so that none comes of one that is ended here.
    const tokens = isFirst ? await revokeTokens(tx, userId) : 0;
    const revoked = { type: 'tokens.revoked', userId, details: { count: tokens }, ip };
    await recordAccountEvents(tx, [{ type, userId, details, ip }, ...(tokens > 0 ? [revoked] : [])]);
    const { email } = (await findUser(tx, userId)) as User;
    return { answer, change, email, tokens };
  });
  const ended = tokens === 0 ? '' : ' API tokens that you had were ended: make new ones on your account.';
  void tellOwner(email, change.subject, `${change.what} You were signed out everywhere else.${ended}`);
  return answer;
}
