import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisPassage, AnalysisTable } from '@/lib/analysis/analysis';
import { MOST_COLUMNS } from '@/lib/analysis/build-table';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { Pass } from '@/lib/passes/pass';
import type { Source } from '@/lib/sources/source';
import type { Variable } from '@/lib/variables/variable';
import { addProject, ask, call, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';

const TEXTS = {
  left: 'The minister denied it. Nobody asked the union. The union waited for the bus. It never came.',
  right: 'The minister explained it. The market fell. The market rose and then it fell again.',
};
let projectId: string;
let sources: { left: string; right: string };
let leaning: string;
let codes: { denial: string; delay: string; cost: string };

type Found = { items: AnalysisPassage[]; total: number; nextCursor: string | null };
type Query = Record<string, string | number>;
const params = () => ({ projectId });
const mark = (person: Person, sourceId: string, exact: string, codeIds: string[], more: object = {}) =>
  ask<Annotation>('annotation.create', person, {
    params: params(),
    body: {
      ...{ sourceId, motivation: 'classifying', selector: [{ type: 'TextQuoteSelector', exact }], codeIds },
      ...more,
    },
  });
const analyse = (query: Query, person = owner) =>
  ask<AnalysisTable>('analysis.get', person, { params: params(), query });
const passages = (query: Query, person = owner) =>
  ask<Found>('analysis.passages', person, { params: params(), query });
const wordsOf = ({ items }: Found) => items.map(({ marks }) => marks.map(({ exact }) => exact));

beforeAll(async () => {
  projectId = await addProject(database, owner, { annotator });
  const source = async (title: string, text: string) =>
    (await ask<Source>('source.create', owner, { params: params(), body: { title, text } })).id;
  sources = {
    left: await source('Left', TEXTS.left),
    right: await source('Right', TEXTS.right),
  };
  const code = async (name: string) =>
    (await ask<Code>('code.create', owner, { params: params(), body: { name } })).id;
  codes = { denial: await code('Denial'), delay: await code('Delay'), cost: await code('Cost') };
  await mark(owner, sources.left, 'The minister denied it.', [codes.denial]);
  await mark(annotator, sources.left, 'minister denied', [codes.denial, codes.delay]);
  await mark(owner, sources.left, 'asked the union. The union waited', [codes.delay, codes.cost]);
  await mark(annotator, sources.left, 'It never came.', [codes.delay]);
  await mark(owner, sources.right, 'The market fell.', [codes.cost]);
  await mark(owner, sources.right, 'market rose', [codes.delay]);
  leaning = (
    await ask<Variable>('variable.create', owner, {
      params: params(),
      body: { of: 'source', name: 'Leaning' },
    })
  ).id;
  for (const side of ['left', 'right'] as const) {
    const at = { projectId, variableId: leaning, subjectId: sources[side] };
    await ask('variable-value.set', owner, { params: at, body: { value: side } });
  }
});

describe('A cell of an analysis of codes', () => {
  it.each([
    { kind: 'frequencies', by: 'source' },
    { kind: 'frequencies', by: 'person' },
    { kind: 'frequencies', by: 'month' },
    { kind: 'co-occurrence', unit: 'passage' },
    { kind: 'co-occurrence', unit: 'overlap' },
    { kind: 'co-occurrence', unit: 'sentences', within: 0 },
    { kind: 'co-occurrence', unit: 'sentences', within: 2 },
    { kind: 'cross-table', variable: 'leaning' },
    { kind: 'cross-table', variable: 'speaker' },
    { kind: 'timeline' },
    { kind: 'compare', of: 'codes', variable: 'leaning', a: 'left', b: 'right' },
  ] as Query[])('has as many passages behind it as it says: %j', async (given) => {
    const query = given.variable === 'leaning' ? { ...given, variable: leaning } : given;
    const { columns, rows } = await analyse(query);
    expect(rows.length).toBe(3);
    for (const row of rows)
      for (const [at, column] of columns.entries()) {
        const found = await passages({ ...query, row: row.id, column: column.id });
        // Rates and measures of two groups count nothing: they stand for what both or one of them count.
        if (query.kind === 'compare' && column.id !== 'a' && column.id !== 'b') continue;
        expect([row.label, column.label, found.total]).toEqual([row.label, column.label, row.cells[at]]);
        expect(found.items).toHaveLength(found.total);
      }
  });

  it('along a source is behind as many, by source and in each part of it', async () => {
    const queries: Query[] = [
      { kind: 'timeline', source: sources.left, bins: 4 },
      { kind: 'cross-table', variable: leaning, source: sources.left },
      { kind: 'co-occurrence', unit: 'overlap', source: sources.left },
    ];
    for (const query of queries) {
      const { columns, rows } = await analyse(query);
      for (const row of rows)
        for (const [at, column] of columns.entries()) {
          const { total, items } = await passages({ ...query, row: row.id, column: column.id });
          expect([row.label, column.label, total, items.length]).toEqual([
            row.label,
            column.label,
            row.cells[at],
            row.cells[at],
          ]);
          expect(items.every(({ sourceId }) => sourceId === sources.left)).toBe(true);
        }
    }
  });

  it('shows the words and who put the code on them, of a pair both passages, a page at a time', async () => {
    const pair = { kind: 'co-occurrence', unit: 'overlap', row: codes.denial, column: codes.delay };
    const both = await passages(pair);
    expect(wordsOf(both)).toEqual([
      ['The minister denied it.', 'minister denied'],
      ['minister denied', 'minister denied'],
    ]);
    const [first] = both.items;
    expect(first?.marks.map(({ codeIds }) => codeIds)).toEqual([[codes.denial], [codes.delay]]);
    expect(first?.marks[0]?.by.name).toBe('Owner');
    const one = await passages({ ...pair, limit: 1 });
    expect(one).toMatchObject({ total: 2, nextCursor: '1' });
    const next = await passages({ ...pair, limit: 1, cursor: 1 });
    expect([...wordsOf(one), ...wordsOf(next)]).toEqual(wordsOf(both));
    expect(next.nextCursor).toBe(null);
  });

  it('that is put together of too many columns has all that stand in none of the others', async () => {
    for (let nth = 0; nth <= MOST_COLUMNS; nth += 1)
      await mark(owner, sources.right, 'The market fell.', [codes.cost], {
        motivation: 'quoting',
        quote: { speaker: `Speaker ${nth}` },
      });
    const query = { kind: 'cross-table', variable: 'speaker' };
    const { columns, rows } = await analyse(query);
    const row = rows.find(({ id }) => id === codes.cost);
    const last = columns.at(-1);
    expect(last?.label).toMatch(/others$/);
    const found = await passages({ ...query, row: codes.cost, column: last?.id ?? '' });
    expect(found.total).toBe(row?.cells.at(-1));
    expect(found.total).toBeGreaterThan(0);
  });

  it('of words leads to their places instead, in the group that is asked for', async () => {
    const refused = await call('analysis.passages', owner, {
      params: params(),
      query: { kind: 'words', row: codes.cost, column: 'count' },
    });
    expect([refused.status, (await refused.json()).error.message]).toEqual([
      400,
      expect.stringContaining('kwic'),
    ]);
    const query = { kind: 'kwic', q: 'fell', variable: 'speaker', a: 'Speaker 3' };
    const quoted = await analyse(query);
    expect(quoted.rows.map(({ place }) => place)).toEqual([{ sourceId: sources.right, start: 38, end: 42 }]);
    expect(TEXTS.right.slice(38, 42)).toBe('fell');
    expect(quoted.notes.join()).toContain('“Speaker 3”');
  });

  it('has nothing behind it that a blind pass hides', async () => {
    const coders = [{ userId: owner.userId }, { userId: annotator.userId }];
    const pass = await ask<Pass>('pass.create', owner, {
      params: params(),
      body: { name: 'Round 1', kind: 'blind', sourceIds: [sources.left], coders },
    });
    const query = { kind: 'frequencies', by: 'source', row: codes.denial, column: sources.left };
    const overlap = { kind: 'co-occurrence', unit: 'overlap', row: codes.denial, column: codes.delay };
    const before = [await passages(query, annotator), await passages(overlap, annotator)];
    await mark(owner, sources.left, 'minister denied it', [codes.denial], { passId: pass.id });
    expect([await passages(query, annotator), await passages(overlap, annotator)]).toEqual(before);
    expect((await passages(query)).total).toBe((before[0]?.total ?? 0) + 1);
  });
});
