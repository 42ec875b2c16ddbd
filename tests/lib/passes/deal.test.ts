import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deal } from '@/lib/passes/deal';

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, nth) => `${prefix}${nth}`);

const given = fc
  .record({ sources: fc.nat(30), coders: fc.nat(8), perSource: fc.integer({ min: 1, max: 10 }) })
  .map(({ sources, coders, perSource }) => ({
    sourceIds: ids('s', sources),
    coderIds: ids('c', coders),
    perSource,
  }));

const loads = (coderIds: readonly string[], dealt: readonly { coderId: string }[]) =>
  coderIds.map((id) => dealt.filter(({ coderId }) => coderId === id).length);

describe('Dealing sources out', () => {
  it('gives each source to so many different coders, or to all there are', () => {
    fc.assert(
      fc.property(given, ({ sourceIds, coderIds, perSource }) => {
        const dealt = deal(sourceIds, coderIds, perSource);
        for (const sourceId of sourceIds) {
          const of = dealt.filter((one) => one.sourceId === sourceId).map(({ coderId }) => coderId);
          expect(of.length).toBe(Math.min(perSource, coderIds.length));
          expect(new Set(of).size).toBe(of.length);
        }
      }),
    );
  });

  it('gives every coder as much as any other, give or take one', () => {
    fc.assert(
      fc.property(given, ({ sourceIds, coderIds, perSource }) => {
        fc.pre(coderIds.length > 0);
        const all = loads(coderIds, deal(sourceIds, coderIds, perSource));
        expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keeps what is dealt already and adds nothing when it is called again', () => {
    fc.assert(
      fc.property(given, ({ sourceIds, coderIds, perSource }) => {
        const dealt = deal(sourceIds, coderIds, perSource);
        expect(deal(sourceIds, coderIds, perSource, dealt)).toEqual([]);
      }),
    );
  });

  it('fills up first whoever has least', () => {
    const held = [
      { sourceId: 's0', coderId: 'c0' },
      { sourceId: 's1', coderId: 'c0' },
    ];
    const added = deal(['s0', 's1', 's2', 's3'], ['c0', 'c1'], 1, held);
    expect(added).toEqual([
      { sourceId: 's2', coderId: 'c1' },
      { sourceId: 's3', coderId: 'c1' },
    ]);
  });
});
