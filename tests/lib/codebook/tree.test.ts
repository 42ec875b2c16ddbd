import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankBetween } from '@/lib/codebook/rank';
import {
  MOST_DEPTH,
  type Placed,
  pathTo,
  placeOf,
  type Step,
  standsAfter,
  stepOf,
  subtreeOf,
  treeOf,
} from '@/lib/codebook/tree';

type Tree = readonly Placed[];
const shape = (codes: Tree) => treeOf(codes).map(({ code, depth }) => `${'.'.repeat(depth)}${code.id}`);

function moved(codes: Tree, id: string, move: { parentId: string | null; after?: string | null }): Tree {
  const place = placeOf(codes, id, move);
  return 'fault' in place ? codes : codes.map((code) => (code.id === id ? { ...code, ...place } : code));
}

function grown(count: number): Tree {
  let codes: Tree = [];
  for (let nth = 0; nth < count; nth += 1) {
    const id = String.fromCharCode(97 + nth);
    codes = moved([...codes, { id, parentId: null, rank: '' }], id, { parentId: null });
  }
  return codes;
}

describe('Ranks', () => {
  it('are between their neighbours, whatever is put where, and never end in 0', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 200 }), (places) => {
        const ranks: string[] = [];
        for (const place of places) {
          const at = place % (ranks.length + 1);
          const rank = rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null);
          expect(rank.endsWith('0')).toBe(false);
          ranks.splice(at, 0, rank);
        }
        expect([...ranks].sort((a, b) => (a < b ? -1 : 1))).toEqual(ranks);
        expect(new Set(ranks).size).toBe(ranks.length);
      }),
      { numRuns: 300, seed: 20 },
    );
  });

  it('stay short for a long list that is added at its end', () => {
    let rank: string | null = null;
    for (let nth = 0; nth < 1_000; nth += 1) rank = rankBetween(rank, null);
    expect(rank?.length).toBeLessThan(40);
  });

  it('refuse neighbours that are not in order', () => {
    expect(() => rankBetween('b', 'a')).toThrow(RangeError);
  });
});

describe('The tree of codes', () => {
  it('keeps every code, has no circle and no two at one place, whatever is moved where', () => {
    const move = fc.tuple(fc.nat(11), fc.option(fc.nat(11)), fc.option(fc.nat(11)));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let codes = grown(12);
        for (const [which, under, after] of moves) {
          const id = (codes[which] as Placed).id;
          const parentId = under === null ? null : (codes[under] as Placed).id;
          codes = moved(codes, id, { parentId, after: after === null ? null : codes[after]?.id });
          expect(treeOf(codes)).toHaveLength(12);
          expect(new Set(codes.map((code) => `${code.parentId} ${code.rank}`)).size).toBe(12);
          for (const code of codes) {
            expect(code.parentId !== null && subtreeOf(codes, code.id).has(code.parentId)).toBe(false);
            expect(pathTo(codes, code.id).length).toBeLessThanOrEqual(MOST_DEPTH);
          }
        }
      }),
      { numRuns: 200, seed: 20 },
    );
  });

  it('is as it was when a move is taken back', () => {
    const codes = moved(moved(grown(5), 'b', { parentId: 'a' }), 'c', { parentId: 'a' });
    expect(shape(codes)).toEqual(['a', '.b', '.c', 'd', 'e']);
    const after = standsAfter(codes, 'c');
    const away = moved(codes, 'c', { parentId: 'e' });
    expect(shape(away)).toEqual(['a', '.b', 'd', 'e', '.c']);
    expect(shape(moved(away, 'c', { parentId: 'a', after }))).toEqual(shape(codes));
  });

  it('goes by steps of the keyboard', () => {
    let codes = grown(4);
    const go = (id: string, step: Step) => {
      const move = stepOf(codes, id, step);
      if (move !== null) codes = moved(codes, id, move);
      return shape(codes).join(' ');
    };
    expect(go('b', 'up')).toBe('b a c d');
    expect(go('b', 'up')).toBe('b a c d');
    expect(go('b', 'down')).toBe('a b c d');
    expect(go('b', 'in')).toBe('a .b c d');
    expect(go('c', 'in')).toBe('a .b .c d');
    expect(go('c', 'in')).toBe('a .b ..c d');
    expect(go('c', 'out')).toBe('a .b .c d');
    expect(go('b', 'out')).toBe('a .c b d');
    expect(go('d', 'down')).toBe('a .c b d');
  });

  it('says why a code can’t go somewhere', () => {
    const codes = moved(grown(3), 'b', { parentId: 'a' });
    expect(placeOf(codes, 'a', { parentId: 'b' })).toEqual({ fault: 'A code can’t stand below itself.' });
    expect(placeOf(codes, 'a', { parentId: 'gone' })).toHaveProperty('fault');
    let deep = grown(MOST_DEPTH + 1);
    for (let at = 1; at < MOST_DEPTH; at += 1)
      deep = moved(deep, (deep[at] as Placed).id, { parentId: (deep[at - 1] as Placed).id });
    expect(pathTo(deep, (deep[MOST_DEPTH - 1] as Placed).id)).toHaveLength(MOST_DEPTH);
    expect(
      placeOf(deep, (deep[MOST_DEPTH] as Placed).id, { parentId: (deep[MOST_DEPTH - 1] as Placed).id }),
    ).toEqual({ fault: `A codebook is at most ${MOST_DEPTH} levels deep.` });
  });
});
