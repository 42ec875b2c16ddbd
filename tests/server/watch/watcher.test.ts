import '@/tests/support/test-environment';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteMember, updateMemberRole } from '@/db/members';
import { sourceWatches, watchHosts } from '@/db/schema/watches';
import type { Notice } from '@/lib/notices/notice';
import type { SourceWatch } from '@/lib/sources/watch';
import { storeSource } from '@/server/sources';
import { createWatcher, type Watcher, type WatcherOptions } from '@/server/watch/watcher';
import { addProject, ask, call, grantOf } from '@/tests/support/instance';
import { allow, fromPage, type Newspaper, openNewspaper, pageOf, tagged } from '@/tests/support/newspaper';
import { annotator, database, owner } from '@/tests/support/one-source';
import { until } from '@/tests/support/socket';
import { edited, FIRST } from '@/tests/support/versioned-source';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const QUOTE = '“We found no records of the third contract,” the auditor said';
const SECOND = edited(FIRST, ['We found no records', 'We found few records']);

let paper: Newspaper;
let other: Newspaper;
let now: number;
const watchers: Watcher[] = [];

beforeAll(async () => {
  [paper, other] = [await openNewspaper(), await openNewspaper()];
  allow(paper, other);
});
beforeEach(() => {
  now = Date.now() + 1_000;
  for (const one of [paper, other]) {
    one.requests.length = 0;
    one.robots = null;
    one.publish('/a', FIRST);
    one.publish('/b', FIRST);
  }
});
afterEach(async () => {
  for (const watcher of watchers.splice(0)) await watcher.stop();
  await database.db.delete(sourceWatches);
  await database.db.delete(watchHosts);
});
afterAll(() => Promise.all([paper.close(), other.close()]));

function watcherOf(options: WatcherOptions = {}): Watcher {
  const watcher = createWatcher({ now: () => new Date(now), random: () => 0.5, ...options });
  watchers.push(watcher);
  return watcher;
}

const projectOf = () => addProject(database, owner, { annotator });

/** A watched source from a page of the paper, with the requests of its import forgotten. */
async function watched(
  path = '/a',
  { on = paper, every = 'day', ...more }: { on?: Newspaper; every?: string; trimAt?: number } = {},
) {
  const place = await fromPage(await projectOf(), owner, on.url(path), more);
  await place.watch(every);
  // It is due by the server's clock, which went on meanwhile.
  now = Math.max(now, Date.now() + 1_000);
  on.requests.length = 0;
  return place;
}

const noticesOf = async (person: typeof owner, projectId: string) =>
  (await ask<{ items: Notice[] }>('notice.list', person)).items.filter(
    ({ project }) => project.id === projectId,
  );

describe('A page that is read otherwise than by an older program', () => {
  const MENU = 'More from the harbour desk';
  const framed =
    (text: string, clock = '9:00') =>
    (_: unknown, response: ServerResponse) =>
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(
          pageOf(text).replace(
            '</article>',
            `</article><footer><p>${MENU}</p><p>It is ${clock}.</p></footer>`,
          ),
        );

  /** A watched source as a program kept it that took what stands around for the article. */
  async function kept() {
    const projectId = await projectOf();
    const text = `Report\n\n${FIRST}\n\n${MENU}`;
    const origin = { how: 'url', finalUrl: paper.url('/a'), responseHeaders: {} } as const;
    const html = `<h1>Report</h1>${[...FIRST.split('\n\n'), MENU].map((one) => `<p>${one}</p>`).join('')}`;
    const about = { byline: null, siteName: null, publishedAt: null, language: 'en', canonicalUrl: null };
    const article = { ...about, title: 'Report', url: paper.url('/a'), text, html };
    const { id } = await storeSource(await grantOf(owner, projectId), article, undefined, origin);
    const params = { projectId, sourceId: id };
    await ask('source-watch.set', owner, { params, body: { every: 'day' } });
    now = Math.max(now, Date.now() + 1_000);
    return {
      look: async () => {
        now += 2 * DAY;
        await watcherOf().lookOnce();
        const { lastResult } = await ask<SourceWatch>('source-watch.get', owner, { params });
        const { items } = await ask<{ items: unknown[] }>('source-version.list', owner, { params });
        return [lastResult, items.length];
      },
    };
  }

  it('makes no version as long as its words are there, and one when they are edited', async () => {
    paper.publish('/a', framed(FIRST));
    const { look } = await kept();
    expect(await look()).toEqual(['unchanged', 1]);
    // What stands around changes; the article does not.
    paper.publish('/a', framed(FIRST, '10:00'));
    expect(await look()).toEqual(['unchanged', 1]);
    paper.publish('/a', framed(SECOND, '11:00'));
    expect(await look()).toEqual(['changed', 2]);
  });

  it('makes one when words of its article are gone from it, or stand in another order', async () => {
    const [first = '', ...others] = FIRST.split('\n\n');
    for (const text of [others.join('\n\n'), [...others, first].join('\n\n')]) {
      paper.publish('/a', framed(text));
      expect(await (await kept()).look()).toEqual(['changed', 2]);
    }
  });
});

