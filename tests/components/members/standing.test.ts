import { describe, expect, it } from 'vitest';
import { standing } from '@/components/members/standing';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const open = { revoked: null, uses: 0, maxUses: 2, expires: '2026-06-15T12:00:01Z' };

describe('an invitation link', () => {
  it.each([
    ['open', {}],
    ['used-up', { uses: 2 }],
    ['expired', { expires: '2026-06-15T12:00:00Z' }],
    ['revoked', { revoked: '2026-06-01T00:00:00Z', uses: 2 }],
  ] as const)('is %s', (expected, change) => {
    expect(standing({ ...open, ...change }, NOW)).toBe(expected);
  });
});
