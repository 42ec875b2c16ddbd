import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { AnalysisTable, FrozenAnalysis, SavedAnalysis } from '@/lib/analysis/analysis';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { Note } from '@/lib/notes/note';
import type { Source } from '@/lib/sources/source';
import type { Speaker } from '@/lib/speakers/speaker';
import type { Variable } from '@/lib/variables/variable';
import { addPerson, ask, call, type Person } from '@/tests/support/instance';
import { annotator, database, owner, projectId } from '@/tests/support/one-source';

const WORDS = {
  left: 'The minister denied it. Nobody asked the union. The union waited for the union bus.',
  right: 'The minister explained it. The market fell. The market rose and the market fell.',
};
let sources: { left: string; right: string };
let codes: { denial: string; delay: string };
let reader: Person;

const params = () => ({ projectId });
const mark = (
  person: Person,
  sourceId: string,
  exact: string,
  codeIds: string[],
  more: { motivation?: string; quote?: { speaker: string } } = {},
) =>
  ask<Annotation>('annotation.create', person, {
    params: params(),
    body: {
      sourceId,
      motivation: 'classifying',
      selector: [{ type: 'TextQuoteSelector', exact }],
      codeIds,
      ...more,
    },
  });
const analyse = (query: Record<string, string | number>, person = owner) =>
  ask<AnalysisTable>('analysis.get', person, { params: params(), query: query as Record<string, string> });
/** The numbers of a table, by the words of its heads. */
const told = ({ columns, rows }: AnalysisTable) =>
  Object.fromEntries(
    rows.map(({ label, cells }) => [
      label,
      Object.fromEntries(columns.map((column, at) => [column.label, cells[at]])),
    ]),
  );

beforeAll(async () => {
  const source = async (title: string, text: string) =>
    (await ask<Source>('source.create', owner, { params: params(), body: { title, text } })).id;
  sources = { left: await source('Left', WORDS.left), right: await source('Right', WORDS.right) };
  const code = async (name: string) =>
    (await ask<Code>('code.create', owner, { params: params(), body: { name } })).id;
  codes = { denial: await code('Denial'), delay: await code('Delay') };
  reader = await addPerson(database, 'Reader');
  await insertMember(database.db, { projectId }, reader.userId, 'reader');
  await mark(owner, sources.left, 'The minister denied it.', [codes.denial]);
  await mark(annotator, sources.left, 'minister denied', [codes.denial, codes.delay]);
  await mark(owner, sources.left, 'The union waited', [codes.delay]);
  await mark(owner, sources.right, 'The market fell.', [codes.delay], {
    motivation: 'quoting',
    quote: { speaker: 'Hanne Lund' },
  });
});

describe('An analysis', () => {
  it('counts codes by source and by person', async () => {
    expect(told(await analyse({ kind: 'frequencies' }))).toEqual({
      Delay: { Left: 2, Right: 1 },
      Denial: { Left: 2, Right: 0 },
    });
    expect(told(await analyse({ kind: 'frequencies', by: 'person' }))).toEqual({
      Delay: { Owner: 2, Annotator: 1 },
      Denial: { Owner: 1, Annotator: 1 },
    });
  });

  it('says which codes are on one mark, overlap, or stand within so many sentences', async () => {
    const pair = async (query: Record<string, string | number>) =>
      told(await analyse({ kind: 'co-occurrence', ...query })).Denial?.Delay;
    expect(await pair({})).toBe(1);
    // The annotator's Delay lies in both denials.
    expect(await pair({ unit: 'overlap' })).toBe(2);
    expect(await pair({ unit: 'sentences', within: 1 })).toBe(2);
    expect(await pair({ unit: 'sentences', within: 2 })).toBe(4);
  });

  it('stands along a source, and across all', async () => {
    const along = await analyse({ kind: 'timeline', source: sources.left, bins: 2 });
    expect(along.rows.find(({ label }) => label === 'Delay')?.cells).toEqual([1, 1]);
    expect((await analyse({ kind: 'timeline' })).columns.map(({ label }) => label)).toEqual([
      'Left',
      'Right',
    ]);
  });

  it('counts words, and shows each place of one', async () => {
    const words = await analyse({ kind: 'words', source: sources.left });
    expect(words.rows[0]).toMatchObject({ label: 'union', cells: [3, 2000, 1] });
    const places = await analyse({ kind: 'kwic', q: 'the Union', source: sources.left });
    expect(places.rows.map(({ cells }) => cells[1])).toEqual(['the union', 'The union', 'the union']);
    expect(places.rows[1]?.place).toEqual({ sourceId: sources.left, start: 48, end: 57 });
  });

  it('is read by readers, and refuses a variable or source that is none', async () => {
    expect((await analyse({ kind: 'words' }, reader)).rows.length).toBeGreaterThan(0);
    const other = { variable: sources.left, source: codes.denial };
    for (const kind of ['cross-table', 'timeline'])
      expect(
        (await call('analysis.get', owner, { params: params(), query: { kind, ...other } })).status,
      ).toBe(404);
  });
});

