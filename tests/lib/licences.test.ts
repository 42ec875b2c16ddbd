import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMet, Lock, licencesOf } from '@/lib/licences/licence';

/** Licences under which a part may be used and handed on with Gloss, whatever Gloss itself is under. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
  // Of fonts, which stay what they are.
  'OFL-1.1',
  // Of single files (lightningcss), which are not changed.
  'MPL-2.0',
]);

/** What is allowed for one package alone, and why. */
const EXCEPTIONS: readonly { name: RegExp; licence: RegExp; because: string }[] = [
  {
    name: /^@img\/sharp-/,
    licence: /LGPL-3\.0-or-later/,
    because:
      'a library beside the program that anybody may replace; Next brings it, and no image is ever made with it',
  },
  { name: /^caniuse-lite$/, licence: /^CC-BY-4\.0$/, because: 'a table of browsers, named here' },
];

const packages = licencesOf(Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8'))));

describe('Licences', () => {
  it('of all that the program is made of allow to hand it on', () => {
    const refused = packages.filter(
      ({ name, licence }) =>
        licence === null ||
        !(
          isMet(licence, ALLOWED) ||
          EXCEPTIONS.some((one) => one.name.test(name) && one.licence.test(licence))
        ),
    );
    expect(packages.length).toBeGreaterThan(200);
    expect(refused).toEqual([]);
  });

  it('that are allowed are all in use', () => {
    const all = packages.map(({ licence }) => licence).join(' ');
    expect(
      [...ALLOWED].filter((one) => !new RegExp(`(^|[ (])${one.replaceAll('.', '\\.')}($|[ )])`).test(all)),
    ).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(GPL-3.0-only OR AGPL-3.0-only)', false],
    ['Apache-2.0 AND LGPL-3.0-or-later', false],
    ['(MIT AND Zlib)', true],
    ['SEE LICENSE IN LICENSE.md', false],
  ])('%s can be met: %s', (expression, met) => {
    expect(isMet(expression, ALLOWED)).toBe(met);
  });
});