describe('A page that is edited in silence', () => {
  it('gives a new version, made by whoever watches, and tells the one whose quote changed, with what it said', async () => {
    const place = await watched();
    const quote = await place.mark(QUOTE, annotator);
    await place.mark('The ministry denied that any contract was missing', owner);
    paper.publish('/a', SECOND);
    expect(await watcherOf().lookOnce()).toBe(1);
    expect(await place.versions()).toMatchObject([
      { version: 2, how: 'url', finalUrl: paper.url('/a'), createdBy: { id: owner.userId } },
      { version: 1 },
    ]);
    expect(await place.watched()).toMatchObject({ lastResult: 'changed', failures: 0, stopped: null });
    expect(await noticesOf(annotator, place.projectId)).toMatchObject([
      {
        kind: 'source-changed',
        source: { id: place.source.id, title: place.source.title },
        version: 2,
        touched: 1,
        seen: null,
        annotations: [
          {
            id: quote.id,
            own: true,
            motivation: 'quoting',
            outcome: 'changed',
            was: QUOTE,
            now: QUOTE.replace('no records', 'few records'),
          },
        ],
      },
    ]);
    expect(await noticesOf(owner, place.projectId)).toEqual([]);
  });

  it('is told also to whoever watches: it was not they who brought it in', async () => {
    const place = await watched();
    const quote = await place.mark(QUOTE, owner);
    paper.publish('/a', SECOND);
    await watcherOf().lookOnce();
    expect(await noticesOf(owner, place.projectId)).toMatchObject([
      { annotations: [{ id: quote.id, own: true }] },
    ]);
  });

  it('is looked at again after the interval, and gives no second version', async () => {
    const place = await watched();
    const watcher = watcherOf();
    paper.publish('/a', SECOND);
    await watcher.lookOnce();
    const { nextCheck } = await place.watched();
    expect(Date.parse(nextCheck ?? '') - now).toBe(DAY * 1.05);
    now += DAY;
    expect(await watcher.lookOnce()).toBe(0);
    now += DAY * 0.05;
    expect(await watcher.lookOnce()).toBe(1);
    expect(await place.versions()).toHaveLength(2);
    expect(await place.watched()).toMatchObject({ lastResult: 'unchanged' });
  });

  it('is another version each time it changes, back to what it was too', async () => {
    const place = await watched();
    const watcher = watcherOf();
    for (const text of [SECOND, FIRST]) {
      paper.publish('/a', text);
      expect(await watcher.lookOnce()).toBe(1);
      now += 2 * DAY;
    }
    expect(await place.versions()).toHaveLength(3);
  });
});

