import { describe, expect, it } from 'vitest';
import { keysFor } from '@/components/workspace/use-code-keys';

const codes = (ids: string) => [...ids].map((id) => ({ id }));
const used = (counts: Record<string, number>) => new Map(Object.entries(counts));

describe('The number keys', () => {
  it('are given to the nine most used codes, then in the order of the tree', () => {
    expect(keysFor([], codes('abcdefghijk'), used({ k: 5, c: 9 })).join('')).toBe('ckabdefgh');
    expect(keysFor([], codes('ab'), used({})).slice(0, 3)).toEqual(['a', 'b', undefined]);
  });

  it('keep their codes while the counts change, and give a free key to another code', () => {
    const first = keysFor([], codes('abcdefghijk'), used({ c: 9 }));
    expect(keysFor(first, codes('abcdefghijk'), used({ k: 100 }))).toEqual(first);
    expect(first.join('')).toBe('cabdefghi');
    expect(keysFor(first, codes('abdefghijk'), used({ k: 100 })).join('')).toBe('kabdefghi');
  });
});
