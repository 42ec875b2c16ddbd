import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movesOn, type Point, thinOut } from '@/lib/notes/version-points';

const START = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const point = (id: string, minutes: number, more: Partial<Point> = {}): Point => {
  const at = new Date(START + minutes * MINUTE);
  return { id, kind: 'auto', began: at, at, authorIds: ['ada'], ...more };
};
const minute = (minutes: number) => new Date(START + minutes * MINUTE);

describe('An automatic point', () => {
  const newest = point('a', 5, { began: minute(0) });

  it('moves on while the same person writes on', () => {
    expect(movesOn(newest, minute(6), ['ada'])).toBe(true);
  });

  it('ends with a pause, after ten minutes, and when somebody else begins', () => {
    expect(movesOn(newest, minute(7.5), ['ada'])).toBe(false);
    expect(movesOn(point('a', 10, { began: minute(0) }), minute(10.5), ['ada'])).toBe(false);
    expect(movesOn(newest, minute(6), ['ada', 'ben'])).toBe(false);
  });

  it('is the only one of its minute, however many write', () => {
    expect(movesOn(point('a', 0), minute(0.9), ['ben'])).toBe(true);
    expect(movesOn(point('a', 0), minute(1.1), ['ben'])).toBe(false);
  });

  it('never takes the place of a named or restored one, and begins where there is none', () => {
    expect(movesOn(point('a', 0, { kind: 'named' }), minute(0.1), ['ada'])).toBe(false);
    expect(movesOn(point('a', 0, { kind: 'restored' }), minute(0.1), ['ada'])).toBe(false);
    expect(movesOn(null, minute(0), ['ada'])).toBe(false);
  });
});

describe('Thinning points out', () => {
  it('leaves all of a day, then the last of each hour, then the last of each day', () => {
    const now = new Date(START + 40 * DAY);
    const old = [0, 10, 61, 62].map((at) => point(`old ${at}`, at));
    const recent = [0, 10, 61].map((at) => point(`recent ${at}`, at + (35 * DAY) / MINUTE));
    const today = [0, 1, 2].map((at) => point(`today ${at}`, at + (39.5 * DAY) / MINUTE));
    const { remove } = thinOut([...today, ...recent, ...old], now);
    expect(remove.sort()).toEqual(['old 0', 'old 10', 'old 61', 'recent 0']);
  });

  it('never takes a named one', () => {
    const named = [0, 1, 2].map((at) => point(`${at}`, at, { kind: 'named' }));
    expect(thinOut(named, new Date(START + 400 * DAY)).remove).toEqual([]);
  });

  it('hands the people of what goes on to the point that stays', () => {
    const points = [point('a', 0), point('b', 1, { authorIds: ['ben'] }), point('c', 2)];
    const { remove, authors } = thinOut(points, new Date(START + 2 * DAY));
    expect(remove).toEqual(['a', 'b']);
    expect(authors).toEqual(new Map([['c', ['ada', 'ben']]]));
  });

  it('keeps the newest, every name and everybody, and has nothing more to do when done (seeded)', () => {
    const arbitrary = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: (60 * DAY) / MINUTE }),
        kind: fc.constantFrom('auto' as const, 'named' as const, 'restored' as const),
        authorIds: fc.uniqueArray(fc.constantFrom('ada', 'ben', 'cleo'), { minLength: 1 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(arbitrary, (given) => {
        const points = given.map(({ at, ...more }, number) => point(`${number}`, at, more));
        const now = new Date(START + 60 * DAY);
        const { remove, authors } = thinOut(points, now);
        const left = points
          .filter(({ id }) => !remove.includes(id))
          .map((one) => ({ ...one, authorIds: authors.get(one.id) ?? one.authorIds }));
        expect(points.filter(({ kind, id }) => kind === 'named' && remove.includes(id))).toEqual([]);
        const everybody = (list: readonly Point[]) =>
          [...new Set(list.flatMap(({ authorIds }) => authorIds))].sort();
        expect(everybody(left)).toEqual(everybody(points));
        const last = Math.max(...points.map(({ at }) => at.getTime()));
        if (points.length > 0) expect(left.some(({ at }) => at.getTime() === last)).toBe(true);
        expect(thinOut(left, now).remove).toEqual([]);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});
