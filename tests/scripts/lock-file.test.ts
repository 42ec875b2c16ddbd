import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Entry = { version: string; optionalDependencies?: Record<string, string>; resolved?: string };
const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const packages = (JSON.parse(text) as { packages: Record<string, Entry> }).packages;

/** Where Node would look for a package, from the one that asks for it outwards. */
function isLocked(from: string, name: string): boolean {
  const folders = from.split('/node_modules/');
  return folders.some((_, depth) => {
    const outer = folders.slice(0, folders.length - depth).join('/node_modules/');
    return `${outer}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
  });
}

test('the lock file names the packages of every platform, or npm ci refuses it', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

test('there is one yjs, because documents of two copies do not mix', () => {
  const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/yjs'));
  expect(copies).toEqual(['node_modules/yjs']);
  expect(packages['node_modules/yjs']?.version).toMatch(/^13\./);
});

test('the lock file ties nobody to one registry', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});
