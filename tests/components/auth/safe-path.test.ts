import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePath } from '@/components/auth/safe-path';

describe('the path to go to after signing in', () => {
  it.each([
    ['/projects/1/sources/2?annotation=3#x', '/projects/1/sources/2?annotation=3#x'],
    ['/account', '/account'],
    ['/invitations#secret', '/invitations#secret'],
  ])('keeps a path of this site: %s', (to, expected) => {
    expect(safePath(to)).toBe(expected);
  });

  it.each([
    undefined,
    null,
    '',
    'projects',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/sign-in?to=/sign-in',
    '/api/auth/signout',
  ])('falls back for %j', (to) => {
    expect(safePath(to)).toBe('/projects');
  });

  it('never leaves the site, whatever it is given', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '\t',
      '\n',
      '@',
      ':',
      'evil.example',
      '?',
      '#',
      '%2f',
      'a',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const path = safePath(`/${pieces.join('')}`);
        expect(new URL(path, 'https://gloss.example').origin).toBe('https://gloss.example');
        expect(safePath(path)).toBe(path);
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });
});