describe('A page that did not change', () => {
  it('is asked for conditionally, from the first look on, and costs no more than a 304', async () => {
    paper.publish('/a', tagged(FIRST, '"1"'));
    const place = await watched();
    const watcher = watcherOf();
    await watcher.lookOnce();
    expect(await place.watched()).toMatchObject({ lastResult: 'unchanged' });
    paper.publish('/a', tagged(SECOND, '"2"'));
    now += 2 * DAY;
    await watcher.lookOnce();
    now += 2 * DAY;
    await watcher.lookOnce();
    const page = paper.requests.filter(({ path }) => path === '/a');
    expect(page.map(({ headers }) => headers['if-none-match'])).toEqual(['"1"', '"1"', '"2"']);
    expect(await place.watched()).toMatchObject({ lastResult: 'unchanged' });
    expect(await place.versions()).toHaveLength(2);
  });

  it('is read whole once a week: some sites say untruly that nothing changed', async () => {
    paper.publish('/a', tagged(FIRST, '"always"'));
    const place = await watched();
    const watcher = watcherOf();
    paper.publish('/a', tagged(SECOND, '"always"'));
    await watcher.lookOnce();
    expect(await place.versions()).toHaveLength(1);
    now += 7 * DAY;
    await watcher.lookOnce();
    expect(await place.versions()).toHaveLength(2);
  });

  it('is not brought in again over what people corrected', async () => {
    const place = await watched();
    const at = place.source.text.length - 10;
    await place.make({ correction: { start: at, end: at + 1, text: '#' }, version: 1 });
    await watcherOf().lookOnce();
    expect(await place.watched()).toMatchObject({ lastResult: 'unchanged' });
    expect(await place.versions()).toMatchObject([{ version: 2, how: 'correction' }, { version: 1 }]);
  });

  it('has its furniture left out as when it was brought in, also from the next version', async () => {
    // Nothing that is known to be furniture: whoever brought it in cut it off by hand.
    const rest = (word: string) =>
      `\n\nThe harbour in numbers\n\n${word} ships came in on a day of last year.`;
    paper.publish('/a', FIRST + rest('Ten'));
    const whole = await fromPage(await projectOf(), owner, paper.url('/a'));
    const trimAt = whole.source.text.length - rest('Ten').length;
    const place = await watched('/a', { trimAt });
    const watcher = watcherOf();
    paper.publish('/a', FIRST + rest('Eleven'));
    await watcher.lookOnce();
    expect(await place.watched()).toMatchObject({ lastResult: 'unchanged' });
    paper.publish('/a', `${SECOND}\n\nCorrection: it was not the third contract.${rest('Twelve')}`);
    now += 2 * DAY;
    await watcher.lookOnce();
    paper.publish('/a', `${SECOND}\n\nCorrection: it was not the third contract.${rest('Thirteen')}`);
    now += 2 * DAY;
    await watcher.lookOnce();
    expect(await place.versions()).toHaveLength(2);
    const text = await (await call('source.text', owner, place.inside({ params: place.params }))).text();
    expect(text).toMatch(/few records[\s\S]*not the third contract\.$/);
  });

  it('is only remembered at the first look when its text was pasted', async () => {
    const body = { title: 'Report', text: 'The report in our own words.', url: paper.url('/a') };
    const projectId = await projectOf();
    const source = await ask<{ id: string }>('source.create', owner, { params: { projectId }, body });
    const inside = { params: { projectId, sourceId: source.id } };
    await ask('source-watch.set', owner, { ...inside, body: { every: 'hour' } });
    now = Math.max(now, Date.now() + 1_000);
    await watcherOf().lookOnce();
    expect(await ask('source-watch.get', owner, inside)).toMatchObject({ lastResult: 'unchanged' });
    expect((await ask<{ items: unknown[] }>('source-version.list', owner, inside)).items).toHaveLength(1);
  });
});

