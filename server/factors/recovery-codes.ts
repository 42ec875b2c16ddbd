import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { type Db, database } from '../../db/client';
import {
  countFactors,
  replaceRecoveryCodes,
  selectRecoverySalt,
  takeRecoveryCode,
} from '../../db/second-factors';

/** As many as are made at once. */
const CODES = 10;
/** 32 letters that are not taken for one another: 10 of them are 50 bits. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const LENGTH = 10;
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const hashOf = async (code: string, salt: string) =>
  (await hashRaw(code, { ...ARGON, salt: Buffer.from(salt, 'hex') })).toString('hex');

const newCode = () => [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join('');

/** A code as people read it: two groups. */
const written = (code: string) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;

/** Makes ten recovery codes in the place of those there were; only their argon2id is kept. */
export async function makeRecoveryCodes(db: Db, userId: string): Promise<string[]> {
  const salt = randomBytes(16).toString('hex');
  const codes = Array.from({ length: CODES }, newCode);
  const hashes: string[] = [];
  // One after another: together they would take ten times the memory of one.
  for (const code of codes) hashes.push(await hashOf(code, salt));
  await replaceRecoveryCodes(db, userId, salt, hashes);
  return codes.map(written);
}

/** Makes the codes that come with somebody's first factor; `null` where they have a set already. */
export async function firstRecoveryCodes(db: Db, userId: string): Promise<string[] | null> {
  return (await selectRecoverySalt(db, userId)) === null ? makeRecoveryCodes(db, userId) : null;
}

/** Uses a recovery code up, however it is written; false when it is none, or was used. */
export async function redeemRecoveryCode(userId: string, given: string): Promise<boolean> {
  const code = given.toLowerCase().replace(/[^a-z0-9]/g, '');
  const salt = code.length === LENGTH ? await selectRecoverySalt(database(), userId) : null;
  return salt !== null && takeRecoveryCode(database(), userId, await hashOf(code, salt));
}

/** Recovery codes stand in for a factor: without one they open nothing. */
export async function dropCodesOfNobody(db: Db, userId: string): Promise<void> {
  const { authenticator, passkeys } = await countFactors(db, userId);
  if (!authenticator && passkeys === 0) await replaceRecoveryCodes(db, userId, '', []);
}
