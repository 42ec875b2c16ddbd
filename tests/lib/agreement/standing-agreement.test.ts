import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, type DatedCoding } from '@/lib/agreement/agreement-of';
import { finish } from '@/lib/agreement/bootstrap';
import type { Scope } from '@/lib/agreement/scope';
import { UNIT_KINDS, type UnitKind } from '@/lib/agreement/sections';
import { StandingAgreement } from '@/lib/agreement/standing-agreement';
import { SEED } from '@/tests/lib/anchoring/texts';
import { CODERS, SOURCES, someCoding } from './cases';

/** One of a few marks with its new codings: one coder and place, and each of its codes once. */
const someStep = fc
  .record({ mark: fc.nat(12), coding: someCoding, codes: fc.subarray(['cause', 'blame', 'delay; long']) })
  .map(({ mark, coding: { coder, source, start, end }, codes }) => ({
    annotationId: `mark ${mark}`,
    codings: codes.map(
      (codeId): DatedCoding => ({
        ...{ annotationId: `mark ${mark}`, coderId: coder, sourceId: source, codeId, start, end },
        day: '2026-01-01',
      }),
    ),
  }));

describe('What a pass gets at once, kept while people code', () => {
  it.each(Object.keys(UNIT_KINDS) as UnitKind[])('is what computing all anew gives, by %s', (unit) => {
    const code = fc.option(fc.constantFrom('cause', 'delay; long'), { nil: undefined, freq: 3 });
    const among = fc.subarray([...SOURCES], { minLength: 1 });
    fc.assert(
      fc.property(fc.array(someStep, { maxLength: 40 }), code, among, (steps, only, sources) => {
        const scope: Scope = { unit, coders: CODERS, sources, ...(only !== undefined && { code: only }) };
        const standing = new StandingAgreement(scope);
        const marks = new Map<string, readonly DatedCoding[]>();
        const isAsAnew = () => {
          const codings = [...marks.values()].flat();
          expect(standing.answer()).toEqual(finish(agreementOf({ scope, codings, whole: false })));
          // Whatever the order they are read in.
          const turned = { scope, codings: codings.toReversed(), whole: false };
          expect(standing.answer()).toEqual(finish(agreementOf(turned)));
        };
        for (const [at, { annotationId, codings }] of steps.entries()) {
          standing.set(annotationId, codings);
          marks.set(annotationId, codings);
          if (at % 8 === 0) isAsAnew();
        }
        isAsAnew();
        for (const annotationId of marks.keys()) standing.set(annotationId, []);
        expect(standing.answer()).toEqual(finish(agreementOf({ scope, codings: [], whole: false })));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
