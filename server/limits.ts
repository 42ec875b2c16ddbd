import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '../db/client';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { networkOf } from './client-address';

const HOUR = 3600;
const rules = {
  'sign-in-account': () => ({ points: env().LIMIT_SIGN_INS, duration: 900 }),
  'sign-in-address': () => ({ points: env().LIMIT_SIGN_INS * 4, duration: 900 }),
  link: () => ({ points: 30, duration: HOUR }),
  'sign-up': () => ({ points: 30, duration: HOUR }),
  mail: () => ({ points: 5, duration: HOUR }),
  'mail-address': () => ({ points: 30, duration: HOUR }),
  import: () => ({ points: env().LIMIT_IMPORTS_PER_HOUR, duration: HOUR }),
} as const;
export type Limit = keyof typeof rules;

const limiters = new Map<Limit, RateLimiterPostgres>();

function limiter(name: Limit): RateLimiterPostgres {
  let found = limiters.get(name);
  if (found === undefined) {
    found = new RateLimiterPostgres({
      storeClient: database().$client,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: name,
      ...rules[name](),
    });
    limiters.set(name, found);
  }
  return found;
}

/**
 * Counts one attempt against a limit that all processes share in Postgres; an address counts for its network. Fails closed: no database, no attempt.
 * @throws AppError rate-limited with `retryAfter` in seconds.
 */
export async function spend(name: Limit, key: string): Promise<void> {
  try {
    await limiter(name).consume(networkOf(key), 1);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    const minutes = Math.ceil(retryAfter / 60);
    throw new AppError(
      'rate-limited',
      `Too many attempts. Try again in ${minutes} minute${minutes === 1 ? '' : 's'}.`,
      {
        details: { retryAfter },
      },
    );
  }
}

/** Forgets the attempts counted under a key: a right password clears an account's count. */
export async function forgive(name: Limit, key: string): Promise<void> {
  await limiter(name).delete(networkOf(key));
}

/** Takes one attempt back: what turned out right is not held against an address. */
export async function giveBack(name: Limit, key: string): Promise<void> {
  await limiter(name).reward(networkOf(key), 1);
}
