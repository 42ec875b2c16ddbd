import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGES = ['docs/security.md', 'docs/reliability.md', 'docs/running.md', 'docs/asvs.md'];

describe('The pages for whoever keeps an instance', () => {
  it.each(PAGES)('%s names no file and no test that is not there', (page) => {
    const text = readFileSync(page, 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, to = '']) => join(dirname(page), to));
    const tests = [...text.matchAll(/`(tests\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(links.length + tests.length).toBeGreaterThan(3);
    expect([...links, ...tests].filter((path) => !existsSync(path))).toEqual([]);
  });
});
