import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Source } from '@/lib/sources/source';
import type { SourceVersion, SourceVersionMade } from '@/lib/sources/version';
import { ask, call, handlerOf, headersOf, ORIGIN } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-source';
import { type Site, startSite } from '@/tests/support/sites';
import { desk, FIRST, type Page } from '@/tests/support/versioned-source';

let site: Site;
let said = 'The first wording of the article stood here for a day.';

beforeAll(async () => {
  site = await startSite((request, response) => {
    if (request.url === '/old') return void response.writeHead(301, { location: '/article' }).end();
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        etag: '"abc"',
        'last-modified': 'Mon, 02 Mar 2026 10:00:00 GMT',
        'set-cookie': 'secret=1',
      })
      .end(`<title>Article</title><article><p>${FIRST.slice(0, 200)}</p><p>${said}</p></article>`);
  });
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: site.host });
});
afterAll(async () => {
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: '' });
  await site.close();
});

const versionsOf = async (sourceId: string) =>
  (await ask<Page<SourceVersion>>('source-version.list', owner, { params: { projectId, sourceId } })).items;

describe('Fetching a source again', () => {
  it('keeps where it was found, how its answer began, and the mark that was made', async () => {
    const body = { url: `http://${site.host}/old` };
    const source = await ask<Source>('source.create', owner, { params: { projectId }, body });
    const params = { projectId, sourceId: source.id };
    const kept = {
      how: 'url',
      finalUrl: `http://${site.host}/article`,
      responseHeaders: {
        'content-type': 'text/html; charset=utf-8',
        etag: '"abc"',
        'last-modified': 'Mon, 02 Mar 2026 10:00:00 GMT',
        date: expect.any(String),
      },
    };
    expect((await versionsOf(source.id))[0]).toMatchObject({ version: 1, ...kept });
    const mark = await ask<Annotation>('annotation.create', owner, {
      params,
      body: {
        sourceId: source.id,
        motivation: 'highlighting',
        selector: [{ type: 'TextQuoteSelector', exact: said }],
      },
    });
    const again = await call('source-version.create', owner, { params, body: {} });
    expect([again.status, ((await again.json()) as SourceVersionMade).made]).toEqual([200, false]);
    said = `Since then it was put right. ${said}`;
    const made = await ask<SourceVersionMade>('source-version.create', owner, { params, body: {} });
    expect(made).toMatchObject({ version: 2, report: { same: 1 }, outcomes: [{ annotationId: mark.id }] });
    const versions = await versionsOf(source.id);
    expect(versions[0]).toMatchObject({ version: 2, ...kept });
    expect(Object.keys(versions[0]?.responseHeaders ?? {}).sort()).toEqual([
      'content-type',
      'date',
      'etag',
      'last-modified',
    ]);
    const elsewhere = { url: `http://${site.host}/moved` };
    said = `${said} And again.`;
    await ask('source-version.create', owner, { params, body: elsewhere });
    expect((await ask<Source>('source.get', owner, { params })).url).toBe(elsewhere.url);
  });

  it('leaves everything as it was when the page is gone', async () => {
    const place = await desk();
    const response = await place.tryMake({ url: 'http://127.0.0.1:1/' });
    expect(response.status).toBe(400);
    expect(await place.versions()).toHaveLength(1);
  });
});

describe('A file as a new version', () => {
  it('is read by what is in it, and may name the version it follows', async () => {
    const source = await ask<Source>('source.create', owner, {
      params: { projectId },
      body: { title: 'Report', text: FIRST },
    });
    const params = { projectId, sourceId: source.id };
    const send = async (version: string) => {
      const form = new FormData();
      form.append('file', new File([`Put right.\n\n${FIRST}`], 'report.txt'));
      form.append('version', version);
      const request = new Request(new URL('/api/x', ORIGIN), {
        method: 'POST',
        headers: headersOf(owner),
        body: form,
      });
      return (await handlerOf('source-version.create'))(request, { params: Promise.resolve(params) });
    };
    expect((await send('3')).status).toBe(409);
    expect((await send('1')).status).toBe(201);
    expect((await versionsOf(source.id))[0]).toMatchObject({ version: 2, how: 'file', finalUrl: null });
    expect(await (await call('source.text', owner, { params })).text()).toContain('Put right.');
  });
});

describe('What happens to marks while others are carried', () => {
  /** Makes a version, and lets something happen after the marks were carried and before anything is written. */
  async function between(place: Awaited<ReturnType<typeof desk>>, happens: () => Promise<unknown>) {
    const holder = await database.db.$client.connect();
    try {
      // Whoever holds the source keeps the version from being written, as somebody who is marking does.
      await holder.query('begin');
      await holder.query('select 1 from sources where id = $1 for share', [place.source.id]);
      const making = place.make({ text: `Put right.\n\n${FIRST}` });
      await expect
        .poll(async () => {
          const { rows } = await database.db.$client.query(
            "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
          );
          return rows.length;
        })
        .toBeGreaterThan(0);
      await happens();
      await holder.query('commit');
      return await making;
    } finally {
      holder.release();
    }
  }

  it('carries a mark that is made', async () => {
    const place = await desk();
    const old = await place.mark('received eleven boxes of paper');
    let late = '';
    const made = await between(place, async () => {
      late = (await place.mark('came forward', { version: 1 })).id;
    });
    expect(made.outcomes.map(({ annotationId }) => annotationId).sort()).toEqual([old.id, late].sort());
    expect(await place.get(late)).toMatchObject({ version: 2, anchoring: { outcome: 'same' } });
  });

  it('carries a mark that is moved from where it stands then', async () => {
    const place = await desk();
    const { id } = await place.mark('received eleven boxes of paper');
    const selector = [{ type: 'TextQuoteSelector', exact: 'eleven boxes' }];
    await between(place, () =>
      ask('annotation.update', owner, place.inside({ params: { annotationId: id }, body: { selector } })),
    );
    expect(await place.get(id)).toMatchObject({ version: 2, selector: [{}, { exact: 'eleven boxes' }] });
  });

  it('does not report a mark that is deleted, and carries it all the same', async () => {
    const place = await desk();
    const { id } = await place.mark('received eleven boxes of paper');
    const one = place.inside({ params: { annotationId: id } });
    const made = await between(place, () => ask('annotation.delete', owner, one));
    expect(made).toMatchObject({ version: 2, outcomes: [], report: { same: 0 } });
    expect(await ask('annotation.restore', owner, one)).toMatchObject({ version: 2 });
  });
});
