import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '@/lib/anchoring/outcome';
import { TARGET_STATES } from '@/lib/annotations/anchoring';
import { carryTarget, passageAt, type Standing, SURE } from '@/lib/annotations/carry-target';

const TEXT = 'The watchdog opened its inquiry in March after two former clerks came forward and spoke.';
const to = { version: 7, text: TEXT };

const span = fc
  .tuple(fc.nat(TEXT.length - 1), fc.integer({ min: 1, max: 30 }))
  .map(([start, length]) => ({ start, end: Math.min(TEXT.length, start + length) }));
const score = fc.double({ min: 0, max: 1, noNaN: true });
const found: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constantFrom('moved', 'changed'), span, score, reason: fc.constant('edited') }),
  fc.record({
    kind: fc.constant('exact' as const),
    span,
    score: fc.constant(1),
    reason: fc.constant('unchanged'),
  }),
  fc.record({
    kind: fc.constantFrom('ambiguous', 'lost'),
    candidates: fc.array(fc.record({ span, score }), { maxLength: 5 }),
    score,
    reason: fc.constant('unsure'),
  }),
) as fc.Arbitrary<Outcome>;
const standing: fc.Arbitrary<Standing> = fc
  .record({
    start: fc.nat(100),
    exact: fc.string({ minLength: 1, maxLength: 20 }),
    state: fc.constantFrom(...TARGET_STATES),
    outcome: fc.constantFrom('made', 'same', 'moved', 'changed', 'ambiguous', 'lost'),
    score,
    was: fc.option(fc.constant('older words')),
    isPlaced: fc.boolean(),
  })
  .map((mark) => ({
    ...mark,
    end: mark.start + mark.exact.length,
    changedIn: mark.was === null ? null : 3,
    // An orphan has no place, and what is settled or decided has one.
    isPlaced: mark.state === 'orphan' ? false : mark.state === 'waiting' ? mark.isPlaced : true,
  }));

const each = (check: (standing: Standing, outcome: Outcome) => void) =>
  fc.assert(fc.property(standing, found, check), { seed: 20_263, numRuns: 1_000 });
const isSure = (outcome: Outcome) => 'span' in outcome;

describe('Carrying a mark to a version', () => {
  it('never goes on silently to a place that is not certain', () => {
    each((mark, outcome) => {
      const target = carryTarget(mark, outcome, to);
      if (target.state !== 'settled') return;
      expect(isSure(outcome)).toBe(true);
      expect(outcome.kind === 'exact' || outcome.score >= SURE).toBe(true);
      expect(mark.state).not.toBe('orphan');
    });
  });

  it('goes to a place only where the engine found one, and to exactly that', () => {
    each((mark, outcome) => {
      const { place } = carryTarget(mark, outcome, to);
      if (place === null) return;
      expect('span' in outcome && passageAt(TEXT, outcome.span)).toEqual(place);
      expect(TEXT.slice(place.start, place.end)).toBe(place.exact);
    });
  });

  it('has a place whenever it is settled, none where it is an orphan, and decides for nobody', () => {
    each((mark, outcome) => {
      const { state, place, version } = carryTarget(mark, outcome, to);
      expect(version).toBe(7);
      expect(['settled', 'waiting', 'orphan']).toContain(state);
      if (state === 'settled') expect(place).not.toBe(null);
      if (state === 'orphan') expect([place, mark.state]).toEqual([null, 'orphan']);
    });
  });

  it('does not take back that a person said it is gone, but asks when its very words are there again', () => {
    each((mark, outcome) => {
      const orphan: Standing = { ...mark, state: 'orphan', isPlaced: false };
      const target = carryTarget(orphan, outcome, to);
      const isBack = outcome.kind === 'exact' || outcome.kind === 'moved';
      expect(target.place).toBe(null);
      expect(target.state).toBe(isBack ? 'waiting' : 'orphan');
      if (isBack) expect(target).toMatchObject({ outcome: 'ambiguous', reason: 'returned' });
    });
  });

  it('keeps asking about a place nobody confirmed, with the words it had before', () => {
    each((mark, outcome) => {
      const unconfirmed: Standing = {
        ...mark,
        state: 'waiting',
        outcome: 'changed',
        isPlaced: true,
        was: 'once',
        changedIn: 2,
      };
      expect(carryTarget(unconfirmed, outcome, to)).toMatchObject({
        state: 'waiting',
        was: 'once',
        changedIn: 2,
      });
    });
  });

  it('tells what the words were when they changed, and keeps that for later versions', () => {
    each((mark, outcome) => {
      const sure: Standing = { ...mark, state: 'settled', isPlaced: true };
      const { was, changedIn } = carryTarget(sure, outcome, to);
      if (outcome.kind === 'changed') expect([was, changedIn]).toEqual([mark.exact, 7]);
      else expect([was, changedIn]).toEqual([mark.was, mark.changedIn]);
    });
  });

  it('proposes every place the engine named, in its order', () => {
    each((mark, outcome) => {
      const { candidates } = carryTarget(mark, outcome, to);
      const named = 'span' in outcome ? [outcome] : outcome.candidates;
      expect(candidates).toEqual(named.map((one) => ({ ...one.span, score: one.score })));
    });
  });
});
