import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { sourceTexts } from '@/db/schema/sources';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Source } from '@/lib/sources/source';
import type { SourceVersion, SourceVersionMade } from '@/lib/sources/version';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { addProject, ask, call } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, edited, FIRST, type Page } from '@/tests/support/versioned-source';

describe('A new version of a source', () => {
  it('moves on what is certain, asks about what is not, and says so of each mark', async () => {
    const place = await desk();
    const same = await place.mark('received eleven boxes of paper');
    const changed = await place.mark('The ministry denied that any contract was missing');
    const lost = await place.mark('declined to say who had signed the papers');
    const second = edited(
      FIRST,
      ['The watchdog opened', 'Last year the watchdog opened'],
      ['any contract was missing', 'any contract had been missing'],
      ['A spokesman for the harbour board declined to say who had signed the papers.', 'Nobody else spoke.'],
    );
    const made = await place.make({ text: second, title: 'Report, again' });
    expect(made).toMatchObject({ version: 2, made: true, report: { same: 1, changed: 1, lost: 1 } });
    const outcomes = new Map(made.outcomes.map((one) => [one.annotationId, one]));
    expect(outcomes.get(same.id)).toMatchObject({ outcome: 'same', state: 'settled', score: 1 });
    expect(second.slice(outcomes.get(same.id)?.start, outcomes.get(same.id)?.end)).toBe(
      'received eleven boxes of paper',
    );

    const now = {
      same: await place.get(same.id),
      changed: await place.get(changed.id),
      lost: await place.get(lost.id),
    };
    expect(now.same).toMatchObject({ version: 2, revision: 1, anchoring: { version: 2, outcome: 'same' } });
    expect(now.changed.selector[1].exact).toBe('The ministry denied that any contract had been missing');
    expect(now.changed.anchoring).toMatchObject({
      outcome: 'changed',
      was: 'The ministry denied that any contract was missing',
      changedIn: 2,
    });
    expect(now.lost).toMatchObject({ version: 1, selector: lost.selector });
    expect(now.lost.anchoring).toMatchObject({ version: 2, outcome: 'lost', state: 'waiting' });
    expect(await place.text()).toBe(second);
    expect(await place.text(1)).toBe(FIRST);

    const [newest, oldest] = await place.versions();
    expect(newest).toMatchObject({
      version: 2,
      how: 'text',
      createdBy: { id: owner.userId },
      counts: { made: 0, same: 1, moved: 0, changed: 1, ambiguous: 0, lost: 1 },
    });
    expect(oldest).toMatchObject({ version: 1, how: 'text', counts: { made: 3, lost: 0 }, waiting: 0 });
    expect((await place.targets({ version: 1 })).map(({ place: at }) => at?.exact)).toEqual([
      'received eleven boxes of paper',
      'The ministry denied that any contract was missing',
      'declined to say who had signed the papers',
    ]);
    const source = await ask<Source>(
      'source.get',
      owner,
      place.inside({ params: { sourceId: place.source.id } }),
    );
    expect(source).toMatchObject({ title: 'Report, again', text: { version: 2 }, revision: 2 });
  });

  it('follows a passage that moved, and asks where one stands that is there twice', async () => {
    const place = await desk();
    const paragraphs = FIRST.split('\n\n');
    const moved = await place.mark('It asked the ministry for every invoice since 2019');
    const doubled = await place.mark('The ministry denied that any contract was missing');
    const [a, b, c, , e] = paragraphs;
    const { report, outcomes } = await place.make({
      text: [
        'In short. The ministry denied that any contract was missing on Monday.',
        ...[a, c, e, b],
        'At length. The ministry denied that any contract was missing on Friday.',
      ].join('\n\n'),
    });
    expect(report).toEqual({ same: 0, moved: 1, changed: 0, ambiguous: 1, lost: 0 });
    expect(outcomes.find((one) => one.annotationId === moved.id)).toMatchObject({
      outcome: 'moved',
      state: 'settled',
    });
    const [waiting, none] = await place.targets({ state: 'waiting' });
    expect(none).toBe(undefined);
    expect(waiting).toMatchObject({
      annotationId: doubled.id,
      outcome: 'ambiguous',
      reason: 'repeated',
      place: null,
      stood: { version: 1, exact: 'The ministry denied that any contract was missing' },
    });
    const around = waiting?.candidates.map(({ prefix, exact, suffix }) => `${prefix}[${exact}]${suffix}`);
    expect(around).toEqual([
      expect.stringContaining('In short. [The ministry denied that any contract was missing] on Monday.'),
      expect.stringContaining('At length. [The ministry denied that any contract was missing] on Friday.'),
    ]);
  });

  it('is none when the text is the same: nothing is written, and it says when it was looked at', async () => {
    const place = await desk();
    await place.mark('received eleven boxes of paper');
    const before = await fingerprintOf(database);
    const response = await place.tryMake({ text: FIRST });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as SourceVersionMade;
    expect(answer).toMatchObject({ version: 1, made: false, outcomes: [] });
    expect(Date.now() - Date.parse(answer.lookedAt)).toBeLessThan(60_000);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it.each<[string, object, number]>([
    ['a text of nothing', { text: '' }, 400],
    ['blanks', { text: '  \n ' }, 400],
    ['two kinds at once', { text: 'a', html: '<p>a' }, 400],
    ['a field it does not know', { txt: 'a' }, 400],
    ['an address where the source has none', {}, 400],
    ['a correction without its version', { correction: { start: 0, end: 3, text: 'A' } }, 400],
    ['a correction turned round', { correction: { start: 3, end: 0, text: 'A' }, version: 1 }, 400],
    [
      'a correction outside the text',
      { correction: { start: 9_000, end: 9_001, text: 'A' }, version: 1 },
      400,
    ],
    ['a correction of two paragraphs', { correction: { start: 70, end: 90, text: 'A' }, version: 1 }, 400],
    ['a version that is not the current one', { text: 'Other words', version: 7 }, 409],
    ['a place to trim at beyond the end', { text: 'Other words', trimAt: 99 }, 400],
  ])('refuses %s and changes nothing', async (_, body, status) => {
    const place = await desk();
    const before = await fingerprintOf(database);
    expect((await place.tryMake(body)).status).toBe(status);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('lets one of many through who make one at once, and the others hear of a newer one', async () => {
    const place = await desk();
    const { id } = await place.mark('received eleven boxes of paper');
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, nth) => place.tryMake({ text: `${nth}. ${FIRST}`, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await place.versions()).toHaveLength(2);
    const { version, selector } = await place.get(id);
    expect((await place.text(version)).slice(selector[0].start, selector[0].end)).toBe(selector[1].exact);
  });

  it('misses no mark that is made, moved or deleted while it is made', async () => {
    const place = await desk();
    const old = await place.mark('received eleven boxes of paper');
    const words = FIRST.match(/\p{L}{6,}/gu) ?? [];
    const once = words.filter((word) => FIRST.split(word).length === 2);
    const marking = once.slice(0, 20).map(async (word) => {
      const response = await call(
        'annotation.create',
        annotator,
        place.inside({
          body: {
            sourceId: place.source.id,
            version: 1,
            motivation: 'highlighting',
            selector: [{ type: 'TextQuoteSelector', exact: word }],
          },
        }),
      );
      expect([201, 409]).toContain(response.status);
    });
    const moving = call(
      'annotation.update',
      owner,
      place.inside({
        params: { annotationId: old.id },
        body: { version: 1, selector: [{ type: 'TextQuoteSelector', exact: 'eleven boxes' }] },
      }),
    );
    await Promise.all([...marking, moving, place.make({ text: `Corrected on Monday.\n\n${FIRST}` })]);
    const text = await place.text();
    const { items } = await ask<Page<Annotation>>(
      'annotation.list',
      owner,
      place.inside({ query: { limit: 500 } }),
    );
    expect(items.length).toBeGreaterThan(0);
    for (const {
      version,
      selector: [at, { exact }],
    } of items) {
      expect(version).toBe(2);
      expect(text.slice(at.start, at.end)).toBe(exact);
    }
    expect((await place.targets({ version: 2 })).length).toBe(items.length);
  });

  it('carries deleted marks too, so that one comes back where it belongs', async () => {
    const place = await desk();
    const { id } = await place.mark('received eleven boxes of paper');
    await ask('annotation.delete', owner, place.inside({ params: { annotationId: id } }));
    const made = await place.make({ text: `Corrected on Monday.\n\n${FIRST}` });
    expect(made).toMatchObject({ outcomes: [], report: { same: 0 } });
    const restored = await ask<Annotation>(
      'annotation.restore',
      owner,
      place.inside({ params: { annotationId: id } }),
    );
    const { start, end } = restored.selector[0];
    expect(restored.version).toBe(2);
    expect((await place.text()).slice(start, end)).toBe('received eleven boxes of paper');
  });

  it('carries what still waits from where it last stood for certain', async () => {
    const place = await desk();
    const { id } = await place.mark('declined to say who had signed the papers');
    const without = FIRST.split('\n\n').slice(0, 4).join('\n\n');
    await place.make({ text: without });
    expect(await place.get(id)).toMatchObject({ version: 1, anchoring: { state: 'waiting' } });
    await place.make({ text: `${without}\n\nNobody else spoke.` });
    expect(await place.get(id)).toMatchObject({ version: 1, anchoring: { version: 3, state: 'waiting' } });
    const back = await place.make({ text: `Put right.\n\n${FIRST}` });
    expect(back.report.same).toBe(1);
    expect(await place.get(id)).toMatchObject({ version: 4, anchoring: { version: 4, state: 'settled' } });
    expect((await place.targets({ version: 3 }))[0]).toMatchObject({ outcome: 'lost', place: null });
  });

  it('keeps thread, code and body with their mark', async () => {
    const place = await desk();
    const code = await ask<{ id: string }>('code.create', owner, place.inside({ body: { name: 'Denial' } }));
    const mark = await place.mark('The ministry denied', {
      motivation: 'claiming',
      codeIds: [code.id],
      body: { type: 'TextualBody', value: 'Check this' },
    });
    const thread = await ask<{ id: string }>(
      'thread.create',
      owner,
      place.inside({ body: { annotationId: mark.id, text: 'Really?' } }),
    );
    await place.make({ text: `Corrected on Monday.\n\n${FIRST}` });
    expect(await place.get(mark.id)).toMatchObject({
      version: 2,
      motivation: 'claiming',
      codeIds: [code.id],
      body: { value: 'Check this' },
    });
    const { items } = await ask<Page<{ id: string }>>(
      'thread.list',
      owner,
      place.inside({ query: { annotation: mark.id } }),
    );
    expect(items.map((one) => one.id)).toEqual([thread.id]);
  });

  it('never changes a text that is stored', async () => {
    await desk();
    await expect(database.db.update(sourceTexts).set({ text: 'Other' })).rejects.toThrow();
  });
});

describe('A correction', () => {
  it('replaces a passage and leaves the form of what stands around it', async () => {
    const projectId = await addProject(database, owner);
    const html =
      '<article><h1>Report</h1><p>The <b>old</b> clerk said <a href="https://a.example/">so</a> in May, twice over.</p></article>';
    const source = await ask<Source>('source.create', owner, { params: { projectId }, body: { html } });
    const params = { projectId, sourceId: source.id };
    const text = await (await call('source.text', owner, { params })).text();
    const start = text.indexOf('old');
    const made = await ask<SourceVersionMade>('source-version.create', owner, {
      params,
      body: { correction: { start, end: start + 3, text: 'new head' }, version: 1 },
    });
    expect(made.version).toBe(2);
    const now = await ask<{ html: string; version: number }>('source.html', owner, { params });
    expect(now.version).toBe(2);
    expect(now.html).toContain('<b>new head</b>');
    expect(now.html).toContain('href="https://a.example/"');
    expect(await (await call('source.text', owner, { params })).text()).toBe(text.replace('old', 'new head'));
    const whole = `${text.replace('old', 'former').replace('in May', 'in June')}`;
    await ask('source-version.create', owner, { params, body: { corrected: whole, version: 2 } });
    const third = await ask<{ html: string }>('source.html', owner, { params });
    expect(third.html).toMatch(/The <b>former ?<\/b> ?clerk/);
    expect(third.html).toContain('<a href="https://a.example/"');
    expect(await (await call('source.text', owner, { params })).text()).toBe(whole);
    const again = await ask<SourceVersionMade>('source-version.create', owner, {
      params,
      body: { corrected: `${whole}\n\nA paragraph more.`, version: 3 },
    });
    expect(again.version).toBe(4);
    expect(await (await call('source.text', owner, { params })).text()).toBe(`${whole}\n\nA paragraph more.`);
    const [newest] = (await ask<Page<SourceVersion>>('source-version.list', owner, { params })).items;
    expect(newest).toMatchObject({ version: 4, how: 'correction', finalUrl: null, responseHeaders: null });
  });

  it('of an older version is a conflict', async () => {
    const place = await desk();
    await place.make({ text: `Corrected.\n\n${FIRST}` });
    const response = await place.tryMake({ correction: { start: 0, end: 3, text: 'A' }, version: 1 });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      error: { code: 'conflict', details: { reason: 'version', version: 2 } },
    });
  });
});

describe('A mark chosen in an older version', () => {
  it('is refused, new or moved, and told of the newer one', async () => {
    const place = await desk();
    const { id } = await place.mark('received eleven boxes of paper');
    await place.make({ text: `Corrected.\n\n${FIRST}` });
    const before = await fingerprintOf(database);
    const selector = [{ type: 'TextQuoteSelector', exact: 'eleven boxes' }];
    const late = await call(
      'annotation.create',
      owner,
      place.inside({
        body: { sourceId: place.source.id, version: 1, motivation: 'highlighting', selector },
      }),
    );
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ error: { message: expect.stringContaining('newer version') } });
    const moved = await call(
      'annotation.update',
      owner,
      place.inside({ params: { annotationId: id }, body: { version: 1, selector } }),
    );
    expect(moved.status).toBe(409);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('that is moved in the current one tells where it stood, and is no longer asked about', async () => {
    const place = await desk();
    const { id } = await place.mark('declined to say who had signed the papers');
    await place.make({ text: edited(FIRST, ['declined to say who had signed the papers', 'went home']) });
    expect((await place.get(id)).anchoring?.state).toBe('waiting');
    await ask(
      'annotation.update',
      owner,
      place.inside({
        params: { annotationId: id },
        body: { version: 2, selector: [{ type: 'TextQuoteSelector', exact: 'went home' }] },
      }),
    );
    expect(await place.get(id)).toMatchObject({
      version: 2,
      revision: 2,
      anchoring: { state: 'placed', was: 'declined to say who had signed the papers', changedIn: 2 },
    });
    const last = (await place.events()).at(-1)?.happening;
    expect(last).toMatchObject({
      type: 'annotation.updated',
      subject: { id, from: { version: 1, exact: 'declined to say who had signed the papers' } },
    });
  });
});
