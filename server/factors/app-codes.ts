import { Secret, TOTP } from 'otpauth';
import { database } from '../../db/client';
import { selectAuthenticator, takeStep } from '../../db/second-factors';
import { AppError } from '../../lib/errors';
import { sealerFor } from '../sealed';

/** What every authenticator app can do: RFC 6238 with SHA-1, six digits, 30 s. */
const PERIOD = 30;
export const SHAPE = { algorithm: 'SHA1', digits: 6, period: PERIOD } as const;
/** Codes of the step before and after are taken too: a clock may be 30 s off, either way. */
const WINDOW = 1;

/** Secrets of apps as they are stored: each is needed again to check a code. */
export const { seal, unseal } = sealerFor('authenticator secrets');

/** A secret as it was sealed. @throws AppError unavailable where another instance's secret sealed it. */
export function opened(sealed: string): string {
  const secret = unseal(sealed);
  if (secret !== null) return secret;
  throw new AppError(
    'unavailable',
    'Codes of authenticator apps can’t be checked: the secret of this instance is another than when yours was added. Use a recovery code or a passkey, then add the app again.',
  );
}

/** The time step that a code is of; `null` when it is of none near `now` (ms). */
export function stepOf(secret: string, code: string, now: number): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const totp = new TOTP({ ...SHAPE, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1_000 / PERIOD) + delta;
}

/** Uses a code of a person's app up; false when it is wrong, or was taken before. `now` in ms. */
export async function takeAppCode(userId: string, code: string, now = Date.now()): Promise<boolean> {
  const row = await selectAuthenticator(database(), userId);
  if (row?.sealed == null) return false;
  const step = stepOf(opened(row.sealed), code, now);
  return step !== null && takeStep(database(), userId, step);
}
