import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { ImportReport } from '@/lib/exchange/import-report';
import type { Source } from '@/lib/sources/source';
import { addPage, addProject, ask, call, grantOf } from '@/tests/support/instance';
import { database, owner } from '@/tests/support/one-project';
import { taguetteFile } from '@/tests/support/taguette';

async function send(projectId: string, file: Uint8Array | string, dryRun = false): Promise<Response> {
  const body = new FormData();
  body.set('file', new File([typeof file === 'string' ? file : new Uint8Array(file)], 'given'));
  return call('import.create', owner, { params: { projectId }, query: { dryRun: String(dryRun) }, body });
}
async function bring(...given: Parameters<typeof send>): Promise<ImportReport> {
  const response = await send(...given);
  const said = await response.json();
  expect(response.status, JSON.stringify(said)).toBe(200);
  return said;
}
const all = async <T>(operation: 'annotation.list' | 'source.list' | 'code.list', projectId: string) =>
  (await ask<{ items: T[] }>(operation, owner, { params: { projectId } })).items;
const lossesOf = (report: ImportReport) => report.losses.map(({ what }) => what).sort();

const CONTENTS =
  '<h1>The ferry</h1>\n<p>Zoë said: <b>no 😀 boats</b> ran &amp; none will.</p>\n<p>She left <i>early</i>.</p>';
const MARKS = [
  { words: 'no 😀 boats', tags: ['denial', 'transport'], by: 'zoe' },
  { words: 'none will', tags: ['denial'] },
  { words: 'left early', tags: ['people'] },
];

describe('A project of Taguette', () => {
  it('comes in with its layout, its tags and its highlights, place for place, and twice makes nothing twice', async () => {
    const projectId = await addProject(database, owner);
    const bytes = taguetteFile(CONTENTS, MARKS);
    const report = await bring(projectId, bytes);
    expect(report.items).toMatchObject([
      { what: 'Codes', added: 3 },
      { what: 'Sources', added: 1 },
      { what: 'Marks', added: 3 },
      { what: 'Claims', added: 0 },
    ]);
    expect(lossesOf(report)).toEqual(['What documents are described as', 'Who made it']);
    const codes = await all<Code>('code.list', projectId);
    const names = new Map(codes.map(({ id, name }) => [id, name]));
    const marks = await all<Annotation>('annotation.list', projectId);
    const said = marks.map(({ selector: [place, words], codeIds, creator }) => [
      ...[place.start, words.exact, codeIds.map((id) => names.get(id)).sort(), creator.name],
    ]);
    const by = (name: string) => `${name} (brought in by Owner)`;
    expect(said.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [21, 'no 😀 boats', ['denial', 'transport'], by('zoe')],
      [39, 'none will', ['denial'], by('admin')],
      [55, 'left early', ['people'], by('admin')],
    ]);
    const [source] = await all<Source>('source.list', projectId);
    const page = await call('source.html', owner, { params: { projectId, sourceId: source?.id ?? '' } });
    expect(await page.text()).toContain('<b>no 😀 boats</b>');
    expect((await bring(projectId, bytes)).items).toContainEqual({ what: 'Marks', added: 0, there: 3 });
  });

  it.each<[string, () => Uint8Array, string]>([
    [
      'is another database',
      () => taguetteFile(CONTENTS, [], (db) => db.exec('drop table tags')),
      'no project of',
    ],
    [
      'has a view that never ends for a table',
      () =>
        taguetteFile(CONTENTS, [], (db) =>
          db.exec(`drop table tags; create view tags as with recursive n(id) as (select 1 union all select id + 1 from n)
            select id, 'x' as path, '' as description from n`),
        ),
      'no project of',
    ],
    [
      'reckons a column',
      () =>
        taguetteFile(CONTENTS, [], (db) =>
          db.exec(
            `drop table tags; create table tags (id integer, path text as (hex(zeroblob(100000000))), description text)`,
          ),
        ),
      'no project of',
    ],
    [
      'holds several projects',
      () => taguetteFile(CONTENTS, [], (db) => db.exec(`insert into projects values (2, 'Other', '', '')`)),
      'holds 2 projects',
    ],
    ['is cut off', () => taguetteFile(CONTENTS, MARKS).subarray(0, 9_000), 'no project of'],
    [
      'is damaged inside',
      () => taguetteFile(CONTENTS, MARKS).map((byte, at) => (at > 4_096 && at % 7 === 0 ? 255 : byte)),
      'no project of',
    ],
  ])('that %s is refused in words, and stores nothing', async (_, make, words) => {
    const projectId = await addProject(database, owner);
    const response = await send(projectId, make());
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(words)]);
    expect(await all<Source>('source.list', projectId)).toEqual([]);
  });
});

