import { database } from '../../db/client';
import { countFactors } from '../../db/second-factors';
import type { Actor } from '../../lib/access/actor';
import { AppError } from '../../lib/errors';
import { changeFactors } from './changed';
import { requireProof } from './prove';
import { makeRecoveryCodes } from './recovery-codes';

/**
 * New recovery codes for the actor; the old ones work no more.
 * @throws AppError forbidden without a proof, conflict for whoever has nothing to recover.
 */
export async function renewRecoveryCodes(actor: Actor): Promise<{ recoveryCodes: string[] }> {
  await requireProof(actor);
  const { authenticator, passkeys } = await countFactors(database(), actor.userId);
  if (!authenticator && passkeys === 0)
    throw new AppError('conflict', 'Add an authenticator app or a passkey first: the codes stand in for it.');
  return changeFactors(actor, async (tx) => ({
    answer: { recoveryCodes: await makeRecoveryCodes(tx, actor.userId) },
    change: {
      type: 'recovery-codes.renewed',
      subject: 'New recovery codes for your Gloss account',
      what: 'New recovery codes were made for your account. The old ones work no more.',
    },
  }));
}
