import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import NUMBERS from './asvs-numbers.json' with { type: 'json' };

const page = readFileSync('docs/asvs.md', 'utf8');
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) +\| ([12]) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, number = '', level = '', asks = '', holds = '', by = '']) => ({ number, level, asks, holds, by }),
);
const HOLDS = ['yes', 'in part', 'no', 'operator', 'not used'];

describe('The page of the ASVS', () => {
  it.each(['1', '2'] as const)('has a row for each number of level %s, and no other', (level) => {
    const listed = rows.filter((row) => row.level === level).map(({ number }) => number);
    expect(listed).toEqual(NUMBERS[level]);
  });

  it('says of each what it asks, whether that holds, and by what', () => {
    expect(rows).toHaveLength(253);
    expect(rows.filter(({ holds }) => !HOLDS.includes(holds))).toEqual([]);
    expect(rows.filter(({ asks, by }) => asks.length < 5 || by.length < 5)).toEqual([]);
    // What does not hold, or not wholly, is said in words, not by a test alone.
    const words = (by: string) => by.replaceAll(/`[^`]*`|[,;. ]/g, '');
    const bare = rows.filter(({ holds, by }) => holds !== 'yes' && words(by).length < 6);
    expect(bare.map(({ number }) => number)).toEqual([]);
  });

  it('names no file that is not there', () => {
    const named = [
      ...page.matchAll(/`((?:tests|docs|lib|server|components)\/[\w./-]+|\.env\.example)`/g),
    ].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(150);
    expect([...new Set(named)].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('counts its rows right', () => {
    const counted = HOLDS.map((holds) => rows.filter((row) => row.holds === holds).length);
    const [yes, part, no, operator, unused] = counted;
    expect(page).toContain(
      `Of 253: ${yes} yes, ${part} in part, ${no} no, ${operator} the operator's, ${unused} not used.`,
    );
  });
});
