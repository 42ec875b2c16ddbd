import { Secret, TOTP } from 'otpauth';
import { database } from '../../db/client';
import {
  confirmWaiting,
  deleteAuthenticator,
  keepWaiting,
  selectAuthenticator,
} from '../../db/second-factors';
import { env } from '../../env';
import type { Actor } from '../../lib/access/actor';
import { AppError } from '../../lib/errors';
import { forgive, spend } from '../limits';
import { opened, SHAPE, seal, stepOf } from './app-codes';
import { changeFactors } from './changed';
import { requireProof } from './prove';
import { dropCodesOfNobody, firstRecoveryCodes } from './recovery-codes';

/**
 * A new secret for the actor's app, which counts once a code of it was given. An app they have goes on working until then.
 * @throws AppError forbidden without a proof.
 */
export async function beginAuthenticator(actor: Actor): Promise<{ secret: string; uri: string }> {
  await requireProof(actor);
  const secret = new Secret({ size: 20 });
  await keepWaiting(database(), actor.userId, seal(secret.base32));
  const issuer = `Gloss (${new URL(env().GLOSS_URL as string).hostname})`;
  const uri = new TOTP({ ...SHAPE, issuer, label: actor.email, secret }).toString();
  return { secret: secret.base32, uri };
}

/**
 * Takes the actor's app into use by its first code. With a first factor come recovery codes, and API tokens from before it end.
 * @throws AppError invalid for a wrong code, conflict when none waits, rate-limited.
 */
export async function confirmAuthenticator(
  actor: Actor,
  code: string,
): Promise<{ recoveryCodes: string[] | null }> {
  await requireProof(actor);
  await spend('second-factor', actor.userId);
  const waiting = (await selectAuthenticator(database(), actor.userId))?.waiting ?? null;
  if (waiting === null) throw new AppError('conflict', 'Begin again: no app waits for its first code.');
  const step = stepOf(opened(waiting), code, Date.now());
  if (step === null)
    throw new AppError(
      'invalid',
      'That code does not fit. Wait for the next one, and check that the clock of your phone is right.',
    );
  await forgive('second-factor', actor.userId);
  return changeFactors(actor, async (tx) => {
    if (!(await confirmWaiting(tx, actor.userId, waiting, step)))
      throw new AppError('conflict', 'Begin again: another app was begun meanwhile.');
    const recoveryCodes = await firstRecoveryCodes(tx, actor.userId);
    return {
      answer: { recoveryCodes },
      change: {
        type: 'authenticator.added',
        subject: 'An authenticator app was added to your Gloss account',
        what: 'Signing in to your account asks for a code of an authenticator app from now on.',
        isFirst: recoveryCodes !== null,
      },
    };
  });
}

/** Takes the actor's app away, and the recovery codes with the last factor. @throws AppError forbidden without a proof, not-found. */
export async function removeAuthenticator(actor: Actor): Promise<void> {
  await requireProof(actor);
  await changeFactors(actor, async (tx) => {
    if (!(await deleteAuthenticator(tx, actor.userId)))
      throw new AppError('not-found', 'You have no authenticator app.');
    await dropCodesOfNobody(tx, actor.userId);
    return {
      answer: null,
      change: {
        type: 'authenticator.removed',
        subject: 'The authenticator app was taken off your Gloss account',
        what: 'The authenticator app of your account works no more.',
      },
    };
  });
}
