import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OriginLink, originsOf } from '@/lib/claims/origins';

/** `'b>a c>a'`: b and c derive from a. */
const links = (words: string): OriginLink[] =>
  words
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [sourceId = '', originId = ''] = word.split('>');
      return { sourceId, originId };
    });
const count = (sources: string, of: string) => originsOf([...sources], links(of));

describe('Independent origins', () => {
  it.each([
    ['nobody said anything about', 'abc', '', [['a'], ['b'], ['c']]],
    ['that cite one report which is not among them', 'bcde', 'b>a c>a d>a e>a', [['b', 'c', 'd', 'e']]],
    ['that cite one report which is among them', 'abc', 'b>a c>a', [['a', 'b', 'c']]],
    ['of which one cites another over a third', 'ac', 'c>b b>a', [['a', 'c']]],
    [
      'of two reports',
      'abcd',
      'b>a d>c',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['none', '', 'b>a', []],
  ])('of sources %s are counted once each', (_, sources, of, roots) => {
    const found = count(sources, of);
    expect(found.roots).toEqual(roots);
    expect(found.sources).toBe(sources.length);
    expect(found.cycles).toEqual([]);
  });

  it('are named by the sources that they come down to', () => {
    expect(count('bcd', 'b>a c>a').origins).toEqual([['a'], ['d']]);
  });

  it('are not more for an article that draws on two reports, which counts as one alone', () => {
    expect(count('abc', 'c>a c>b').roots).toEqual([['a', 'c'], ['b']]);
    expect(count('c', 'c>a c>b').roots).toEqual([['c']]);
    // Two that each draw on a report of their own stay two when a third draws on both.
    expect(count('cde', 'c>a d>b e>a e>b').roots).toHaveLength(2);
  });

  it('are one for sources of which each shares something with one report in the middle', () => {
    expect(count('xyz', 'x>a x>m y>b y>m z>m z>c').roots).toEqual([['x', 'y', 'z']]);
  });

  it('call out a circle, which is one origin when it leads nowhere else', () => {
    const found = count('abcd', 'a>b b>c c>a d>a');
    expect(found.roots).toEqual([['a', 'b', 'c', 'd']]);
    expect(found.origins).toEqual([['a', 'b', 'c']]);
    expect(found.cycles).toEqual([['a', 'b', 'c']]);
  });

  it('call out a circle that leads on to a root, and count the root', () => {
    const found = count('abd', 'a>b b>a b>r d>r');
    expect(found).toMatchObject({ roots: [['a', 'b', 'd']], origins: [['r']], cycles: [['a', 'b']] });
  });

  it('leave out circles that have nothing to do with these sources', () => {
    expect(count('a', 'x>y y>x x>a')).toMatchObject({ roots: [['a']], cycles: [] });
  });

  it('are found in a chain of ten thousand sources, and in links as entangled as a project may have', () => {
    const chain = Array.from({ length: 10_000 }, (_, at) => `s${at}>s${at + 1}`).join(' ');
    expect(originsOf(['s0', 's5000'], links(chain)).origins).toEqual([['s10000']]);
    const knot = Array.from({ length: 60 }, (_, at) =>
      Array.from({ length: 8 }, (__, nth) => `a${at}>r${(at * 7 + nth * nth * 5) % 40}`).join(' '),
    ).join(' ');
    const began = performance.now();
    const found = originsOf(
      Array.from({ length: 60 }, (_, at) => `a${at}`),
      links(knot),
    );
    expect(found.roots.flat()).toHaveLength(60);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

const NAMES = [...'abcdefg'];
const graph = fc.record({
  sources: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }),
  links: fc
    .uniqueArray(fc.record({ sourceId: fc.constantFrom(...NAMES), originId: fc.constantFrom(...NAMES) }), {
      selector: ({ sourceId, originId }) => sourceId + originId,
      maxLength: 14,
    })
    .map((all) => all.filter(({ sourceId, originId }) => sourceId !== originId)),
});

/** Whether a chain of links leads from one source to another, by trying all. */
function leads(all: readonly OriginLink[]): (from: string, to: string) => boolean {
  const known = new Set(all.map(({ sourceId, originId }) => sourceId + originId));
  for (const by of NAMES)
    for (const from of NAMES)
      for (const to of NAMES) if (known.has(from + by) && known.has(by + to)) known.add(from + to);
  return (from, to) => known.has(from + to);
}

/** The roots of a source, each by its first member, said as plainly as can be. */
function rootsOf(source: string, all: readonly OriginLink[]): string[] {
  const to = leads(all);
  const above = NAMES.filter((one) => one === source || to(source, one));
  const last = above.filter((one) => NAMES.every((next) => !to(one, next) || to(next, one)));
  return [
    ...new Set(last.map((one) => NAMES.find((twin) => twin === one || (to(one, twin) && to(twin, one))))),
  ].flatMap((one) => one ?? []);
}

/** The least number of roots that every source has one of, by trying every set of names. */
function leastOf(sources: readonly string[], all: readonly OriginLink[]): number {
  const wanted = sources.map((source) => rootsOf(source, all));
  let least = NAMES.length;
  for (let bits = 0; bits < 2 ** NAMES.length; bits++) {
    const set = NAMES.filter((_, at) => bits & (1 << at));
    if (set.length < least && wanted.every((roots) => roots.some((root) => set.includes(root))))
      least = set.length;
  }
  return least;
}

describe('Whatever derives from whatever', () => {
  it('the origins are as few as can be, and every source stands under one that it comes from', () => {
    fc.assert(
      fc.property(graph, ({ sources, links: all }) => {
        const { roots, origins, sources: counted } = originsOf(sources, all);
        expect(counted).toBe(sources.length);
        expect(roots).toHaveLength(leastOf(sources, all));
        expect(roots.flat().sort()).toEqual([...sources].sort());
        for (const [at, group] of roots.entries())
          for (const source of group) expect(rootsOf(source, all)).toContain(origins[at]?.[0]);
      }),
      { seed: 18, numRuns: 400 },
    );
  });

  it('the circles are those that lead back to themselves among what the sources come from', () => {
    fc.assert(
      fc.property(graph, ({ sources, links: all }) => {
        const to = leads(all);
        const above = NAMES.filter((one) => sources.some((source) => source === one || to(source, one)));
        const inOne = above.filter((one) => to(one, one));
        const { cycles } = originsOf(sources, all);
        expect(cycles.flat().sort()).toEqual(inOne);
        for (const circle of cycles)
          for (const a of circle) for (const b of circle) expect(to(a, b)).toBe(true);
      }),
      { seed: 19, numRuns: 400 },
    );
  });

  it('another source never makes them fewer, nor more than one more; the order of what is given does not count', () => {
    fc.assert(
      fc.property(graph, fc.constantFrom(...NAMES), ({ sources, links: all }, more) => {
        const before = originsOf(sources, all);
        const after = originsOf([...sources, more], all).roots.length;
        expect(after).toBeGreaterThanOrEqual(before.roots.length);
        expect(after).toBeLessThanOrEqual(before.roots.length + 1);
        expect(originsOf([...sources, ...sources].reverse(), [...all].reverse())).toEqual(before);
      }),
      { seed: 20, numRuns: 300 },
    );
  });
});
