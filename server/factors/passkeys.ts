import { database } from '../../db/client';
import {
  deletePasskeys,
  insertPasskey,
  type Passkey as Row,
  renamePasskey as rename,
  selectPasskeys,
} from '../../db/passkeys';
import type { Actor } from '../../lib/access/actor';
import { AppError } from '../../lib/errors';
import type { NewCredential, Passkey } from '../../lib/factors/factor';
import { changeFactors } from './changed';
import { requireProof } from './prove';
import { dropCodesOfNobody, firstRecoveryCodes } from './recovery-codes';
import { askForNewPasskey, readNewPasskey } from './webauthn';

/** More than anybody has devices. */
const MOST = 20;

/** A passkey as its owner reads it. */
export const passkeyAnswer = ({ id, name, created, lastUsed, synced }: Row): Passkey => ({
  id,
  name,
  created: created.toISOString(),
  lastUsed: lastUsed?.toISOString() ?? null,
  synced,
});

/** What the actor's browser is to ask for. @throws AppError forbidden without a proof, conflict with too many. */
export async function beginPasskey(actor: Actor) {
  await requireProof(actor);
  if ((await selectPasskeys(database(), actor.userId)).length >= MOST)
    throw new AppError('conflict', `You have ${MOST} passkeys. Remove one that you do not use first.`);
  return askForNewPasskey(actor);
}

/**
 * Takes a new passkey of the actor's into use. With a first factor come recovery codes, and API tokens from before it end.
 * @throws AppError unauthenticated when it is not to be believed, conflict when it is known already.
 */
export async function addPasskey(
  actor: Actor,
  { name, credential }: { name: string; credential: NewCredential },
): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }> {
  await requireProof(actor);
  const read = await readNewPasskey(actor, credential);
  return changeFactors(actor, async (tx) => {
    const row = await insertPasskey(tx, { ...read, userId: actor.userId, name });
    if (row === null) throw new AppError('conflict', 'This passkey is known here already.');
    const recoveryCodes = await firstRecoveryCodes(tx, actor.userId);
    return {
      answer: { passkey: passkeyAnswer(row), recoveryCodes },
      change: {
        type: 'passkey.added',
        details: { name },
        subject: 'A passkey was added to your Gloss account',
        what: `The passkey “${name}” signs you in to your account from now on.`,
        isFirst: recoveryCodes !== null,
      },
    };
  });
}

/** Renames one of the actor's passkeys. @throws AppError forbidden for a token, not-found. */
export async function renamePasskey(actor: Actor, given: { id: string; name: string }): Promise<Passkey> {
  if (actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to change your account; a token may not.');
  const row = await rename(database(), actor.userId, given.id, given.name);
  if (row === null) throw new AppError('not-found', 'You have no such passkey.');
  return passkeyAnswer(row);
}

/** Takes one of the actor's passkeys away. @throws AppError forbidden without a proof, not-found. */
export async function removePasskey(actor: Actor, id: string): Promise<void> {
  await requireProof(actor);
  await changeFactors(actor, async (tx) => {
    const [name] = await deletePasskeys(tx, actor.userId, id);
    if (name === undefined) throw new AppError('not-found', 'You have no such passkey.');
    await dropCodesOfNobody(tx, actor.userId);
    return {
      answer: null,
      change: {
        type: 'passkey.removed',
        details: { name },
        subject: 'A passkey was taken off your Gloss account',
        what: `The passkey “${name}” signs nobody in any more.`,
      },
    };
  });
}
