import { describe, expect, it } from 'vitest';
import { isTouched } from '@/lib/annotations/touched';

const exact = 'no records';
const placed = { state: 'settled', isPlaced: true, exact } as const;
const asked = { state: 'waiting', isPlaced: true, exact } as const;
const unplaced = { state: 'waiting', isPlaced: false, exact } as const;
const orphan = { state: 'orphan', isPlaced: false, exact } as const;

describe('A version touches a mark', () => {
  it.each([
    ['that stands where it stood', placed, 'same', 'settled', exact, false],
    ['that moved with its text', placed, 'moved', 'settled', exact, false],
    ['whose words it changed a little', placed, 'changed', 'settled', 'no record', true],
    ['whose words it changed much', placed, 'changed', 'waiting', 'few papers', true],
    [
      'whose words an earlier one changed, with nobody having looked',
      asked,
      'changed',
      'waiting',
      exact,
      false,
    ],
    ['whose words it changed after an earlier one had', asked, 'changed', 'waiting', 'few papers', true],
    ['whose passage it took away', placed, 'lost', 'waiting', null, true],
    ['that may stand in several places now', placed, 'ambiguous', 'waiting', null, true],
    ['whose passage an earlier one took away', unplaced, 'lost', 'waiting', null, false],
    ['that is found again with other words', unplaced, 'changed', 'waiting', 'few papers', true],
    ['whose passage a person said is gone', orphan, 'lost', 'orphan', null, false],
    ['whose passage a person said is gone, and is there again', orphan, 'ambiguous', 'waiting', null, true],
  ] as const)('%s', (_, before, outcome, state, words, expected) => {
    const place =
      words === null ? null : { start: 0, end: words.length, exact: words, prefix: '', suffix: '' };
    expect(isTouched(before, { outcome, state, place })).toBe(expected);
  });
});
