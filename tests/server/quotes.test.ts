import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { QuoteRow } from '@/lib/quotes/quote-row';
import { createCode } from '@/server/codebook';
import { addSource, ask, call, grantOf } from '@/tests/support/instance';
import { owner, projectId, sourceId } from '@/tests/support/one-source';

type Page = { items: QuoteRow[]; nextCursor: string | null };
const PASSAGES = ['We found no records', 'the auditor said', 'The ministry denied it', 'a draft report'];

async function quote(nth: number, quoted: object, given: object = {}): Promise<string> {
  const selector = [{ type: 'TextQuoteSelector', exact: PASSAGES[nth % PASSAGES.length] }];
  const body = { sourceId, motivation: 'quoting', selector, quote: quoted, ...given };
  return (await ask<Annotation>('annotation.create', owner, { params: { projectId }, body })).id;
}

const list = (query: Record<string, string | number> = {}) =>
  ask<Page>('quote.list', owner, { params: { projectId }, query });

async function throughPages(query: Record<string, string | number>): Promise<QuoteRow[]> {
  const rows: QuoteRow[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = await list({ ...query, limit: 2, ...(cursor && { cursor }) });
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

describe('The table of quotes', () => {
  it('is sorted by speaker, source or time and read page by page without a gap, nobody’s last', async () => {
    const other = await addSource(grantOf(owner, projectId));
    const made = [
      await quote(0, { speaker: 'Zoe Adler' }),
      await quote(1, { speaker: 'Émile Roux' }),
      await quote(2, {}),
      await quote(3, { speaker: 'Zoe Adler' }, { sourceId: other.id }),
      await quote(1, { speaker: 'abel Tan' }),
      await quote(2, {}, { sourceId: other.id }),
    ];
    const ids = (rows: QuoteRow[]) => rows.map(({ id }) => made.indexOf(id));
    expect(ids(await throughPages({ sort: 'speaker' }))).toEqual([4, 1, 0, 3, 2, 5]);
    expect(ids(await throughPages({ sort: 'oldest' }))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ids(await throughPages({ sort: 'newest' }))).toEqual([5, 4, 3, 2, 1, 0]);
    expect(ids(await throughPages({ sort: 'source' }))).toEqual([0, 1, 4, 2, 3, 5]);
  });

  it('is narrowed by words, speaker, source, level, style and code', async () => {
    const code = await createCode(grantOf(owner, projectId), { name: 'Denial', definition: '' });
    const id = await quote(
      2,
      { speaker: 'Narrow Case', style: 'indirect', level: 'background' },
      { codeIds: [code.id], body: { type: 'TextualBody', value: 'compare the ledger' } },
    );
    const [row] = (await list()).items;
    expect(row).toMatchObject({ id, exact: 'The ministry denied it', speaker: { name: 'Narrow Case' } });
    const speaker = row?.speaker?.id ?? '';
    const narrowed: Record<string, string>[] = [
      { q: 'LEDGER' },
      { q: 'narrow c' },
      { speaker },
      { level: 'background' },
      { style: 'indirect' },
      { code: code.id },
      { q: 'ministry', speaker, source: sourceId, sort: 'speaker' },
    ];
    for (const query of narrowed)
      expect(
        (await list(query)).items.map((one) => one.id),
        JSON.stringify(query),
      ).toEqual([id]);
    const none = (await list({ speaker: 'none' })).items;
    expect(none.length).toBe(2);
    expect(none.every((one) => one.speaker === null)).toBe(true);
    expect((await list({ level: 'none' })).items.map((one) => one.id)).not.toContain(id);
    expect((await list({ q: '100%' })).items).toEqual([]);
  });

  it('leaves out what was deleted, and refuses a cursor of another order', async () => {
    const id = await quote(0, { speaker: 'Gone Soon' });
    await ask('annotation.delete', owner, { params: { projectId, annotationId: id } });
    expect((await list()).items.map((one) => one.id)).not.toContain(id);
    const { nextCursor } = await list({ sort: 'speaker', limit: 1 });
    for (const query of [
      { sort: 'newest', cursor: nextCursor ?? '' },
      { sort: 'newest', cursor: 'e30' },
      { sort: 'newest', cursor: '%' },
    ]) {
      const refused = await call('quote.list', owner, { params: { projectId }, query });
      expect(refused.status).toBe(400);
    }
  });

  it('is exported as a table in which nothing is a formula, with the rows that were asked for', async () => {
    const chain = [{ role: 'document', label: '=HYPERLINK("x")' }];
    await quote(0, { speaker: '+SUM(A1)', hedges: ['reportedly'], level: 'off-record', chain });
    const response = await call('quote.export', owner, { params: { projectId }, query: { q: '+SUM' } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('quotes.csv');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, row, ...rest] = new TextDecoder().decode(bytes).split('\r\n');
    expect(head).toContain('"Who","Said"');
    expect(row).toContain(`"'+SUM(A1)","We found no records","direct","reportedly","Off the record"`);
    expect(row).toContain(`"document: =HYPERLINK(""x"")"`);
    expect(rest).toEqual(['']);
  });

  it('exports more rows than are read at once', async () => {
    const text = Array.from({ length: 1_100 }, (_, nth) => `word${nth}`).join(' ');
    const long = await addSource(grantOf(owner, projectId), text);
    const { insertAnnotation } = await import('@/db/annotations');
    const { database } = await import('@/db/client');
    const { newId } = await import('@/lib/new-id');
    const { storedQuote, EMPTY_QUOTE } = await import('@/lib/annotations/attribution');
    await database().transaction(async (tx) => {
      for (let nth = 0; nth < 1_100; nth += 1)
        await insertAnnotation(tx, grantOf(owner, projectId), {
          id: newId(),
          sourceId: long.id,
          version: 1,
          motivation: 'quoting',
          body: null,
          quote: storedQuote(EMPTY_QUOTE),
          start: nth,
          end: nth + 1,
          exact: `row ${nth} `,
          prefix: '',
          suffix: '',
          codeIds: [],
        });
    });
    const query = { source: long.id, sort: 'source' };
    const table = await (await call('quote.export', owner, { params: { projectId }, query })).text();
    const rows = table.trim().split('\r\n').slice(1);
    expect(rows.map((row) => Number(/row (\d+)/.exec(row)?.[1]))).toEqual(
      Array.from({ length: 1_100 }, (_, nth) => nth),
    );
  });
});
