import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf } from '@/lib/agreement/counts';
import { figuresOfCounts } from '@/lib/agreement/figures';
import { LiveAgreement } from '@/lib/agreement/live-agreement';
import { ratingsOf } from '@/lib/agreement/ratings-of';
import type { Scope } from '@/lib/agreement/scope';
import { UNIT_KINDS, type UnitKind } from '@/lib/agreement/sections';
import { SEED } from '@/tests/lib/anchoring/texts';
import { CODERS, SOURCES, someCoding } from './cases';

describe('Agreement that goes along while people code', () => {
  it.each(Object.keys(UNIT_KINDS) as UnitKind[])('is what computing all anew gives, by %s', (unit) => {
    const step = fc.oneof({ weight: 3, arbitrary: someCoding }, { weight: 1, arbitrary: fc.nat(100) });
    const code = fc.option(fc.constantFrom('cause', 'delay; long'), { nil: undefined });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), code, (steps, only) => {
        const scope: Scope = {
          unit,
          coders: CODERS,
          sources: SOURCES,
          ...(only !== undefined && { code: only }),
        };
        const live = new LiveAgreement(scope);
        const codings = [];
        for (const one of steps) {
          if (typeof one === 'object') {
            codings.push(one);
            live.add(one);
          } else if (codings.length > 0) {
            const [gone] = codings.splice(one % codings.length, 1);
            if (gone !== undefined) live.remove(gone);
          }
        }
        const anew = countsOf(ratingsOf(scope, codings));
        // To the last bit: counts are whole numbers, summed in one order.
        expect(figuresOfCounts(live.counts)).toEqual(figuresOfCounts(anew));
        for (const coding of codings) live.remove(coding);
        expect(figuresOfCounts(live.counts)).toEqual(figuresOfCounts(countsOf(ratingsOf(scope, []))));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it.each(Object.keys(UNIT_KINDS) as UnitKind[])(
    'refuses to take away what was never counted, and stays as it was: by %s',
    (unit) => {
      const there = { coder: 'ann', source: 'one', code: 'cause', start: 0, end: 4 };
      const live = new LiveAgreement({ unit, coders: CODERS, sources: SOURCES }, [there]);
      const before = figuresOfCounts(live.counts);
      // It begins where one is, and goes on where none is.
      const wrong = [
        { ...there, code: 'blame' },
        { ...there, coder: 'bea', end: 60 },
        { ...there, coder: 'ann', start: 60, end: 110 },
      ];
      // The whole source has the code already.
      for (const coding of unit === 'source' ? wrong.slice(0, 2) : wrong)
        expect(() => live.remove(coding)).toThrow(/not counted/);
      expect(figuresOfCounts(live.counts)).toEqual(before);
    },
  );
});

describe('The units of a text', () => {
  const unitsBy = (unit: UnitKind) =>
    ratingsOf({ unit, coders: ['ann', 'bea'], sources: SOURCES.slice(0, 1) }, [
      { coder: 'ann', source: 'one', code: 'cause', start: 17, end: 30 },
      { coder: 'ann', source: 'one', code: 'blame', start: 28, end: 30 },
      { coder: 'bea', source: 'one', code: 'cause', start: 17, end: 21 },
    ]).rows.map(({ unit: name, values, weight }) => [
      (SOURCES[0]?.text ?? '').slice(...(name.split(':')[1] ?? '').split('-').map(Number)),
      values.join(' | '),
      weight,
    ]);

  it('are sentences, coded when a mark touches them', () => {
    expect(unitsBy('sentence').map(([words, values]) => [words, values])).toEqual([
      ['The bridge was closed.', 'cause | cause'],
      ['Nobody said why!', 'blame; cause | '],
      ['Dr. Lund, who knew, was away.', ' | '],
      ['The town votes in May.', ' | '],
      ['It has waited long.', ' | '],
      ['It will wait.', ' | '],
    ]);
  });

  it('are paragraphs; a line of stars is none', () => {
    expect(unitsBy('paragraph').map(([words, values]) => [String(words).slice(0, 10), values])).toEqual([
      ['The bridge', 'blame; cause | cause'],
      ['The town v', ' | '],
      ['It will wa', ' | '],
    ]);
  });

  it('are the passages that anybody marked, and what each coder made of them', () => {
    expect(unitsBy('passage').map(([, values]) => values)).toEqual([' | cause', 'cause | ', 'blame | ']);
  });

  it('are runs of characters between any two ends of marks, as heavy as they are long', () => {
    expect(unitsBy('character').map(([, values, weight]) => [values, weight])).toEqual([
      [' | ', 17],
      ['cause | cause', 4],
      ['cause | ', 7],
      ['blame; cause | ', 2],
      [' | ', (SOURCES[0]?.text.length ?? 0) - 30],
    ]);
  });

  it('are missing for coders who were not to code the source', () => {
    const { rows } = ratingsOf({ unit: 'source', coders: CODERS, sources: SOURCES.slice(0, 2) }, []);
    expect(rows.map(({ values }) => values)).toEqual([
      ['', '', '', ''],
      ['', '', '', null],
    ]);
  });
});
