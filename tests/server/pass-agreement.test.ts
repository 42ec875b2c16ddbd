import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AgreementPlace, PassAgreement } from '@/lib/agreement/answer';
import { DRAWS, finish } from '@/lib/agreement/bootstrap';
import { readTable } from '@/lib/agreement/read-table';
import { reportOf } from '@/lib/agreement/report';
import type { Pass } from '@/lib/passes/pass';
import {
  addPerson,
  addProject,
  addSource,
  ask,
  call,
  grantOf,
  type Person,
  TEXT,
} from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';

type Places = { items: AgreementPlace[]; total: number; nextCursor: string | null; nothing: string | null };
type Code = { id: string };
const REPORT = 'a draft report';
const DENIED = 'The ministry denied it.';
const RECORDS = 'We found no records';

let stranger: Person;
beforeAll(async () => {
  stranger = await addPerson(database, 'Stranger');
});

/** A project in which two people code a source in a pass. */
async function desk(kind: 'open' | 'blind' = 'open') {
  const projectId = await addProject(database, owner, { annotator });
  const sourceId = (await addSource(grantOf(owner, projectId))).id;
  const names = ['Evidence', 'Denial'];
  const codes: string[] = [];
  for (const name of names)
    codes.push((await ask<Code>('code.create', owner, { params: { projectId }, body: { name } })).id);
  const [evidence, denial] = codes as [string, string];
  const pass = await ask<Pass>('pass.create', owner, {
    params: { projectId },
    body: {
      ...{ name: 'Pilot', kind, sourceIds: [sourceId] },
      coders: [{ userId: owner.userId }, { userId: annotator.userId }],
    },
  });
  const params = { projectId, passId: pass.id };
  const mark = (by: Person, exact: string, ...codeIds: string[]) =>
    ask<{ id: string }>('annotation.create', by, {
      params: { projectId },
      body: {
        ...{ motivation: 'classifying', sourceId, passId: pass.id, codeIds },
        selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }],
      },
    });
  const get = (by: Person = owner, query = {}) =>
    ask<PassAgreement>('agreement.get', by, { params, query: { unit: 'sentence', ...query } });
  const places = (by: Person = owner, query = {}) => ask<Places>('agreement.passages', by, { params, query });
  const coderOf = (person: Person) => pass.coders.find(({ userId }) => userId === person.userId)?.id ?? '';
  return { projectId, sourceId, evidence, denial, params, mark, get, places, coderOf };
}
const figure = ({ measures }: Pick<PassAgreement, 'measures'>, id: string) =>
  measures.find((one) => one.id === id);

