import { describe, expect, it } from 'vitest';
import { NO_ROBOTS, readRobots } from '@/server/watch/read-robots';

const SITE = 'https://example.org';
const robots = (...lines: string[]) => readRobots(`${SITE}/robots.txt`, lines.join('\n'));

describe("A site's robots.txt", () => {
  it.each<[string, string[], string, boolean]>([
    ['says nothing', [], '/a', true],
    ['allows with an empty rule', ['User-agent: *', 'Disallow:'], '/a', true],
    ['closes all', ['User-agent: *', 'Disallow: /'], '/a', false],
    ['closes all to others only', ['User-agent: Other', 'Disallow: /'], '/a', true],
    ['closes all to us, whatever the case', ['user-AGENT: gLOSS', 'disALLOW: /'], '/a', false],
    [
      'opens to us what it closes to all',
      ['User-agent: *', 'Disallow: /', '', 'User-agent: Gloss', 'Disallow: /x'],
      '/a',
      true,
    ],
    ['names us with a version', ['User-agent: Gloss/2.0', 'Disallow: /'], '/a', false],
    ['names somebody whose name begins like ours', ['User-agent: Glossary', 'Disallow: /'], '/a', true],
    [
      'names us among others',
      ['User-agent: One', 'User-agent: Gloss', 'User-agent: Two', 'Disallow: /'],
      '/a',
      false,
    ],
    [
      'has a sitemap between two names',
      ['User-agent: Gloss', 'Sitemap: /s', 'User-agent: Two', 'Disallow: /'],
      '/a',
      false,
    ],
    [
      'has our group twice',
      [
        'User-agent: Gloss',
        'Disallow: /a',
        'User-agent: X',
        'Disallow: /',
        'User-agent: Gloss',
        'Disallow: /b',
      ],
      '/b',
      false,
    ],
    ['has a longer rule that allows', ['User-agent: *', 'Disallow: /a', 'Allow: /a/b'], '/a/b/c', true],
    ['has rules of one length', ['User-agent: *', 'Disallow: /a', 'Allow: /a'], '/a', true],
    ['has a wildcard', ['User-agent: *', 'Disallow: /*/print'], '/2026/print', false],
    ['closes an ending', ['User-agent: *', 'Disallow: /*.php$'], '/a.php', false],
    ['closes an ending that is none', ['User-agent: *', 'Disallow: /*.php$'], '/a.php?b', true],
    ['closes what is asked for', ['User-agent: *', 'Disallow: /*?print='], '/a?print=1', false],
    ['closes a name with other letters', ['User-agent: *', 'Disallow: /ö'], '/%C3%B6', false],
    ['has a comment behind a rule', ['User-agent: * # all', 'Disallow: /a # this'], '/a', false],
    ['begins with rules of nobody', ['Disallow: /'], '/a', true],
    ['is a page', ['<!doctype html>', '<p>Disallow: /</p>'], '/a', true],
  ])('%s', (_, lines, path, allowed) => {
    expect(robots(...lines).allows(SITE + path)).toBe(allowed);
  });

  it('may ask for time between two requests, up to an hour', () => {
    expect(robots('User-agent: *', 'Crawl-delay: 7').delayMs).toBe(7_000);
    expect(robots('User-agent: *', 'Crawl-delay: 1e9').delayMs).toBe(3_600_000);
    expect(robots('User-agent: *', 'Crawl-delay: -1').delayMs).toBe(0);
    expect(robots('User-agent: *', 'Crawl-delay: soon').delayMs).toBe(0);
    expect(robots('User-agent: Other', 'Crawl-delay: 7').delayMs).toBe(0);
  });

  it('that is not there allows all', () => {
    expect(NO_ROBOTS.allows(`${SITE}/a`)).toBe(true);
  });

  it('made to hold us up is read in no time, and where it cannot be tried it allows nothing', () => {
    const started = performance.now();
    const names = 'User-agent: a1\n'.repeat(15_000) + 'Disallow: /x\n'.repeat(15_000);
    expect(robots(names).allows(`${SITE}/x`)).toBe(true);
    const mixed = 'User-agent: Gloss\nUser-agent: a\n'.repeat(7_000) + 'Disallow: /x\n'.repeat(15_000);
    expect(robots(mixed).allows(`${SITE}/y`)).toBe(true);
    const stars = `User-agent: *\nDisallow: ${'*/a'.repeat(160_000)}`;
    expect(robots(stars).allows(`${SITE}/${'a/'.repeat(3_900)}`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
