import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const FOLDERS = ['server/sources', 'lib/sources'];
const LITERAL =
  /(?<=[(,=:]\s{0,20}|\[|return )\/(?![*/])((?:\\.|\[(?:\\.|[^\]\n\\])+\]|[^/\n\\[])+)\/([dgimsuvy]*)/g;
const LENGTH = 100_000;
const MOST_MS = 50;

type Found = { readonly file: string; readonly source: string; readonly flags: string };

const found: Found[] = FOLDERS.flatMap((folder) => {
  const path = fileURLToPath(new URL(`../../../${folder}`, import.meta.url));
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...readFileSync(`${path}/${name}`, 'utf8').matchAll(LITERAL)].map(([, source = '', flags = '']) => ({
        file: `${folder}/${name}`,
        source,
        flags,
      })),
    );
});

/** Texts that make a careless pattern go back again and again: its own words, and what fills its gaps, over and over. */
function adversaries(source: string): string[] {
  const words = source
    .replace(/\\[a-zA-Z](?:\{[^}]*\})?|\{[\d,]+\}|\(\?[:=!<]+|\[(?:\\.|[^\]])*\]/g, '\n')
    .split(/[\n|()?*+^$.\\]+/)
    .filter((word) => word !== '')
    .slice(0, 40);
  const seeds = [
    ...[
      'a',
      ' ',
      '\n',
      '\t',
      '0',
      '<',
      '<!--',
      '-',
      '.',
      '=',
      '"',
      ':',
      '\u00a0',
      '漢',
      '👩',
      '©',
      'a ',
      ' \n',
      'a-',
      '0:',
    ],
    ...[
      '<meta ',
      '<p ',
      '<!doctype ',
      '\ud800',
      'a.',
      '2026-01-01T',
      ...words,
      ...words.map((word) => `${word} `),
    ],
  ];
  const texts = seeds.map((seed) => seed.repeat(Math.ceil(LENGTH / seed.length)).slice(0, LENGTH));
  // A beginning that fits and an end that does not is where going back starts.
  return [...texts, ...texts.map((text) => `${words.join(' ')} ${text}\u0001`)];
}

describe('every regexp that reads untrusted text', () => {
  it('is found by this test', () => {
    expect(found.length).toBeGreaterThan(60);
    expect(found.filter(({ file }) => file.endsWith('furniture.ts')).length).toBeGreaterThan(20);
  });

  it.each(found)(
    'is through with 100 KB of the worst in under 50 ms of CPU: $file $source',
    ({ source, flags }) => {
      for (const text of adversaries(source)) {
        const pattern = new RegExp(source, flags);
        const before = process.cpuUsage();
        if (pattern.global) text.replace(pattern, '');
        else pattern.test(text);
        const { user } = process.cpuUsage(before);
        expect(user / 1_000, JSON.stringify(text.slice(0, 40))).toBeLessThan(MOST_MS);
      }
    },
  );
});
