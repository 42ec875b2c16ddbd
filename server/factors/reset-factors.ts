import { database } from '../../db/client';
import { deletePasskeys } from '../../db/passkeys';
import { endSessions, findUserByEmail, recordAccountEvent } from '../../db/people';
import { deleteAuthenticator, replaceRecoveryCodes } from '../../db/second-factors';
import { deleteSignInSteps } from '../../db/sign-in-steps';
import { AppError } from '../../lib/errors';
import { tellOwner } from '../account-mail';

/**
 * Takes every second factor off an account whose owner lost them all; only whoever runs the instance does this. All their
 * sessions end, it is written into the account log and the audit, and they are told by mail. Returns what there was.
 * @throws AppError not-found when nobody has the address.
 */
export async function resetFactors(email: string): Promise<{ authenticator: boolean; passkeys: number }> {
  const user = await findUserByEmail(database(), email);
  if (user === null) throw new AppError('not-found', `Nobody has the address ${email}.`);
  const had = await database().transaction(async (tx) => {
    const authenticator = await deleteAuthenticator(tx, user.id);
    const passkeys = (await deletePasskeys(tx, user.id)).length;
    await replaceRecoveryCodes(tx, user.id, '', []);
    await deleteSignInSteps(tx, user.id);
    await endSessions(tx, user.id);
    const details = { by: 'operator', authenticator, passkeys };
    await recordAccountEvent(tx, { type: 'factors.reset', userId: user.id, details, ip: null });
    return { authenticator, passkeys };
  });
  await tellOwner(
    user.email,
    'The second factors of your Gloss account were taken away',
    'Whoever runs this instance took the authenticator app, the passkeys and the recovery codes off your account, and signed you out everywhere. You sign in by your first proof alone until you add a factor again.',
  );
  return had;
}
