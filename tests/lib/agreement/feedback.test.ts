import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackOf } from '@/lib/agreement/feedback';

const WHO = { coderId: 'me', expertId: 'expert' };
let marks = 0;
const coding = (coderId: string, codeId: string, start: number, end: number) => {
  marks += 1;
  return { annotationId: `mark ${marks}`, sourceId: 'source', coderId, codeId, start, end };
};

describe('What a coder learns from an expert', () => {
  it('says what is the same, where ends or codes differ, and what either marked alone', () => {
    const found = feedbackOf(
      [
        ...[coding('me', 'a', 0, 10), coding('expert', 'a', 0, 10)],
        ...[coding('me', 'a', 20, 30), coding('expert', 'a', 20, 34)],
        ...[coding('me', 'a', 40, 50), coding('expert', 'b', 40, 50)],
        ...[coding('me', 'b', 60, 70), coding('expert', 'b', 80, 90), coding('expert', 'a', 100, 110)],
        coding('somebody else', 'a', 0, 200),
      ],
      WHO,
    );
    expect(found).toMatchObject({ same: 1, boundary: 1, code: 1, alone: 1, missed: 2 });
    // Both gave 10 + 10 characters the same code; one gave 40 a code, the other 54.
    expect(found.f1).toBeCloseTo((2 * 20) / (40 + 54), 6);
  });

  it('has no figure where neither marked anything, and none in common where only one did', () => {
    expect(feedbackOf([], WHO)).toEqual({ same: 0, boundary: 0, code: 0, alone: 0, missed: 0, f1: null });
    expect(feedbackOf([coding('expert', 'a', 0, 10)], WHO)).toMatchObject({ missed: 1, alone: 0, f1: 0 });
  });

  it('counts every coding of the two once, and is turned round when they are', () => {
    const some = fc.array(
      fc.record({
        coder: fc.constantFrom('me', 'expert'),
        code: fc.constantFrom('a', 'b'),
        start: fc.integer({ min: 0, max: 60 }),
        long: fc.integer({ min: 1, max: 20 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(some, (drawn) => {
        const codings = drawn.map(({ coder, code, start, long }) => coding(coder, code, start, start + long));
        const one = feedbackOf(codings, WHO);
        const other = feedbackOf(codings, { coderId: 'expert', expertId: 'me' });
        expect([other.same, other.boundary, other.code, other.f1]).toEqual([
          one.same,
          one.boundary,
          one.code,
          one.f1,
        ]);
        expect([other.alone, other.missed]).toEqual([one.missed, one.alone]);
      }),
      { seed: 20261127 },
    );
  });
});
