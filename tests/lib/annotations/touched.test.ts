import { describe, expect, it } from 'vitest';
import { isTouched } from '@/lib/annotations/touched';

const placed = { state: 'settled', isPlaced: true } as const;
const unplaced = { state: 'waiting', isPlaced: false } as const;
const orphan = { state: 'orphan', isPlaced: false } as const;

describe('A version touches a mark', () => {
  it.each([
    ['that stands where it stood', placed, 'same', 'settled', null, false],
    ['that moved with its text', placed, 'moved', 'settled', null, false],
    ['whose words it changed a little', placed, 'changed', 'settled', 3, true],
    ['whose words it changed much', placed, 'changed', 'waiting', 3, true],
    [
      'whose words an earlier one changed, and nobody has looked yet',
      { state: 'waiting', isPlaced: true } as const,
      'changed',
      'waiting',
      2,
      false,
    ],
    ['whose passage it took away', placed, 'lost', 'waiting', null, true],
    ['that may stand in several places now', placed, 'ambiguous', 'waiting', null, true],
    ['whose passage an earlier one took away', unplaced, 'lost', 'waiting', null, false],
    ['that is found again with other words', unplaced, 'changed', 'waiting', 3, true],
    ['whose passage a person said is gone', orphan, 'lost', 'orphan', null, false],
    [
      'whose passage a person said is gone, and that is there again',
      orphan,
      'ambiguous',
      'waiting',
      null,
      true,
    ],
  ] as const)('%s', (_, before, outcome, state, changedIn, expected) => {
    expect(isTouched(before, { version: 3, outcome, state, changedIn })).toBe(expected);
  });
});
