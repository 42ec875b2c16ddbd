import { database } from '../../db/client';
import type { ChallengeUse } from '../../db/passkeys';
import { recordAccountEvent, type User } from '../../db/people';
import { countFactors } from '../../db/second-factors';
import { AppError } from '../../lib/errors';
import type { Assertion } from '../../lib/factors/factor';
import { tellOwner } from '../account-mail';
import { forgive, spend } from '../limits';
import { takeAppCode } from './app-codes';
import { redeemRecoveryCode } from './recovery-codes';
import { checkSignature } from './webauthn';

export type FactorGiven = { code: string } | { passkey: Assertion };
/** What was proved with. */
export type FactorUsed = 'authenticator' | 'recovery code' | 'passkey';

/**
 * Checks one of a person's second factors and uses a code up. Guesses of codes are counted for each person.
 * @throws AppError unauthenticated when it is wrong, rate-limited after too many.
 */
export async function checkFactor(
  user: User,
  given: FactorGiven,
  use: ChallengeUse,
  ip: string | null,
): Promise<FactorUsed> {
  if ('passkey' in given) {
    await checkSignature(given.passkey, use, user.id);
    return 'passkey';
  }
  await spend('second-factor', user.id);
  const used = (await takeAppCode(user.id, given.code))
    ? 'authenticator'
    : (await redeemRecoveryCode(user.id, given.code))
      ? 'recovery code'
      : null;
  if (used === null) {
    await recordAccountEvent(database(), { type: 'code.refused', userId: user.id, ip });
    throw new AppError(
      'unauthenticated',
      'That code does not work. Codes of an app work once, for about a minute; recovery codes once.',
    );
  }
  await forgive('second-factor', user.id);
  if (used === 'recovery code') await tellOfRecovery(user, ip);
  return used;
}

async function tellOfRecovery(user: User, ip: string | null): Promise<void> {
  await recordAccountEvent(database(), { type: 'recovery-code.used', userId: user.id, ip });
  const { codesLeft } = await countFactors(database(), user.id);
  void tellOwner(
    user.email,
    'A recovery code of your Gloss account was used',
    `Somebody used a recovery code of your account. ${codesLeft} are left; you can make new ones on your account page.`,
  );
}
