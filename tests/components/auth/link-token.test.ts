import { describe, expect, it } from 'vitest';
import { tokenIn } from '@/components/auth/link-token';

describe('the secret of a link', () => {
  it.each([
    [{ hash: '#abc', search: '' }, 'abc'],
    [{ hash: '', search: '?token=abc' }, 'abc'],
    [{ hash: '#abc', search: '?token=other' }, 'abc'],
    [{ hash: '#', search: '' }, ''],
    [{ hash: '', search: '' }, ''],
  ])('in %j is %j', (location, token) => {
    expect(tokenIn(location)).toBe(token);
  });
});
