import type { CheckResult, Interval, StopReason } from './watch';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Milliseconds between two looks at a page. */
export const INTERVAL_MS: Record<Interval, number> = {
  hour: HOUR,
  'six-hours': 6 * HOUR,
  day: DAY,
  week: WEEK,
};

/** A look is late by up to this part of its wait, so that watches set up together do not stay together. */
const JITTER = 0.1;
/** No fault makes a watch wait longer, but for a site that asks for more itself. */
export const LONGEST_BACK_OFF_MS = WEEK;
/** A site may ask for so much patience and no more: "in a hundred years" is a mistake. */
export const LONGEST_RETRY_AFTER_MS = 4 * WEEK;
/** So many looks in a row must find no page, or another, before the watch believes it. */
export const MOST_REFUSALS = 3;
/** A page whose answers always say "not changed" is read whole so often all the same: some sites say so untruly. */
export const READ_WHOLE_MS = WEEK;

const REFUSALS = ['gone', 'refused', 'unreadable', 'other-page'] as const;

/** What a watch keeps from one look to the next. */
export type WatchState = {
  readonly every: Interval;
  /** Looks in a row that came to nothing. */
  readonly failures: number;
  /** Of those, how many at the end in a row found no page that can be read, or another. */
  readonly refusals: number;
};

/** What comes after a look: when the next one is due (`null`: none), and why the watch stops (`null`: it goes on). */
export type NextCheck = {
  readonly at: Date | null;
  readonly failures: number;
  readonly refusals: number;
  readonly stopped: StopReason | null;
};

/**
 * When a page is looked at next. A look that came to something: after the interval, a little late. One that came to
 * nothing: after the interval doubled for each failure in a row, at most a week, never sooner than the site asked for. A
 * page that is gone, refused, unreadable or another three times in a row stops the watch; robots.txt and a lost right stop
 * it at once.
 * @param retryAfterMs what the site asked to wait, `null` when it did not.
 * @param random 0 to 1, exclusive.
 */
export function nextCheck(
  watch: WatchState,
  result: { readonly kind: CheckResult; readonly retryAfterMs?: number | null },
  now: Date,
  random: number,
): NextCheck {
  const { kind } = result;
  const late = (ms: number) => new Date(now.getTime() + Math.ceil(ms * (1 + JITTER * random)));
  const interval = INTERVAL_MS[watch.every];
  if (kind === 'unchanged' || kind === 'changed')
    return { at: late(interval), failures: 0, refusals: 0, stopped: null };
  const failures = watch.failures + 1;
  if (kind === 'disallowed' || kind === 'no-right')
    return { at: null, failures, refusals: watch.refusals, stopped: kind };
  const refusal = REFUSALS.find((one) => one === kind);
  const refusals = refusal === undefined ? 0 : watch.refusals + 1;
  if (refusal !== undefined && refusals >= MOST_REFUSALS)
    return { at: null, failures, refusals, stopped: refusal };
  const backOff = Math.min(LONGEST_BACK_OFF_MS, interval * 2 ** Math.min(failures, 20));
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, result.retryAfterMs ?? 0));
  return { at: late(Math.max(backOff, asked)), failures, refusals, stopped: null };
}

/** When a watch that is set up, or set anew, looks first: at once, but not sooner after its last look than it would anyway. */
export function firstCheck(every: Interval, lastChecked: Date | null, now: Date): Date {
  if (lastChecked === null) return now;
  return new Date(Math.max(now.getTime(), lastChecked.getTime() + INTERVAL_MS[every]));
}

/**
 * How long a `Retry-After` header asks to wait (RFC 9110, 10.2.3: seconds, or a date), in milliseconds; `null` when it
 * says nothing that is understood.
 */
export function readRetryAfter(value: string, now: Date): number | null {
  const text = value.trim();
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1_000;
  // Only what begins like a date: Date.parse takes many a thing for one.
  if (!/^[A-Z][a-z]{2}[a-z]*,? /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