describe('A watch is polite', () => {
  it('says who asks, and leaves alone what robots.txt closes: it stops, and says what to do', async () => {
    paper.robots = (_, response) => response.end('User-agent: Gloss\nDisallow: /a');
    const place = await watched();
    await watcherOf().lookOnce();
    expect(paper.requests.map(({ path, headers }) => [path, headers['user-agent']])).toEqual([
      ['/robots.txt', 'Mozilla/5.0 (compatible; Gloss; source watch)'],
    ]);
    const watch = await place.watched();
    expect(watch).toMatchObject({
      nextCheck: null,
      lastResult: 'disallowed',
      stopped: { because: 'disallowed', advice: expect.stringContaining('robots.txt') },
    });
    const [last] = (await place.events()).slice(-1);
    expect(last).toMatchObject({
      actor: { id: null },
      happening: { type: 'source.watch-stopped', subject: { id: place.source.id, revision: 2 } },
    });
    now += 30 * DAY;
    expect(await watcherOf().lookOnce()).toBe(0);
    // Whoever was let in by the site since sets it going again.
    paper.robots = null;
    expect(await place.watch('hour')).toMatchObject({ stopped: null, failures: 0, revision: 3 });
    now += 30 * DAY;
    expect(await watcherOf().lookOnce()).toBe(1);
  });

  it('asks the robots.txt of each site that a redirect leads to', async () => {
    const place = await watched();
    paper.publish('/a', (_, response) => response.writeHead(302, { location: other.url('/b') }).end());
    other.robots = (_, response) => response.end('User-agent: *\nDisallow: /');
    await watcherOf().lookOnce();
    expect(other.asked()).toEqual([]);
    expect(await place.watched()).toMatchObject({ stopped: { because: 'disallowed' } });
  });

  it('waits as long as the site asks, and twice as long with each failure, and forgets them when it succeeds', async () => {
    const place = await watched('/a', { every: 'hour' });
    const watcher = watcherOf({ random: () => 0 });
    const waitAfter = async (answer: Parameters<Newspaper['publish']>[1]) => {
      paper.publish('/a', answer);
      expect(await watcher.lookOnce()).toBe(1);
      const watch = await place.watched();
      const wait = Date.parse(watch.nextCheck ?? '') - now;
      now += wait;
      return { wait, result: watch.lastResult, failures: watch.failures };
    };
    expect(await waitAfter((_, response) => response.writeHead(500).end())).toEqual({
      wait: 2 * HOUR,
      result: 'busy',
      failures: 1,
    });
    expect(
      await waitAfter((_, response) => response.writeHead(503, { 'retry-after': '86400' }).end()),
    ).toMatchObject({ wait: DAY, failures: 2 });
    expect(await waitAfter((_, response) => response.destroy())).toMatchObject({
      wait: 8 * HOUR,
      failures: 3,
    });
    paper.robots = (_, response) => response.writeHead(500).end();
    now += DAY;
    expect(await waitAfter(FIRST)).toMatchObject({ result: 'busy', failures: 4 });
    paper.robots = null;
    expect(await waitAfter(FIRST)).toEqual({ wait: HOUR, result: 'unchanged', failures: 0 });
  });

  it.each([
    ['gone', (_, response) => response.writeHead(410).end()],
    ['refused', (_, response) => response.writeHead(403).end()],
    ['unreadable', (_, response) => response.setHeader('content-type', 'application/zip').end('PK')],
    ['other-page', 'Just a moment. Your browser is being checked.'],
  ] as [string, Parameters<Newspaper['publish']>[1]][])(
    'stops when the page is found %s three times in a row, and makes no version of it',
    async (because, answer) => {
      const place = await watched('/a', { every: 'hour' });
      await place.mark(QUOTE, annotator);
      paper.publish('/a', answer);
      for (let nth = 1; nth <= 3; nth++) {
        expect((await place.watched()).stopped).toBeNull();
        expect(await watcherOf().lookOnce()).toBe(1);
        now += 30 * DAY;
      }
      expect(await place.watched()).toMatchObject({ stopped: { because }, lastResult: because });
      expect(await place.versions()).toHaveLength(1);
      expect(await noticesOf(annotator, place.projectId)).toEqual([]);
    },
  );

  it('asks one site one thing at a time, with a pause between, and others meanwhile', async () => {
    const places = [await watched('/a'), await watched('/b'), await watched('/a', { on: other })];
    const [first, second] = [watcherOf(), watcherOf()];
    expect(await Promise.all([first.lookOnce(), second.lookOnce()])).toEqual(
      expect.arrayContaining([expect.any(Number)]),
    );
    expect(paper.asked()).toHaveLength(1);
    expect(other.asked()).toHaveLength(1);
    now += 9_000;
    expect(await first.lookOnce()).toBe(0);
    now += 2_000;
    expect(await first.lookOnce()).toBe(1);
    expect(paper.asked().sort()).toEqual(['/a', '/b']);
    for (const place of places) expect(await place.watched()).toMatchObject({ lastResult: 'unchanged' });
  });

  it('leaves as much time between as robots.txt asks for', async () => {
    paper.robots = (_, response) => response.end('User-agent: *\nCrawl-delay: 60');
    await watched('/a');
    await watched('/b');
    const watcher = watcherOf();
    expect(await watcher.lookOnce()).toBe(1);
    now += 59_000;
    expect(await watcher.lookOnce()).toBe(0);
    now += 2_000;
    expect(await watcher.lookOnce()).toBe(1);
  });
});

