import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts } from '@/lib/anchoring/compare';
import { differencesOf } from '@/lib/anchoring/differences';
import { prose, SEED } from './texts';

function read(old: string, now: string): string[] {
  return differencesOf(compareTexts(old, now)).map((one) => {
    const words =
      'new' in one ? now.slice(one.new.start, one.new.end) : old.slice(one.old.start, one.old.end);
    return `${one.kind}: ${words}`;
  });
}

describe('The differences of two versions', () => {
  it('tells what was removed before what stands in its place', () => {
    expect(read('The minister said no.', 'The office said no.')).toEqual([
      'same: The',
      'removed: minister',
      'added: office',
      'same: said no',
    ]);
  });

  it('begins an added sentence where the sentence begins', () => {
    expect(read('The cat sat. The dog ran.', 'The cat sat. The bird flew. The dog ran.')).toEqual([
      'same: The cat sat',
      'added: The bird flew',
      'same: The dog ran',
    ]);
  });

  it('tells a paragraph that moved once, where it is now', () => {
    const one = 'Harbour pilots refuse night crossings in the narrow strait.';
    const two = 'The council met on Tuesday and adjourned after an hour without any vote being taken at all.';
    expect(read(`${one}\n\n${two}`, `${two}\n\n${one}`)).toEqual([
      `same: ${two.slice(0, -1)}`,
      `moved: ${one.slice(0, -1)}`,
    ]);
  });

  it('has nothing to tell of two texts without words', () => {
    expect(read('', '—')).toEqual([]);
    expect(read('gone', '')).toEqual(['removed: gone']);
  });

  it('accounts for every word of both texts exactly once', () => {
    fc.assert(
      fc.property(prose, prose, fc.nat(), (one, two, number) => {
        const cut = number % one.length;
        for (const now of [two, one.slice(cut) + two, one.slice(cut) + one.slice(0, cut)]) {
          const comparison = compareTexts(one, now);
          const seen = {
            old: new Uint8Array(comparison.old.count),
            new: new Uint8Array(comparison.new.count),
          };
          for (const difference of differencesOf(comparison)) {
            for (const side of ['old', 'new'] as const) {
              const span =
                side in difference
                  ? (difference as Record<typeof side, { start: number; end: number }>)[side]
                  : null;
              const { starts, count } = comparison[side];
              for (let at = 0; span !== null && at < count; at += 1) {
                const start = starts[at] as number;
                if (start >= span.start && start < span.end) (seen[side][at] as number) += 1;
              }
            }
          }
          expect([...seen.old, ...seen.new].every((times) => times === 1)).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
