import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { Columns } from '@/lib/exchange/columns';
import type { ImportReport } from '@/lib/exchange/import-report';
import { addProject, addSource, ask, call, grantOf, TEXT } from '@/tests/support/instance';
import { database, owner } from '@/tests/support/one-project';

async function send(projectId: string, text: string, given: { dryRun?: boolean; columns?: Columns } = {}) {
  const body = new FormData();
  body.set('file', new File([text], 'table.csv'));
  if (given.columns) body.set('columns', JSON.stringify(given.columns));
  const query = { dryRun: String(given.dryRun ?? false) };
  return call('import.create', owner, { params: { projectId }, query, body });
}
async function bring(...given: Parameters<typeof send>): Promise<ImportReport> {
  const response = await send(...given);
  const said = await response.json();
  expect(response.status, JSON.stringify(said)).toBe(200);
  return said;
}
async function newProject() {
  const projectId = await addProject(database, owner);
  await addSource(grantOf(owner, projectId));
  return projectId;
}
const marksOf = async (projectId: string) =>
  (await ask<{ items: Annotation[] }>('annotation.list', owner, { params: { projectId } })).items;
const codesOf = async (projectId: string) =>
  (await ask<{ items: Code[] }>('code.list', owner, { params: { projectId } })).items;

const CODINGS = [
  'Coder;Document;Tag;Content;Start;End',
  'Ben;A draft report;Denial;The ministry denied it;;',
  'Ben;A draft report;Doubt;The ministry denied it;;',
  // Other white space and quotation marks than the text has.
  'Cat;a draft REPORT;Record;"""We found no  records,""";;',
  `Cat;A draft report;May;;${TEXT.indexOf('in May')};${TEXT.indexOf('in May') + 6}`,
  'Cat;A draft report;Nowhere;words that stand nowhere at all;;',
  'Cat;Another page;Denial;The ministry denied it;;',
  'Cat;A draft report;;The ministry;;',
  '',
].join('\r\n');

describe('A table of codings', () => {
  it('is read by the names of its columns, and each quote stands where its words do', async () => {
    const projectId = await newProject();
    const dry = await bring(projectId, CODINGS, { dryRun: true });
    expect(dry.table).toMatchObject({
      ...{ kind: 'codings', hasHead: true, total: 7 },
      fields: { coder: 0, source: 1, code: 2, quote: 3, start: 4, end: 5, comment: null },
    });
    expect(dry.table?.rows[0]).toEqual(['Ben', 'A draft report', 'Denial', 'The ministry denied it', '', '']);
    expect(await marksOf(projectId)).toEqual([]);
    const report = await bring(projectId, CODINGS);
    expect(report.items).toEqual(dry.items);
    expect(report.items).toContainEqual({ what: 'Marks', added: 3, there: 0 });
    expect(Object.fromEntries(report.losses.map(({ what, examples }) => [what, examples[0]]))).toMatchObject({
      'Marks whose words are not found': 'words that stand nowhere at all',
      'Marks on pages that are not here': 'Another page',
      'Rows that lack something': 'line 8',
    });
    const marks = await marksOf(projectId);
    const said = marks.map(({ selector, codeIds, creator }) => [
      selector[1].exact,
      codeIds.length,
      creator.name,
    ]);
    expect(said.sort()).toEqual([
      ['The ministry denied it', 2, 'Ben (brought in by Owner)'],
      ['in May', 1, 'Cat (brought in by Owner)'],
      ['“We found no records,”', 1, 'Cat (brought in by Owner)'],
    ]);
    expect((await bring(projectId, CODINGS)).items).toContainEqual({ what: 'Marks', added: 0, there: 3 });
  });

  it('with columns of any names is read as somebody says', async () => {
    const projectId = await newProject();
    const text = 'x,A draft report,Denial,The ministry denied it\ny,A draft report,Denial,in May\n';
    const guessed = await bring(projectId, text, { dryRun: true });
    expect(guessed.table).toMatchObject({ kind: 'codebook', hasHead: false });
    const fields = { source: 1, code: 2, quote: 3 };
    const columns: Columns = { kind: 'codings', hasHead: false, fields };
    expect((await bring(projectId, text, { columns })).items).toContainEqual({
      ...{ what: 'Marks', added: 2, there: 0 },
    });
    const lacking = await bring(projectId, text, { columns: { ...columns, fields: { source: 1 } } });
    expect(lacking.losses[0]?.why).toBe('Say which column is: Code.');
    const far = await send(projectId, text, { columns: { ...columns, fields: { ...fields, quote: 9 } } });
    expect([far.status, await far.text()]).toEqual([400, expect.stringContaining('4 columns only')]);
    const nonsense = await send(projectId, text, { columns: 'codings' as unknown as Columns });
    expect(nonsense.status).toBe(400);
  });
});

describe('A table of codes', () => {
  it('makes the tree, whatever the order of its rows, and says what can’t be', async () => {
    const projectId = await newProject();
    const text = [
      'code,parent,definition,colour',
      '"Flat denial",Denial,"No, and no more",#e11d48',
      "Denial,,'=says no,teal",
      'Round,Circle,,',
      'Circle,Round,,',
      'denial,,again,',
    ].join('\n');
    const report = await bring(projectId, text);
    expect(report.losses.map(({ what }) => what).sort()).toEqual([
      'Codes that come twice',
      'Codes under themselves',
    ]);
    const codes = await codesOf(projectId);
    const called = (name: string) => codes.find((code) => code.name === name);
    expect(called('Flat denial')).toMatchObject({
      definition: 'No, and no more',
      parentId: called('Denial')?.id,
    });
    expect(called('Denial')).toMatchObject({ definition: '=says no', colour: 'teal' });
    expect(codes).toHaveLength(4);
  });

  it('of too many rows or columns is refused in words, and stores nothing', async () => {
    const projectId = await newProject();
    const long = await send(projectId, `code,definition\n${'a,b\n'.repeat(50_001)}`);
    expect([long.status, await long.text()]).toEqual([400, expect.stringContaining('in parts')]);
    const wide = await send(projectId, `code,definition\n${'a,'.repeat(600)}\n`);
    expect([wide.status, await wide.text()]).toEqual([400, expect.stringContaining('columns')]);
    expect(await codesOf(projectId)).toEqual([]);
  });
});
