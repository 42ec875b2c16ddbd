import { AsyncLocalStorage } from 'node:async_hooks';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '../db/client';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { networkOf } from './client-address';

const HOUR = 3600;
const rules = {
  'sign-in-account': () => ({ points: env().LIMIT_SIGN_INS, duration: 900 }),
  'sign-in-address': () => ({ points: env().LIMIT_SIGN_INS * 4, duration: 900 }),
  'second-factor': () => ({ points: env().LIMIT_SIGN_INS, duration: 900 }),
  'sign-in-passkey': () => ({ points: env().LIMIT_SIGN_INS * 12, duration: 900 }),
  link: () => ({ points: 30, duration: HOUR }),
  'guest-link': () => ({ points: 30, duration: HOUR }),
  'guest-pin': () => ({ points: 30, duration: HOUR }),
  'guest-new': () => ({ points: 60, duration: HOUR }),
  'guest-view': () => ({ points: 120, duration: HOUR }),
  'guest-words': () => ({ points: 30, duration: HOUR }),
  'guest-words-link': () => ({ points: 300, duration: HOUR }),
  'sign-up': () => ({ points: 30, duration: HOUR }),
  mail: () => ({ points: 5, duration: HOUR }),
  'mail-address': () => ({ points: 30, duration: HOUR }),
  'webhook-test': () => ({ points: 60, duration: HOUR }),
  export: () => ({ points: env().LIMIT_EXPORTS_PER_HOUR, duration: HOUR }),
  import: () => ({ points: env().LIMIT_IMPORTS_PER_HOUR, duration: HOUR }),
} as const;
export type Limit = keyof typeof rules;

/** Where an attempt of one request left a limit: attempts that remain, and ms until all are there again. */
type Standing = { readonly left: number; readonly ms: number };
const standings = new AsyncLocalStorage<Map<Limit, Standing>>();

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
    note(name, await limiter(name).consume(networkOf(key), 1));
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    note(name, error);
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
  standings.getStore()?.set(name, { left: rules[name]().points, ms: 0 });
}

/** Takes one attempt back: what turned out right is not held against an address. */
export async function giveBack(name: Limit, key: string): Promise<void> {
  note(name, await limiter(name).reward(networkOf(key), 1));
}

/** Where a limit stands, without an attempt: what is left of how many, and seconds until all are there again. */
export async function standingOf(
  name: Limit,
  key: string,
): Promise<{ left: number; of: number; seconds: number }> {
  const { points } = rules[name]();
  const found = await limiter(name).get(networkOf(key));
  const left = Math.max(0, found === null ? points : points - found.consumedPoints);
  const ms = Math.max(0, found?.msBeforeNext ?? 0);
  standings.getStore()?.set(name, { left, ms });
  return { left, of: points, seconds: Math.ceil(ms / 1_000) };
}

function note(name: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes): void {
  standings.getStore()?.set(name, { left: Math.max(0, remainingPoints), ms: Math.max(0, msBeforeNext) });
}

/**
 * Runs a request and tells in its answer where each limit that it was counted against stands: `RateLimit-Policy` (attempts
 * `q` in `w` seconds) and `RateLimit` (`r` remain, all are there again in `t` seconds), as the IETF's httpapi group writes
 * them. An answer that counted against none comes back as it is.
 */
export async function tellLimits(run: () => Promise<Response>): Promise<Response> {
  const told = new Map<Limit, Standing>();
  const answer = await standings.run(told, run);
  if (told.size === 0) return answer;
  const headers = new Headers(answer.headers);
  const list = (item: (name: Limit, standing: Standing) => string) =>
    [...told].map(([name, standing]) => `"${name}";${item(name, standing)}`).join(', ');
  headers.set(
    'ratelimit-policy',
    list((name) => `q=${rules[name]().points};w=${rules[name]().duration}`),
  );
  headers.set(
    'ratelimit',
    list((_, { left, ms }) => `r=${left};t=${Math.ceil(ms / 1000)}`),
  );
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
