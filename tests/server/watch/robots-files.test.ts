import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRobotsFiles } from '@/server/watch/robots-files';
import { type Site, startSite } from '@/tests/support/sites';

const CLOSED = 'User-agent: *\nDisallow: /closed';
let site: Site;
let asked: string[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  site = await startSite((request, response) => {
    asked.push(request.url ?? '');
    answer(response);
  });
});
beforeEach(() => {
  asked = [];
  answer = (response) => response.end(CLOSED);
});
afterAll(() => site.close());

const at = (path: string) => new URL(`http://${site.host}${path}`);
const files = (now?: () => number) => createRobotsFiles({ testHosts: [site.host] }, now);

describe("Sites' robots.txt", () => {
  it('is asked once a day, whatever page it is about', async () => {
    let now = 0;
    const robots = files(() => now);
    expect((await robots.of(at('/a'))).allows(at('/a').href)).toBe(true);
    now = 86_399_000;
    expect((await robots.of(at('/closed'))).allows(at('/closed').href)).toBe(false);
    expect(asked).toEqual(['/robots.txt']);
    now = 86_401_000;
    answer = (response) => response.end('');
    expect((await robots.of(at('/closed'))).allows(at('/closed').href)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it.each([401, 403, 404, 410])('answered with %s is none: all is allowed', async (status) => {
    answer = (response) => response.writeHead(status).end(CLOSED);
    expect((await files().of(at('/closed'))).allows(at('/closed').href)).toBe(true);
  });

  it('that redirects for ever is none', async () => {
    answer = (response) => response.writeHead(302, { location: '/robots.txt' }).end();
    expect((await files().of(at('/closed'))).allows(at('/closed').href)).toBe(true);
    expect(asked).toHaveLength(6);
  });

  it.each([429, 500, 503])('answered with %s allows nothing for now, and is asked again', async (status) => {
    const robots = files();
    answer = (response) => response.writeHead(status).end();
    await expect(robots.of(at('/a'))).rejects.toMatchObject({ code: 'unavailable' });
    answer = (response) => response.end(CLOSED);
    expect((await robots.of(at('/a'))).allows(at('/a').href)).toBe(true);
  });

  it('of a site that breaks the connection allows nothing for now', async () => {
    answer = (response) => response.destroy();
    await expect(files().of(at('/a'))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('that is very long counts as far as it is read', async () => {
    answer = (response) => response.end(`${CLOSED}\n${'#'.repeat(600_000)}\nDisallow: /`);
    const robots = await files().of(at('/a'));
    expect(robots.allows(at('/closed').href)).toBe(false);
    expect(robots.allows(at('/a').href)).toBe(true);
  });
});