describe('Several processes', () => {
  it('look at one page once', async () => {
    await watched();
    const all = Array.from({ length: 6 }, () => watcherOf());
    const looks = await Promise.all(all.map((watcher) => watcher.lookOnce()));
    expect(looks.reduce((sum, one) => sum + one)).toBe(1);
    expect(paper.asked()).toEqual(['/a']);
  });

  it('take over what another took and never finished, whose late result no longer counts', async () => {
    const place = await watched();
    let letGo = () => {};
    paper.publish('/a', (_, response) => {
      letGo = () => response.setHeader('content-type', 'text/html').end('<p>Late');
    });
    const killed = watcherOf({ leaseMs: 60_000 });
    const late = killed.lookOnce();
    await until(() => paper.asked().length === 1);
    const successor = watcherOf({ leaseMs: 60_000 });
    now += 59_000;
    expect(await successor.lookOnce()).toBe(0);
    now += 2_000;
    paper.publish('/a', SECOND);
    expect(await successor.lookOnce()).toBe(1);
    const after = await place.watched();
    expect(after).toMatchObject({ lastResult: 'changed' });
    letGo();
    await late;
    expect(await place.watched()).toEqual(after);
    expect(await place.versions()).toHaveLength(2);
  });

  it('that stop give back what they were looking at, and it is due at once', async () => {
    const place = await watched();
    paper.publish('/a', () => undefined);
    const stopping = watcherOf();
    const broken = stopping.lookOnce();
    await until(() => paper.asked().length === 1);
    await stopping.stop();
    await broken;
    expect(await place.watched()).toMatchObject({ lastChecked: null, failures: 0 });
    paper.publish('/a', FIRST);
    now += 11_000;
    expect(await watcherOf().lookOnce()).toBe(1);
  });
});

describe('A watch that is set anew or ended while its page is looked at', () => {
  it('goes by what was set, not by what the look came to', async () => {
    const [place, gone] = [await watched('/a'), await watched('/a', { on: other })];
    const letGo: (() => void)[] = [];
    for (const one of [paper, other])
      one.publish('/a', (_, response) => {
        letGo.push(() => response.writeHead(410).end());
      });
    const looks = watcherOf().lookOnce();
    await until(() => letGo.length === 2);
    const set = await place.watch('week');
    await ask('source-watch.remove', owner, gone.inside({ params: gone.params }));
    for (const go of letGo) go();
    expect(await looks).toBe(2);
    expect(await place.watched()).toEqual(set);
    expect((await call('source-watch.get', owner, gone.inside({ params: gone.params }))).status).toBe(404);
  });
});

