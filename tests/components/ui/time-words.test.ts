import { describe, expect, it } from 'vitest';
import { timeWords } from '@/components/ui/time-words';

const NOW = new Date(2026, 5, 15, 12, 0).getTime();
const MINUTE = 60_000;

describe('a moment in words', () => {
  it.each([
    [-20_000, 'just now'],
    [20_000, 'just now'],
    [-3 * MINUTE, '3 minutes ago'],
    [-90 * MINUTE, '1 hour ago'],
    [-24 * 60 * MINUTE, 'yesterday'],
    [-3 * 24 * 60 * MINUTE, '3 days ago'],
    [6 * 24 * 60 * MINUTE, 'in 6 days'],
    [-30 * 24 * 60 * MINUTE, '16 May'],
    [-365 * 24 * 60 * MINUTE, '15 Jun 2025'],
  ])('%i ms away is "%s"', (away, expected) => {
    expect(timeWords(NOW + away, NOW)).toBe(expected);
  });
});
