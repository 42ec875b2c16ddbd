import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstCheck,
  INTERVAL_MS,
  LONGEST_BACK_OFF_MS,
  LONGEST_RETRY_AFTER_MS,
  MOST_REFUSALS,
  nextCheck,
  readRetryAfter,
} from '@/lib/sources/next-check';
import { CHECK_RESULTS, INTERVALS, STOP_REASONS, stopAdvice } from '@/lib/sources/watch';

const NOW = new Date('2026-11-26T12:00:00Z');
const every = fc.constantFrom(...INTERVALS);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const state = fc.record({ every, failures: fc.nat(60), refusals: fc.nat(2) });
const kind = fc.constantFrom(...CHECK_RESULTS);
const retryAfterMs = fc.option(fc.nat(10 ** 12));
const waitOf = (at: Date | null) => (at === null ? null : at.getTime() - NOW.getTime());

describe('The next look at a page', () => {
  it('comes after the whole interval and at most a tenth late when the look came to something', () => {
    fc.assert(
      fc.property(state, fc.constantFrom('unchanged', 'changed'), random, (watch, result, chance) => {
        const next = nextCheck(watch, { kind: result }, NOW, chance);
        const wait = waitOf(next.at) ?? 0;
        const interval = INTERVAL_MS[watch.every];
        expect(wait).toBeGreaterThanOrEqual(interval);
        expect(wait).toBeLessThanOrEqual(interval * 1.1 + 1);
        expect(next).toMatchObject({ failures: 0, refusals: 0, stopped: null });
      }),
    );
  });

  it('never comes sooner than the site asked for, nor than the interval, nor later than the longest waits', () => {
    fc.assert(
      fc.property(state, kind, retryAfterMs, random, (watch, result, asked, chance) => {
        const next = nextCheck(watch, { kind: result, retryAfterMs: asked }, NOW, chance);
        const wait = waitOf(next.at);
        if (wait === null) {
          expect(next.stopped).not.toBeNull();
          return;
        }
        expect(next.stopped).toBeNull();
        expect(wait).toBeGreaterThanOrEqual(INTERVAL_MS[watch.every]);
        expect(wait).toBeLessThanOrEqual(1.1 * Math.max(LONGEST_BACK_OFF_MS, LONGEST_RETRY_AFTER_MS) + 1);
        if (next.failures > 0)
          expect(wait).toBeGreaterThanOrEqual(Math.min(asked ?? 0, LONGEST_RETRY_AFTER_MS));
      }),
    );
  });

  it('is put off twice as long with each failure in a row, up to a week', () => {
    for (const interval of INTERVALS) {
      const waits: number[] = [];
      let watch = { every: interval, failures: 0, refusals: 0 };
      for (let nth = 0; nth < 30; nth++) {
        const next = nextCheck(watch, { kind: 'busy' }, NOW, 0);
        waits.push(waitOf(next.at) ?? 0);
        watch = { every: interval, failures: next.failures, refusals: next.refusals };
      }
      expect(waits[0]).toBe(Math.min(LONGEST_BACK_OFF_MS, 2 * INTERVAL_MS[interval]));
      for (const [nth, wait] of waits.entries()) {
        if (nth > 0) expect(wait).toBe(Math.min(LONGEST_BACK_OFF_MS, 2 * (waits[nth - 1] as number)));
      }
      expect(waits.at(-1)).toBe(LONGEST_BACK_OFF_MS);
    }
  });

  it.each(['gone', 'refused', 'unreadable', 'other-page'] as const)(
    'is not to come when the page was found %s three times in a row, and a fault between begins the count anew',
    (result) => {
      let watch = { every: 'day' as const, failures: 0, refusals: 0 };
      const look = (kind: 'busy' | typeof result) => {
        const next = nextCheck(watch, { kind }, NOW, 0.5);
        watch = { every: 'day', failures: next.failures, refusals: next.refusals };
        return next;
      };
      for (let nth = 1; nth < MOST_REFUSALS; nth++) expect(look(result).stopped).toBeNull();
      expect(look('busy').stopped).toBeNull();
      for (let nth = 1; nth < MOST_REFUSALS; nth++) expect(look(result).stopped).toBeNull();
      expect(look(result)).toMatchObject({ at: null, stopped: result });
    },
  );

  it.each(['disallowed', 'no-right'] as const)('is not to come once it is %s', (result) => {
    const next = nextCheck({ every: 'hour', failures: 0, refusals: 0 }, { kind: result }, NOW, 0.5);
    expect(next).toMatchObject({ at: null, stopped: result });
  });
});

describe('The first look', () => {
  it('comes at once, or when it would be due after the last one', () => {
    fc.assert(
      fc.property(every, fc.option(fc.nat(10 ** 10)), (interval, ago) => {
        const last = ago === null ? null : new Date(NOW.getTime() - ago);
        const wait = waitOf(firstCheck(interval, last, NOW));
        expect(wait).toBe(ago === null ? 0 : Math.max(0, INTERVAL_MS[interval] - ago));
      }),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 26 Nov 2026 12:01:00 GMT', 60_000],
    ['Thursday, 26-Nov-26 12:01:00 GMT', 60_000],
    ['Thu, 26 Nov 2020 12:01:00 GMT', 0],
    ['', null],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['2026', 2_026_000],
  ])('%j asks to wait %s ms', (value, expected) => {
    expect(readRetryAfter(value, NOW)).toBe(expected);
  });
});

describe('A watch that stopped', () => {
  it.each(STOP_REASONS)('says what to do when it is %s', (reason) => {
    expect(stopAdvice(reason)).toMatch(/\. .*\b(version|switch)\b/);
  });
});