describe('A watch acts for whoever set it up', () => {
  it('and, while an embargo keeps them from the source, for whoever protects it; they are told nothing', async () => {
    const place = await watched();
    const asEditor = place.inside({ body: { userId: annotator.userId, role: 'editor' } });
    await ask('member.update', owner, asEditor);
    await place.watch('day', annotator);
    await place.mark(QUOTE, annotator);
    const protect = (until: number, visibleTo: string[] = []) => {
      const body = { embargoUntil: new Date(until).toISOString(), visibleTo };
      return ask('source-protection.set', owner, place.inside({ params: place.params, body }));
    };
    await protect(Date.now() + DAY, [annotator.userId]);
    expect(await place.watched()).toMatchObject({ creator: { id: annotator.userId } });
    await protect(Date.now() + DAY);
    expect(await place.watched()).toMatchObject({ creator: { id: owner.userId } });
    paper.publish('/a', SECOND);
    now += 2 * DAY;
    expect(await watcherOf().lookOnce()).toBe(1);
    expect(await place.versions()).toMatchObject([{ version: 2, createdBy: { id: owner.userId } }, {}]);
    expect(await noticesOf(annotator, place.projectId)).toEqual([]);
    for (const id of ['source-watch.get', 'source-watch.set', 'source-watch.remove'] as const) {
      const given = place.inside({ params: place.params, body: { every: 'day' } });
      expect((await call(id, annotator, given)).status, id).toBe(404);
    }
  });

  it('and, where they may not read a passage of it, for whoever protects that', async () => {
    const place = await watched();
    const asEditor = place.inside({ body: { userId: annotator.userId, role: 'editor' } });
    await ask('member.update', owner, asEditor);
    await place.watch('day', annotator);
    const body = { version: 1, start: 0, end: 8 };
    await ask('protected-passage.create', owner, place.inside({ params: place.params, body }));
    expect(await place.watched()).toMatchObject({ creator: { id: owner.userId } });
    for (const id of ['source-watch.set', 'source-watch.remove'] as const) {
      const given = place.inside({ params: place.params, body: { every: 'day' } });
      expect((await call(id, annotator, given)).status, id).toBe(403);
    }
    paper.publish('/a', SECOND);
    now += 2 * DAY;
    expect(await watcherOf().lookOnce()).toBe(1);
    expect(await place.versions()).toMatchObject([{ version: 2, createdBy: { id: owner.userId } }, {}]);
  });

  it.each([
    ['left the project', 'leave'],
    ['may only read by now', 'demote'],
  ])('and stops, asking nothing of the site, when they %s', async (_, what) => {
    const place = await watched();
    await ask('member.update', owner, place.inside({ body: { userId: annotator.userId, role: 'editor' } }));
    await place.watch('day', annotator);
    now += 2 * DAY;
    const grant = grantOf(owner, place.projectId);
    if (what === 'leave') await deleteMember(database.db, grant, annotator.userId);
    else await updateMemberRole(database.db, grant, annotator.userId, 'reader');
    expect(await watcherOf().lookOnce()).toBe(1);
    expect(paper.requests).toEqual([]);
    expect(await place.watched()).toMatchObject({
      creator: { id: annotator.userId },
      stopped: { because: 'no-right' },
    });
  });

  it('and asks nothing for a source or a project that was deleted', async () => {
    const [source, project] = [await watched('/a'), await watched('/a', { on: other })];
    await ask('source.delete', owner, source.inside({ params: source.params }));
    await ask('project.delete', owner, project.inside());
    expect(await watcherOf().lookOnce()).toBe(0);
  });
});

describe('A watcher that was started', () => {
  it('looks by itself, again and again, until it is stopped', async () => {
    const place = await watched('/a', { every: 'hour' });
    const watcher = watcherOf({ gapMs: 1 });
    watcher.start(5);
    await until(async () => (await place.watched()).lastResult === 'unchanged');
    paper.publish('/a', SECOND);
    now += DAY;
    await until(async () => (await place.watched()).lastResult === 'changed');
    await watcher.stop();
    const asked = paper.asked().length;
    now += DAY;
    expect(await watcher.lookOnce()).toBe(0);
    expect(paper.asked()).toHaveLength(asked);
  });
});
