import { describe, expect, it } from 'vitest';
import { amount, QUOTAS, type Quota, readLimit, roomIn, roomWords } from '@/lib/projects/usage';

const used = (what: Quota, used: number, of: number, isWhole = true) => ({
  ...{ what, used, of, isWhole },
  room: roomIn({ used, of }),
});

describe('The room of a project', () => {
  it.each([
    [0, 10, 'room'],
    [7, 10, 'room'],
    [8, 10, 'near'],
    [9, 10, 'near'],
    [10, 10, 'full'],
    [12, 10, 'full'],
    [0, 0, 'full'],
  ])('of %i used of %i is told as %s', (used, of, told) => {
    expect(roomIn({ used, of })).toBe(told);
  });

  it('is not spoken of while there is enough', () => {
    for (const what of QUOTAS) expect(roomWords(used(what, 79, 100))).toBeNull();
  });

  it('is told in words before it is used up, with how much is left', () => {
    expect(roomWords(used('sources', 9_100, 10_000))).toBe(
      '9,100 of the 10,000 sources that this project may hold are used; there is room for 900 more.',
    );
    expect(roomWords(used('file-bytes', 17.5e9, 20e9))).toMatch(
      /^17\.5 GB of the 20 GB of files .* 2\.5 GB more/,
    );
  });

  it('is told to who may not see all of it as little, and not as how much', () => {
    const seen = { ...used('sources', 12, 10_000, false), room: 'near' as const };
    expect(roomWords(seen)).toBe(
      'This project may hold 10,000 sources, and most of that is used; its owners see how much room is left.',
    );
    expect(roomWords({ ...seen, room: 'room' })).toBeNull();
    expect(roomWords({ ...seen, room: 'full' })).toMatch(
      /^This project holds all the 10,000 sources it may\./,
    );
  });

  it('that is used up is told with what can be done', () => {
    for (const what of QUOTAS) expect(roomWords(used(what, 100, 100))).toMatch(/ask whoever runs this Gloss/);
    expect(roomWords(used('notes', 1, 1))).toMatch(/^This project holds the 1 note it may\./);
  });

  it.each([
    ['500', 500],
    ['20GB', 20e9],
    ['1.5 MB', 1_500_000],
    ['3kB', 3_000],
    ['0', 0],
    ['default', null],
    ['-1', undefined],
    ['many', undefined],
    ['', undefined],
    ['1e9', undefined],
  ])('written as “%s” by an operator is read as %s', (written, read) => {
    expect(readLimit(written)).toBe(read);
  });

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [3_400_000_000, '3.4 GB'],
  ])('in bytes (%i) is written as %s', (bytes, written) => {
    expect(amount('file-bytes', bytes)).toBe(written);
  });
});
