import { createChallenge, insertPasskey } from '@/db/passkeys';
import { markProved } from '@/db/people';
import { confirmWaiting, keepWaiting } from '@/db/second-factors';
import { newId } from '@/lib/new-id';
import { seal } from '@/server/factors/app-codes';
import { newToken } from '@/server/secret';
import { codeAt } from '@/tests/support/factors';
import type { Call, Person } from '@/tests/support/instance';
import { SoftPasskey } from '@/tests/support/passkey';
import type { Case } from './cases';
import type { World } from './world';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const code = () => codeAt(SECRET);

/** Somebody who proved who they are, and who has an app that waits, or works. */
async function withApp({ database: { db } }: World, { userId, sessionId }: Person, works: boolean) {
  await markProved(db, sessionId);
  const sealed = seal(SECRET);
  await keepWaiting(db, userId, sealed);
  if (works) await confirmWaiting(db, userId, sealed, 0);
}

/** A passkey that is kept for them, without what would check it. */
async function passkeyOf({ database: { db } }: World, { userId, sessionId }: Person): Promise<string> {
  await markProved(db, sessionId);
  const row = { id: newToken(), userId, name: 'Key', publicKey: 'AA', signCount: 0, synced: false };
  return (await insertPasskey(db, row))?.id ?? '';
}

/** What a page would send that was told to make a passkey. */
async function newPasskey({ database: { db } }: World, { userId, sessionId }: Person): Promise<Call> {
  await markProved(db, sessionId);
  const challenge = newToken();
  await createChallenge(db, challenge, { purpose: 'add', holder: sessionId }, 5);
  const credential = new SoftPasskey().create({ challenge, user: { id: userId } });
  return { body: { name: 'Laptop', credential } };
}

const proved = async ({ database: { db } }: World, _: unknown, { sessionId }: Person): Promise<Call> => {
  await markProved(db, sessionId);
  return {};
};

/** How somebody signs in beside a password: each for themselves, after a proof. */
export const FACTOR_CASES: readonly Case[] = [
  { operation: 'factor.list', given: async () => ({}) },
  { operation: 'sign-in.passkey', given: async () => ({}) },
  { operation: 'proof.begin', given: async () => ({}) },
  {
    operation: 'proof.give',
    given: async (world, _, caller) => {
      await withApp(world, caller, true);
      return { body: { code: code() } };
    },
  },
  { operation: 'authenticator.begin', given: proved },
  {
    operation: 'authenticator.confirm',
    given: async (world, _, caller) => {
      await withApp(world, caller, false);
      return { body: { code: code() } };
    },
  },
  {
    operation: 'authenticator.remove',
    given: async (world, _, caller) => {
      await withApp(world, caller, true);
      return {};
    },
  },
  { operation: 'passkey.begin', given: proved },
  { operation: 'passkey.add', given: async (world, _, caller) => newPasskey(world, caller) },
  {
    operation: 'passkey.rename',
    given: async (world, _, caller) => ({
      body: { id: await passkeyOf(world, caller), name: `Key ${newId()}` },
    }),
  },
  {
    operation: 'passkey.remove',
    given: async (world, _, caller) => ({ body: { id: await passkeyOf(world, caller) } }),
  },
  {
    operation: 'recovery-codes.renew',
    given: async (world, _, caller) => {
      await withApp(world, caller, true);
      return {};
    },
  },
  { operation: 'me.export', given: async () => ({}) },
  { operation: 'me.plan-erasure', given: async () => ({}) },
  {
    operation: 'me.erase',
    about: 'by another address than theirs: whoever asks is needed still',
    given: async (world, place, caller) => ({
      ...(await proved(world, place, caller)),
      body: { email: 'somebody@example.org' },
    }),
    status: 400,
    changes: false,
  },
];
