import { database } from '../../db/client';
import { selectPasskeys } from '../../db/passkeys';
import { countFactors, selectAuthenticator } from '../../db/second-factors';
import type { Actor } from '../../lib/access/actor';
import type { Factors } from '../../lib/factors/factor';
import { passkeyAnswer } from './passkeys';
import { proofOf } from './prove';
import { passkeysWork } from './webauthn';

/** What the actor signs in with beside the first proof. */
export async function listFactors(actor: Actor): Promise<Factors> {
  const { userId } = actor;
  const [app, passkeys, { codesLeft }, { proof, proved }] = await Promise.all([
    selectAuthenticator(database(), userId),
    selectPasskeys(database(), userId),
    countFactors(database(), userId),
    proofOf(actor),
  ]);
  return {
    authenticator: app?.sealed
      ? { created: app.created.toISOString(), lastUsed: app.lastUsed?.toISOString() ?? null }
      : null,
    passkeys: passkeys.map(passkeyAnswer),
    recoveryCodesLeft: codesLeft,
    proof,
    proved,
    passkeysWork: passkeysWork(),
  };
}
