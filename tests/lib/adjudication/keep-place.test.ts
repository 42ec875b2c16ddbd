import { describe, expect, it } from 'vitest';
import { nextFrom, sameAs } from '@/lib/adjudication/keep-place';

const one = (key: string, start: number, end: number, marks: readonly string[] = [key]) => ({
  ...{ key, sourceId: 'report', start, end },
  codings: marks.map((annotationId) => ({ annotationId, coderId: 'ben', codeId: 'risk', start, end })),
});

describe('A place in a queue that is read anew', () => {
  it('is kept by its key, wherever it stands now', () => {
    const was = one('b', 10, 20);
    expect(sameAs([one('new', 12, 30), one('a', 0, 5), was], was)).toBe(was);
  });

  it('is where its codings went, when a coder marked more there', () => {
    const was = one('b', 10, 20, ['m1', 'm2']);
    const grown = one('c', 10, 40, ['m1', 'm2', 'm3']);
    expect(sameAs([one('x', 12, 14), grown], was)).toBe(grown);
  });

  it('is what overlaps it in the same source, when all was marked anew', () => {
    const was = one('b', 10, 20);
    const elsewhere = { ...one('x', 10, 20), sourceId: 'letter' };
    const over = one('c', 19, 25);
    expect(sameAs([elsewhere, one('y', 20, 30), over], was)).toBe(over);
    expect(sameAs([elsewhere, one('y', 20, 30)], was)).toBe(undefined);
  });

  it('that is gone gives way to the next that is not decided, from there on', () => {
    const queue = [one('a', 0, 1), one('b', 2, 3), one('c', 4, 5)];
    const decided = (...keys: string[]) => nextFrom(queue, 1, (key) => keys.includes(key))?.key;
    expect([decided(), decided('b'), decided('b', 'c'), decided('a', 'b', 'c')]).toEqual([
      'b',
      'c',
      'a',
      'b',
    ]);
    expect(nextFrom([], 3, () => false)).toBe(undefined);
  });
});
