import { verify } from '@node-rs/argon2';
import { database } from '../../db/client';
import { findUser, markProved, provedLately, recordAccountEvent, type User } from '../../db/people';
import { countFactors } from '../../db/second-factors';
import type { Actor } from '../../lib/access/actor';
import { AppError } from '../../lib/errors';
import type { Proof, ProofKind } from '../../lib/factors/factor';
import { forgive, spend } from '../limits';
import { checkFactor } from './check-factor';
import { askForSignature } from './webauthn';

/** How long a proof holds, in minutes. */
const MINUTES = 10;

const WORDS: Record<ProofKind, string> = {
  factor: 'Prove once more that it is you: by a code, a recovery code or a passkey.',
  password: 'Type your password once more to do this.',
  'sign-in': `Sign out and in again, then do this within ${MINUTES} minutes.`,
};

function signedIn(actor: Actor): void {
  if (actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to change how you sign in; a token may not.');
}

/** How the actor proves who they are, and whether they did so a short time ago. */
export async function proofOf(actor: Actor): Promise<{ proof: ProofKind; proved: boolean }> {
  const [user, { authenticator, passkeys }, lately] = await Promise.all([
    findUser(database(), actor.userId),
    countFactors(database(), actor.userId),
    provedLately(database(), actor.via.id, MINUTES),
  ]);
  const proof: ProofKind =
    authenticator || passkeys > 0 ? 'factor' : user?.passwordHash ? 'password' : 'sign-in';
  return { proof, proved: lately.again || (proof === 'sign-in' && lately.signedIn) };
}

/**
 * Asks that the actor proved who they are a short time ago, before anything that decides how they sign in.
 * @throws AppError forbidden, with `reason` prove-again and `how`, or for a token.
 */
export async function requireProof(actor: Actor): Promise<void> {
  signedIn(actor);
  const { proof, proved } = await proofOf(actor);
  if (!proved)
    throw new AppError('forbidden', WORDS[proof], { details: { reason: 'prove-again', how: proof } });
}

/** The same of whoever has a second factor alone: a password that was read over a shoulder changes nothing for them. */
export async function requireFactor(actor: Actor): Promise<void> {
  if ((await proofOf(actor)).proof === 'factor') await requireProof(actor);
}

/**
 * Takes a proof of the actor's, for ten minutes of this session. Whoever has a second factor needs that: a password alone
 * could have been read over a shoulder.
 * @throws AppError invalid when it is wrong or not enough, rate-limited.
 */
export async function giveProof(actor: Actor, given: Proof): Promise<void> {
  signedIn(actor);
  const user = (await findUser(database(), actor.userId)) as User;
  if ('password' in given) await byPassword(actor, user, given.password);
  else {
    const use = { purpose: 'prove', holder: actor.via.id } as const;
    await checkFactor(user, given, use, actor.ip).catch((error: unknown) => {
      // They are signed in all the same: 401 would say that they are not.
      if (error instanceof AppError && error.code === 'unauthenticated')
        throw new AppError('invalid', error.message, { cause: error });
      throw error;
    });
  }
  await markProved(database(), actor.via.id);
}

async function byPassword(actor: Actor, user: User, password: string): Promise<void> {
  const { proof } = await proofOf(actor);
  if (proof !== 'password') throw new AppError('invalid', WORDS[proof]);
  await spend('sign-in-account', user.email);
  if (!(await verify(user.passwordHash as string, password.normalize('NFKC')))) {
    await recordAccountEvent(database(), { type: 'proof.refused', userId: user.id, ip: actor.ip });
    throw new AppError('invalid', 'The password is not right.');
  }
  await forgive('sign-in-account', user.email);
}

/** What the actor's browser is to ask of one of their passkeys, as a proof. @throws AppError forbidden for a token. */
export async function beginProof(actor: Actor) {
  signedIn(actor);
  return askForSignature({ purpose: 'prove', holder: actor.via.id }, actor.userId);
}
