import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import ipaddr from 'ipaddr.js';
import { database } from '../../db/client';
import {
  type ChallengeUse,
  countSignature,
  createChallenge,
  findPasskey,
  type Passkey,
  selectPasskeys,
  takeChallenge,
} from '../../db/passkeys';
import { env } from '../../env';
import type { Actor } from '../../lib/access/actor';
import { AppError } from '../../lib/errors';
import type { Assertion, NewCredential } from '../../lib/factors/factor';
import { log } from '../log';

/** How long a challenge may be answered, in minutes. */
const MINUTES = 5;

/** What passkeys are bound to: the instance's own address. `null` where that is a number, for which there are none. */
function ourselves(): { id: string; origin: string } | null {
  const url = new URL(env().GLOSS_URL as string);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? null : { id: url.hostname, origin: url.origin };
}

/** Whether this instance can have passkeys. */
export const passkeysWork = (): boolean => ourselves() !== null;

function party(): { id: string; origin: string } {
  const own = ourselves();
  if (own !== null) return own;
  throw new AppError(
    'unavailable',
    'Passkeys are bound to a name, and the address of this instance is a number. Ask its operator to set GLOSS_URL to a name.',
  );
}

/** Whom an authenticator keeps a passkey for: the person's id, 16 bytes. */
const handleOf = (userId: string) => Buffer.from(userId.replaceAll('-', ''), 'hex');

const refused = (cause?: unknown) =>
  new AppError('unauthenticated', 'That passkey was not taken. Try again, or use another way.', { cause });

/** What the browser is to ask for a new passkey of the actor's. */
export async function askForNewPasskey(actor: Actor) {
  const { id } = party();
  const known = await selectPasskeys(database(), actor.userId);
  const options = await generateRegistrationOptions({
    rpName: 'Gloss',
    rpID: id,
    userID: new Uint8Array(handleOf(actor.userId)),
    userName: actor.email,
    userDisplayName: actor.name,
    attestationType: 'none',
    excludeCredentials: known.map((passkey) => ({ id: passkey.id, transports: passkey.transports })),
    // It signs somebody in by itself: it is found without a name, and asks its owner for a finger, a face or a PIN.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: [-8, -7, -257],
    timeout: MINUTES * 60_000,
  });
  await createChallenge(database(), options.challenge, { purpose: 'add', holder: actor.via.id }, MINUTES);
  return options;
}

/** What a new passkey says of itself. @throws AppError unauthenticated when its answer is not to be believed. */
export async function readNewPasskey(
  actor: Actor,
  given: NewCredential,
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'signCount' | 'transports' | 'synced'>> {
  const { id, origin } = party();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: given as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: (challenge) =>
        takeChallenge(database(), challenge, { purpose: 'add', holder: actor.via.id }),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [-8, -7, -257],
    });
    if (!verified) throw refused();
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      signCount: credential.counter,
      transports: given.response.transports ?? [],
      synced: credentialBackedUp,
    };
  } catch (cause) {
    throw notBelieved(cause);
  }
}

/**
 * What the browser is to ask for a signature: of one of a person's passkeys, or, where nobody is named, of any that it
 * knows for this instance, with its owner's finger, face or PIN.
 */
export async function askForSignature(use: ChallengeUse, userId: string | null) {
  const { id } = party();
  const known = userId === null ? [] : await selectPasskeys(database(), userId);
  const options = await generateAuthenticationOptions({
    rpID: id,
    allowCredentials: known.map((passkey) => ({ id: passkey.id, transports: passkey.transports })),
    userVerification: userId === null ? 'required' : 'preferred',
    timeout: MINUTES * 60_000,
  });
  await createChallenge(database(), options.challenge, use, MINUTES);
  return options;
}

/**
 * Checks a signature and answers the passkey that made it. Whoever is not named must have been verified by the
 * authenticator itself: the passkey is all there is.
 * @throws AppError unauthenticated for any fault, one that says nothing of what it is.
 */
export async function checkSignature(
  given: Assertion,
  use: ChallengeUse,
  userId: string | null,
): Promise<Passkey> {
  const { id, origin } = party();
  const passkey = await findPasskey(database(), given.id);
  if (passkey === null || (userId !== null && passkey.userId !== userId)) throw refused();
  const handle = given.response.userHandle;
  if (handle && handle !== handleOf(passkey.userId).toString('base64url')) throw refused();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: given as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: (challenge) => takeChallenge(database(), challenge, use),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: userId === null,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.signCount,
      },
    });
    if (!verified) throw refused();
    if (!(await countSignature(database(), passkey, authenticationInfo.newCounter))) throw refused();
    return passkey;
  } catch (cause) {
    throw notBelieved(cause);
  }
}

/** The library says by an Error of many kinds of words what an answer is wrong in; that stays in the log. */
function notBelieved(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  log.info({ why: (cause as Error).message }, 'a passkey was refused');
  return refused(cause);
}
