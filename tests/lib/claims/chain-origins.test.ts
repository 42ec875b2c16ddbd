import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainLink } from '@/lib/annotations/quote';
import { chainLinks, originOfQuote } from '@/lib/claims/chain-origins';
import { originsOf } from '@/lib/claims/origins';

const link = (over: Partial<ChainLink>): ChainLink => ({
  role: 'document',
  label: '',
  sourceId: null,
  speakerId: null,
  ...over,
});
const through = (label: string) => originOfQuote({ chain: [link({ label })] });
const counted = (evidence: Parameters<typeof chainLinks>[0]) => {
  const links = chainLinks(evidence);
  return originsOf(
    evidence.map(({ sourceId }) => sourceId),
    links,
  );
};

describe('The origin of a quote', () => {
  it('is the first link of its chain, the same document by either article and letter case', () => {
    expect(through('A draft report')?.key).toBe(through('the  draft report')?.key);
    expect(through('A draft report')?.key).not.toBe(through('a final report')?.key);
    const chain = [link({ role: 'source', sourceId: 'other' }), link({ label: 'later' })];
    expect(originOfQuote({ chain })?.key).toBe('other');
    expect(originOfQuote({ chain: [link({ speakerId: 's', label: 'X' })] })).toEqual({
      key: 'speaker:s',
      label: '',
    });
    expect(originOfQuote({ chain: [] })).toBeNull();
    expect(originOfQuote(null)).toBeNull();
  });

  it('makes one of four sources that quote from one draft', () => {
    const evidence = ['a', 'b', 'c', 'd'].map((sourceId) => ({
      sourceId,
      origin: through('the draft report'),
    }));
    const { sources, roots, origins } = counted(evidence);
    expect([sources, roots.length]).toEqual([4, 1]);
    expect(origins).toEqual([['document:draft report']]);
  });

  it('is the source it names, which may be evidence itself', () => {
    const evidence = [
      { sourceId: 'a', origin: { key: 'b', label: '' } },
      { sourceId: 'b', origin: null },
    ];
    expect(counted(evidence).roots).toEqual([['a', 'b']]);
  });

  it('does not take away from a source what it says by itself', () => {
    const evidence = [
      { sourceId: 'a', origin: through('the draft') },
      { sourceId: 'a', origin: null },
      { sourceId: 'b', origin: through('the draft') },
    ];
    expect(counted(evidence).roots).toEqual([['a'], ['b']]);
  });

  it('never makes more origins than sources, and never more of them than there are without chains', () => {
    const evidence = fc.array(
      fc.record({
        sourceId: fc.constantFrom('a', 'b', 'c', 'd'),
        origin: fc.option(fc.constantFrom(...['a', 'b', 'x', 'y'].map((key) => ({ key, label: key }))), {
          nil: null,
        }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(evidence, (given) => {
        const { sources, roots } = counted(given);
        expect(roots.length).toBeLessThanOrEqual(sources);
        expect(roots.flat().sort()).toEqual([...new Set(given.map(({ sourceId }) => sourceId))].sort());
      }),
    );
  });
});