const item = (key: string, data: object) => ({ key, version: 1, library: { type: 'user', id: 7 }, data });
const LIBRARY = [
  item('WORK0001', {
    ...{ itemType: 'newspaperArticle', title: 'A draft report', url: 'https://example.org/article/' },
    ...{ creators: [{ creatorType: 'author', firstName: 'Rosa', lastName: 'Porter' }], date: '2024-05-01' },
    ...{ publicationTitle: 'The Herald', language: 'en', tags: [] },
  }),
  item('FILE0001', { itemType: 'attachment', parentItem: 'WORK0001', title: 'Snapshot', tags: [] }),
  item('MARK0001', {
    ...{ itemType: 'annotation', parentItem: 'FILE0001', annotationType: 'highlight' },
    ...{ annotationText: 'The ministry  denied it', annotationComment: 'So <b>they</b> say' },
    ...{ annotationAuthorName: 'Rosa', tags: [{ tag: 'Denial' }] },
  }),
  item('MARK0002', {
    ...{ itemType: 'annotation', parentItem: 'FILE0001', annotationType: 'image', annotationText: '' },
    tags: [],
  }),
  item('WORK0002', { itemType: 'book', title: 'Elsewhere', creators: [], tags: [] }),
];

describe('A library of Zotero', () => {
  it('says of pages that are here what they are, and its annotations stand on their words', async () => {
    const projectId = await addProject(database, owner);
    await addPage(grantOf(owner, projectId), 'https://example.org/article');
    const report = await bring(projectId, JSON.stringify(LIBRARY));
    expect(lossesOf(report)).toEqual([
      'Annotations without words',
      'Items whose text is not here',
      'Who made it',
    ]);
    const [source] = await all<Source>('source.list', projectId);
    expect(source).toMatchObject({
      byline: 'Rosa Porter',
      siteName: 'The Herald',
      publishedAt: '2024-05-01',
    });
    expect(await all<Annotation>('annotation.list', projectId)).toMatchObject([
      {
        body: { value: 'So they say' },
        creator: { name: 'Rosa (brought in by Owner)' },
        selector: [{}, { exact: 'The ministry denied it' }],
      },
    ]);
    const again = await bring(projectId, JSON.stringify(LIBRARY));
    expect(again.items).toContainEqual({ what: 'Marks', added: 0, there: 1 });
  });

  it('as CSL-JSON is known by DOI or title, and changes nothing that somebody said', async () => {
    const projectId = await addProject(database, owner);
    const given = { params: { projectId } };
    const source = await ask<Source>('source.create', owner, {
      ...given,
      body: { title: 'On ferries', text: 'They run.' },
    });
    const csl = [
      {
        ...{ id: 'x', type: 'article-journal', title: 'On Ferries', language: 'en' },
        author: [{ family: 'Porter', given: 'Rosa' }, { literal: 'The Desk' }],
        issued: { 'date-parts': [[2024, 5]] },
      },
      { id: 'y', type: 'book', title: 5 },
    ];
    const report = await bring(projectId, JSON.stringify(csl));
    expect(lossesOf(report)).toEqual(['Items that can’t be read']);
    const about = await ask<Source>('source.get', owner, { params: { projectId, sourceId: source.id } });
    expect(about).toMatchObject({
      byline: 'Rosa Porter, The Desk',
      publishedAt: '2024-05',
      title: 'On ferries',
    });
    await bring(projectId, JSON.stringify([{ ...csl[0], author: [{ literal: 'Somebody else' }] }]));
    const kept = await ask<Source>('source.get', owner, { params: { projectId, sourceId: source.id } });
    expect(kept.byline).toBe('Rosa Porter, The Desk');
  });
});
