import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { runsOf } from '@/lib/sources/pdf-places';
import type { Source } from '@/lib/sources/source';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { call, handlerOf, headersOf, ORIGIN } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';
import { column, hostilePdfs, pdfFile } from '@/tests/support/pdf-files';

const FIRST = ['The harbour was closed on', 'a Tuesday and nobody told', 'the people who work there'];
const file = (last = 'why it had to be so.') =>
  pdfFile({
    title: 'What the harbour costs',
    pages: [{ texts: column(FIRST) }, { picture: true }, { texts: column([last]) }],
  });

async function send(bytes: BlobPart, operation: 'source.create' | 'source-version.create', sourceId = '') {
  const form = new FormData();
  form.append('file', new File([bytes], 'harbour report.pdf'));
  const at = operation === 'source.create' ? '' : `/${sourceId}/versions`;
  const request = new Request(new URL(`/api/projects/${projectId}/sources${at}`, ORIGIN), {
    method: 'POST',
    headers: headersOf(owner),
    body: form,
  });
  return (await handlerOf(operation))(request, { params: Promise.resolve({ projectId, sourceId }) });
}

async function bringIn(bytes: BlobPart = file()): Promise<Source> {
  const response = await send(bytes, 'source.create');
  expect(response.status).toBe(201);
  return (await response.json()) as Source;
}

const at = (sourceId: string, query = {}) => ({ params: { projectId, sourceId }, query });

describe('A PDF that is brought in', () => {
  it('is a source like any other, and knows where each of its pages begins', async () => {
    const source = await bringIn();
    expect(source.title).toBe('What the harbour costs');
    const text = await (await call('source.text', owner, at(source.id))).text();
    expect(text).toBe(`${FIRST.join(' ')} why it had to be so.`);
    const last = text.indexOf('why');
    expect(source.text.pageStarts).toEqual([0, last, last]);
  });

  it('is kept as it came, and answered as a file that no browser opens as a page of ours', async () => {
    const bytes = file();
    const { id } = await bringIn(bytes);
    const response = await call('source.file', owner, at(id));
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition':
        'attachment; filename="source.pdf"; filename*=UTF-8\'\'What%20the%20harbour%20costs.pdf',
    });
  });

  it('tells where each part of its text stands on its pages', async () => {
    const { id } = await bringIn();
    const text = await (await call('source.text', owner, at(id))).text();
    const answer = await call('source.places', owner, at(id));
    const { pages, version } = (await answer.json()) as {
      version: number;
      pages: { width: number; height: number; runs: number[] }[];
    };
    expect(version).toBe(1);
    const words = pages.map((page) => runsOf(page).map(({ start, end }) => text.slice(start, end)));
    expect(words).toEqual([FIRST, [], ['why it had to be so.']]);
  });

  it('can be the next version of a source, which then has its pages; each version has its own', async () => {
    const { id } = await bringIn();
    const made = await send(file('because of the storm.'), 'source-version.create', id);
    expect(made.status).toBe(201);
    const source = (await (await call('source.get', owner, at(id))).json()) as Source;
    expect(source.text).toMatchObject({ version: 2, pageStarts: [0, 78, 78] });
    const lengths = await Promise.all(
      [1, 2].map(async (version) =>
        Buffer.from(await (await call('source.file', owner, at(id, { version }))).arrayBuffer()).includes(
          'storm',
        ),
      ),
    );
    expect(lengths).toEqual([false, true]);
  });

  it('has no pages in a version that was not read from a file', async () => {
    const { id } = await bringIn();
    const body = { text: 'Words that somebody pasted.' };
    await call('source-version.create', owner, { ...at(id), body });
    for (const operation of ['source.file', 'source.places'] as const)
      expect((await call(operation, owner, at(id))).status).toBe(404);
    expect((await call('source.file', owner, at(id, { version: 1 }))).status).toBe(200);
  });

  it('can’t be changed afterwards', async () => {
    const { id } = await bringIn();
    const change = database.db.execute(
      sql`update source_files set content_type = 'text/html' where source_id = ${id}`,
    );
    await expect(change).rejects.toMatchObject({ cause: { message: expect.stringMatching(/source_files/) } });
  });

  it.each(hostilePdfs().filter(([what]) => !/gigabytes/.test(what)))(
    'is refused in words, and nothing of it is stored: %s',
    async (_what, bytes) => {
      const before = await fingerprintOf(database);
      const response = await send(bytes, 'source.create');
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/^This PDF/);
      expect(await fingerprintOf(database)).toBe(before);
    },
  );
});