describe('A variable', () => {
  const create = (body: object) => ask<Variable>('variable.create', owner, { params: params(), body });
  const set = (variable: Variable, subjectId: string, value: string | null, person = annotator) =>
    call('variable-value.set', person, {
      params: { projectId, variableId: variable.id, subjectId },
      body: { value },
    });

  it('of sources splits codes and words, and what is not known is not judged', async () => {
    const leaning = await create({
      of: 'source',
      name: 'Leaning',
      kind: 'choice',
      choices: ['left', 'right'],
    });
    expect((await set(leaning, sources.left, 'left')).status).toBe(200);
    const refused = await set(leaning, sources.right, 'up');
    expect([refused.status, (await refused.json()).error.message]).toEqual([
      400,
      '“up” is none of the choices: left, right.',
    ]);
    const table = await analyse({ kind: 'cross-table', variable: leaning.id });
    expect(told(table)).toEqual({ Delay: { left: 2, 'Not known': 1 }, Denial: { left: 2, 'Not known': 0 } });
    expect(table.statistics[0]).toMatchObject({ value: null, words: expect.stringContaining('two values') });
    await set(leaning, sources.right, 'right');
    const words = await analyse({ kind: 'compare', variable: leaning.id, a: 'left', b: 'right' });
    expect(words.rows.slice(0, 2).map(({ label }) => label)).toEqual(['market', 'union']);
    const byCode = await analyse({
      kind: 'compare',
      of: 'codes',
      variable: leaning.id,
      a: 'left',
      b: 'right',
    });
    expect(told(byCode).Denial).toMatchObject({ left: 2, right: 0, 'Log ratio': expect.any(Number) });
  });

  it('of speakers says nothing of one who is protected', async () => {
    const party = await create({ of: 'speaker', name: 'Party' });
    const { items } = await ask<{ items: Speaker[] }>('speaker.list', owner, { params: params() });
    const lund = items.find(({ name }) => name === 'Hanne Lund') as Speaker;
    expect((await set(party, lund.id, 'Greens')).status).toBe(200);
    expect(told(await analyse({ kind: 'cross-table', variable: party.id })).Delay).toEqual({
      Greens: 1,
      'Not known': 2,
    });
    await ask('speaker.protect', owner, {
      params: { projectId, speakerId: lund.id },
      body: { pseudonym: 'A minister', visibleTo: [owner.userId] },
    });
    expect(told(await analyse({ kind: 'cross-table', variable: party.id })).Delay).toEqual({
      'Not known': 3,
    });
    expect(told(await analyse({ kind: 'cross-table', variable: 'speaker' })).Delay).toMatchObject({
      'A minister': 1,
    });
    const values = await ask<{ items: unknown[] }>('variable-value.list', owner, {
      params: params(),
      query: { subject: lund.id },
    });
    expect(values.items).toEqual([]);
    expect((await set(party, lund.id, 'Greens')).status).toBe(409);
  });

  it('keeps its name to itself, and comes back with its values', async () => {
    const size = await create({ of: 'source', name: 'Print run', kind: 'number' });
    await set(size, sources.left, '12,5');
    const again = { params: params(), body: { of: 'source', name: 'print RUN' } };
    expect((await call('variable.create', owner, again)).status).toBe(409);
    const at = { params: { projectId, variableId: size.id } };
    await ask('variable.delete', owner, at);
    const values = () =>
      ask<{ items: { variableId: string; value: string }[] }>('variable-value.list', owner, {
        params: params(),
        query: { subject: sources.left },
      });
    expect((await values()).items.some(({ variableId }) => variableId === size.id)).toBe(false);
    await ask('variable.restore', owner, at);
    expect((await values()).items).toContainEqual(
      expect.objectContaining({ variableId: size.id, value: '12.5' }),
    );
  });
});

describe('A saved analysis', () => {
  it('is everybody’s, and says the same for ever where it was frozen', async () => {
    const saved = await ask<SavedAnalysis>('saved-analysis.create', owner, {
      params: params(),
      body: { name: 'Codes by source', query: { kind: 'frequencies', stop: 'no' } },
    });
    expect(saved.query).toMatchObject({ kind: 'frequencies', by: 'source', stop: 'no' });
    const at = { params: { projectId, analysisId: saved.id } };
    expect((await call('saved-analysis.delete', annotator, at)).status).toBe(403);
    const note = await ask<Note>('note.create', owner, { params: params(), body: { title: 'Figures' } });
    const frozen = await ask<FrozenAnalysis>('frozen-analysis.create', owner, {
      params: { projectId, noteId: note.id },
      body: { analysisId: saved.id },
    });
    const before = told(frozen.table);
    await mark(owner, sources.right, 'The market rose', [codes.denial]);
    const now = await ask<FrozenAnalysis>('frozen-analysis.get', reader, {
      params: { projectId, noteId: note.id, frozenId: frozen.id },
    });
    expect(told(now.table)).toEqual(before);
    expect(told(await analyse({ kind: 'frequencies' })).Denial).toEqual({ Left: 2, Right: 1 });
  });
});
