import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Floor = { minimum: string; because: string };
const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;
const floors = read<Record<string, Floor>>('./security-floors.json');
const lock = read<{ packages: Record<string, { version?: string }> }>('../package-lock.json').packages;

/** Every copy of a package that the lock file installs: its place and its version. */
function copiesOf(name: string): { place: string; version: string }[] {
  return Object.entries(lock)
    .filter(([place]) => place.endsWith(`node_modules/${name}`))
    .map(([place, { version = '' }]) => ({ place, version }));
}

/** Whether a version is at least another. One that is not released yet comes before its number. */
function isAtLeast(version: string, minimum: string): boolean {
  const numbers = (text: string) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number);
  const [have, need] = [numbers(version), numbers(minimum)];
  for (const [at, each] of need.entries()) {
    const mine = have[at] ?? 0;
    if (mine !== each) return mine > each;
  }
  return !version.includes('-');
}

describe('Packages with known holes', () => {
  it.each(Object.entries(floors))(
    '%s is installed in no version that has one',
    (name, { minimum, because }) => {
      const low = copiesOf(name).filter(({ version }) => !isAtLeast(version, minimum));
      expect(low, because).toEqual([]);
    },
  );

  it('are looked for under names that are installed', () => {
    const ours = [
      'next',
      'react',
      'next-auth',
      'ws',
      'undici',
      'prosemirror-view',
      'dompurify',
      'drizzle-orm',
    ];
    for (const name of ours) expect(copiesOf(name), name).not.toEqual([]);
  });

  it.each(['@y/websocket-server', 'ip', 'private-ip', 'jsonwebtoken', 'node-fetch'])(
    '%s is not installed at all',
    (name) => {
      expect(copiesOf(name)).toEqual([]);
    },
  );

  it('there is one yjs: documents of two copies do not mix', () => {
    expect(copiesOf('yjs').map(({ place }) => place)).toEqual(['node_modules/yjs']);
    expect(copiesOf('yjs')[0]?.version).toMatch(/^13\./);
  });

  it.each([
    ['16.4.6', '16.4.6', true],
    ['16.4.10', '16.4.6', true],
    ['17.0.0', '16.4.6', true],
    ['16.4.5', '16.4.6', false],
    ['16.4.6-canary.1', '16.4.6', false],
    ['16.5.0-canary.1', '16.4.6', true],
    ['8.9.9', '8.21.0', false],
  ])('counts %s at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});