describe('Agreement in a pass', () => {
  it('says why there is nothing to compare until two coders have begun the same source', async () => {
    const { mark, get, evidence } = await desk();
    expect((await get()).nothing).toMatch(/No two coders have begun/);
    await mark(owner, REPORT, evidence);
    expect(await get()).toMatchObject({ nothing: expect.stringMatching(/No two coders/), measures: [] });
  });

  it('gives every measure with its units, definition and citation, or the reason that there is none', async () => {
    const { mark, get, evidence, denial } = await desk();
    await mark(owner, REPORT, evidence);
    await mark(annotator, REPORT, evidence);
    await mark(owner, DENIED, denial);
    await mark(annotator, DENIED, evidence);
    const agreement = await get();
    expect(agreement).toMatchObject({ nothing: null, sources: 1, codings: 4 });
    // Four sentences: one with the same code, one with another, two that nobody marked.
    expect(figure(agreement, 'percent')).toMatchObject({ value: 0.75, units: 4, coders: 2 });
    expect(figure(agreement, 'krippendorff-alpha-ordinal')).toMatchObject({
      reason: expect.stringMatching(/not numbers/),
    });
    for (const one of agreement.measures) {
      expect(one.citation).not.toBe('');
      expect(one.definition).not.toBe('');
      expect(typeof one.value === 'number' ? Number.isFinite(one.value) : one.reason).toBeTruthy();
    }
    expect(agreement.kinds).toEqual({ same: 1, boundary: 0, code: 1, 'only-one': 0 });
    expect(agreement.byPair).toHaveLength(1);
    expect(agreement.byDay.at(-1)?.measures.percent).toMatchObject({ value: 0.75 });
  });

  it('gives at once what needs no drawing: the same figures, without intervals, pairs and days', async () => {
    const { mark, get, evidence, denial } = await desk();
    await mark(owner, REPORT, evidence);
    await mark(annotator, REPORT, evidence, denial);
    const [whole, atOnce] = [await get(), await get(owner, { whole: 'false' })];
    expect([whole.whole, atOnce.whole]).toEqual([true, false]);
    const values = ({ measures }: Pick<PassAgreement, 'measures'>) =>
      measures.filter(({ id }) => id !== 'gamma').map(({ id, value, reason }) => ({ id, value, reason }));
    expect(values(atOnce)).toEqual(values(whole));
    expect(atOnce.measures.every(({ interval }) => interval == null)).toBe(true);
    expect(atOnce.byCode.map(({ codeId, measures }) => [codeId, values({ measures })])).toEqual(
      whole.byCode.map(({ codeId, measures }) => [codeId, values({ measures })]),
    );
    expect([atOnce.confusion, atOnce.kinds]).toEqual([whole.confusion, whole.kinds]);
    expect([atOnce.byPair, atOnce.byDay]).toEqual([[], []]);
  });

  it('goes along while people code, and asks about one code or unit when told so', async () => {
    const { mark, get, evidence, denial } = await desk();
    await mark(owner, REPORT, evidence);
    await mark(annotator, REPORT, evidence);
    expect(figure(await get(), 'percent')?.value).toBe(1);
    await mark(owner, RECORDS, denial);
    expect(figure(await get(), 'percent')?.value).toBeLessThan(1);
    expect(figure(await get(owner, { code: evidence }), 'percent')?.value).toBe(1);
    expect(figure(await get(owner, { unit: 'source', code: evidence }), 'cohen-kappa')).toMatchObject({
      reason: 'only one category used',
    });
  });

  it('gives at once what computing all anew gives, whatever becomes of marks, codes, coders and the text', async () => {
    const { projectId, sourceId, params, mark, get, evidence, denial } = await desk();
    // The same question each time, so that it goes on from the answer before.
    const bothAgree = async (what: string) => {
      const [atOnce, whole] = [await get(owner, { whole: 'false' }), await get()];
      expect(atOnce.codings, what).toBe(whole.codings);
      const plain = ({ measures }: Pick<PassAgreement, 'measures'>) =>
        measures.filter(({ id }) => id !== 'gamma').map(({ interval: _, ...figure }) => figure);
      expect(plain(atOnce), what).toEqual(plain(whole));
      expect(atOnce.byCode.map(plain), what).toEqual(whole.byCode.map(plain));
      for (const part of ['confusion', 'kinds', 'unplaced', 'coders', 'sources', 'nothing'] as const)
        expect(atOnce[part], what).toEqual(whole[part]);
      return atOnce;
    };
    const change = (by: Person, annotationId: string, body: object) =>
      ask('annotation.update', by, { params: { projectId, annotationId }, body });
    const of = (annotationId: string) => ({ params: { projectId, annotationId } });
    const first = await mark(owner, REPORT, evidence);
    await bothAgree('one coder');
    await mark(annotator, REPORT, evidence);
    const third = await mark(annotator, DENIED, denial);
    await mark(owner, DENIED, evidence, denial);
    expect((await bothAgree('two coders')).codings).toBe(5);
    await change(owner, first.id, { codeIds: [denial, evidence] });
    expect((await bothAgree('another code')).codings).toBe(6);
    await change(owner, first.id, {
      selector: [{ type: 'TextQuoteSelector', exact: RECORDS, prefix: '', suffix: '' }],
    });
    await bothAgree('another place');
    await ask('annotation.delete', annotator, of(third.id));
    expect((await bothAgree('one mark fewer')).codings).toBe(5);
    await ask('annotation.restore', annotator, of(third.id));
    expect((await bothAgree('it is back')).codings).toBe(6);
    await ask('thread.create', owner, {
      params: { projectId },
      body: { annotationId: first.id, text: 'Why?' },
    });
    await bothAgree('a thread');
    await ask('pass.progress', owner, {
      params,
      body: { sourceId, state: 'done' },
    });
    await bothAgree('one is done');
    await ask('code.merge', owner, { params: { projectId, codeId: denial }, body: { into: evidence } });
    expect((await bothAgree('two codes are one')).byCode).toHaveLength(1);
    const text = TEXT.replace(DENIED, 'Nobody at the harbour could say when the ferries sail again.');
    await ask('source-version.create', owner, { params: { projectId, sourceId }, body: { text } });
    expect((await bothAgree('another version')).unplaced).toBe(2);
  });

  it('leaves out what has no place in the current text, and says how much', async () => {
    const { projectId, sourceId, mark, get, places, evidence } = await desk();
    for (const by of [owner, annotator]) {
      await mark(by, REPORT, evidence);
      await mark(by, DENIED, evidence);
    }
    const text = TEXT.replace(DENIED, 'Nobody at the harbour could say when the ferries sail again.');
    await ask('source-version.create', owner, { params: { projectId, sourceId }, body: { text } });
    expect(await get()).toMatchObject({ codings: 2, unplaced: 2, kinds: { same: 1 } });
    expect((await places()).items.map(({ exact }) => exact)).toEqual([REPORT]);
  });

  it('leads from a cell to its places, with the words and who marked what', async () => {
    const { mark, places, evidence, denial, sourceId, coderOf } = await desk();
    await mark(owner, REPORT, evidence);
    await mark(annotator, 'wrote a draft report', evidence);
    await mark(owner, DENIED, denial);
    const all = await places();
    expect(all.items.map(({ kind, exact }) => [kind, exact])).toEqual([
      ['only-one', DENIED],
      ['boundary', 'wrote a draft report'],
    ]);
    const [boundary] = (await places(owner, { kind: 'boundary' })).items;
    expect(boundary).toMatchObject({ sourceId, start: TEXT.indexOf('wrote'), cost: 'wrote '.length });
    expect(boundary?.codings.map(({ coderId, start }) => [coderId, start])).toEqual([
      [coderOf(annotator), 0],
      [coderOf(owner), 'wrote '.length],
    ]);
    expect((await places(owner, { one: denial, other: 'none' })).total).toBe(1);
    expect((await places(owner, { one: denial, other: evidence })).total).toBe(0);
    expect((await places(owner, { disputed: 'true' })).total).toBe(2);
    await mark(annotator, DENIED, denial);
    expect((await places(owner, { disputed: 'true' })).items.map(({ kind }) => kind)).toEqual(['boundary']);
    const today = new Date().toISOString().slice(0, 10);
    expect((await places(owner, { until: '2001-01-01' })).total).toBe(0);
    expect((await places(owner, { until: today })).total).toBe(2);
    const first = await places(owner, { limit: 1 });
    expect([first.items.length, first.total, first.nextCursor]).toEqual([1, 2, '1']);
  });

  it('exports what anybody can compute the same figures from', async () => {
    const { mark, get, params, evidence, denial } = await desk();
    await mark(owner, REPORT, evidence);
    await mark(annotator, REPORT, evidence, denial);
    await mark(annotator, DENIED, denial);
    for (const unit of ['sentence', 'character', 'passage'] as const) {
      const response = await call('agreement.inputs', owner, { params, query: { unit } });
      expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
      const table = readTable(await response.text());
      const report = finish(reportOf(table, { ...DRAWS, resamples: 0 }, { from: 0, to: null }));
      const agreement = await get(owner, { unit });
      for (const { id, value, reason } of report.measures as PassAgreement['measures'])
        expect([id, value, reason]).toEqual([
          id,
          figure(agreement, id)?.value,
          figure(agreement, id)?.reason,
        ]);
    }
    const spans = await (await call('agreement.inputs', owner, { params, query: { form: 'spans' } })).text();
    expect(readTable(spans)).toMatchObject({ kind: 'spans', coders: ['Owner', 'Annotator'] });
  });

  it('shows nobody but the lead of a blind pass anything before the reveal, and says so', async () => {
    const { mark, get, places, params, evidence } = await desk('blind');
    await mark(owner, REPORT, evidence);
    await mark(annotator, REPORT, evidence);
    expect(figure(await get(owner), 'percent')?.value).toBe(1);
    expect(await get(annotator)).toMatchObject({
      ...{ measures: [], byPair: [], byCode: [], byDay: [], codings: 0 },
      nothing: expect.stringMatching(/blind/),
    });
    expect(await places(annotator)).toMatchObject({
      items: [],
      total: 0,
      nothing: expect.stringMatching(/blind/),
    });
    expect((await call('agreement.inputs', annotator, { params })).status).toBe(403);
    await ask('pass.reveal', owner, { params });
    expect(figure(await get(annotator), 'percent')?.value).toBe(1);
    expect((await places(annotator)).total).toBe(1);
  });

  it('counts only sources that are done when that is asked', async () => {
    const { mark, get, params, evidence, sourceId } = await desk();
    await mark(owner, REPORT, evidence);
    await mark(annotator, REPORT, evidence);
    expect((await get(owner, { done: 'true' })).nothing).not.toBeNull();
    for (const person of [owner, annotator])
      await ask('pass.progress', person, { params, body: { sourceId, state: 'done' } });
    expect((await get(owner, { done: 'true' })).nothing).toBeNull();
  });

  it('refuses what is not in the pass, and strangers', async () => {
    const { params, evidence } = await desk();
    expect((await call('agreement.get', owner, { params, query: { source: evidence } })).status).toBe(400);
    expect((await call('agreement.get', owner, { params, query: { coders: evidence } })).status).toBe(400);
    expect((await call('agreement.get', owner, { params: { ...params, passId: evidence } })).status).toBe(
      404,
    );
    expect((await call('agreement.get', stranger, { params })).status).toBe(404);
  });
});
