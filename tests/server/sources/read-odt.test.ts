import { describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import { archive, hostileArchives, odtPart, odtParts } from '@/tests/support/archives';

const read = (body: string, more: Record<string, string> = {}) =>
  articleFromFile('report.odt', archive(odtParts(body, more)));
const p = (text: string, style = '') => `<text:p${style && ` text:style-name="${style}"`}>${text}</text:p>`;
const cell = (text: string, more = '') => `<table:table-cell${more}>${p(text)}</table:table-cell>`;
const list = (style: string, ...items: string[]) =>
  `<text:list${style && ` text:style-name="${style}"`}>${items.map((item) => `<text:list-item>${item}</text:list-item>`).join('')}</text:list>`;

describe('An OpenDocument text', () => {
  it('comes in with its headings, lists, tables and links', async () => {
    const { html, text, title, leftOut } = await read(
      '\n  <text:h text:outline-level="1">The report</text:h>\n' +
        p(
          'See<text:s/><text:a xlink:href="https://example.org/report">this</text:a>,<text:line-break/>then<text:tab/>that.',
        ) +
        list('L1', p('One'), p('Two') + list('', p('Two and a half'))) +
        `<table:table><table:table-column/><table:table-header-rows><table:table-row>${cell('Year')}${cell('Sum')}</table:table-row></table:table-header-rows>` +
        `<table:table-row>${cell('All', ' table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row></table:table>`,
      {
        styles:
          '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>',
      },
    );
    expect(html).toBe(
      '<h1>The report</h1><p>See <a href="https://example.org/report" rel="noopener noreferrer nofollow">this</a>,<br>then that.</p>' +
        '<ol><li>One</li><li><p>Two</p><ul><li>Two and a half</li></ul></li></ol>' +
        '<table><tbody><tr><th>Year</th><th>Sum</th></tr><tr><td colspan="2">All</td></tr></tbody></table>',
    );
    expect(text).toContain('See this,\nthen that.');
    expect(title).toBe('The report');
    expect(leftOut).toEqual([]);
  });

  it('comes in with what is set apart: titles, quotations, strong and slanted letters, by styles made from styles', async () => {
    const style = (name: string, more: string) => `<style:style style:name="${name}"${more}</style:style>`;
    const { html } = await read(
      p('The ledger', 'P1') +
        p('We knew.', 'P2') +
        p(
          'It is <text:span text:style-name="T1">so</text:span>, H<text:span text:style-name="T2">2</text:span>O.',
        ),
      {
        styles:
          style('P1', ' style:parent-style-name="MyTitle">') +
          style('P2', ' style:parent-style-name="Quotations">') +
          style('T1', '><style:text-properties fo:font-weight="bold" fo:font-style="italic"/>') +
          style('T2', '><style:text-properties style:text-position="sub 58%"/>') +
          style('Loop', ' style:parent-style-name="Loop">'),
        'styles.xml': odtPart('styles', style('MyTitle', ' style:parent-style-name="Title">')),
      },
    );
    expect(html).toBe(
      '<h1>The ledger</h1><blockquote><p>We knew.</p></blockquote><p>It is <strong><em>so</em></strong>, H<sub>2</sub>O.</p>',
    );
  });

  it('comes in with its notes at the end, and boxes behind the paragraph they hang on', async () => {
    const note =
      '<text:note><text:note-citation>i</text:note-citation><text:note-body><text:p>Says the ledger.</text:p></text:note-body></text:note>';
    const box = '<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>';
    const { text } = await read(p(`It is so${note}, they${box} say.`) + p('Next.'));
    expect(text).toBe('It is so[1], they say.\n\nIn a box.\n\nNext.\n\nSays the ledger.');
  });

  it('says what does not come in: pictures, contents, what was struck out, what repeats', async () => {
    const { text, leftOut } = await read(
      '<text:tracked-changes><text:changed-region><text:deletion><text:p>Struck.</text:p></text:deletion></text:changed-region></text:tracked-changes>' +
        `<text:table-of-content><text:index-body>${p('1 Kept … 3')}</text:index-body></text:table-of-content>` +
        p('Kept.') +
        p('<draw:frame><draw:image xlink:href="file:///etc/passwd"/></draw:frame>'),
      {
        'styles.xml': odtPart(
          'styles',
          '<office:master-styles><style:header><text:p>Confidential</text:p></style:header></office:master-styles>',
        ),
      },
    );
    expect(text).toBe('Kept.');
    expect(leftOut).toEqual([
      '1 picture.',
      'The table of contents.',
      'What repeats at the top or foot of pages.',
      'What was struck out in tracked changes; what was added in them is in the text.',
    ]);
  });

  it('keeps no script, whatever stands in its text and its links', async () => {
    const { html } = await read(
      p('&lt;script&gt;x()&lt;/script&gt; <text:a xlink:href="javascript:x()">press</text:a>') +
        p('<text:a xlink:href="&quot;&gt;&lt;img src=x onerror=x()&gt;">me</text:a>'),
    );
    expect(html).toBe('<p>&lt;script&gt;x()&lt;/script&gt; press</p><p>me</p>');
  });

  it('takes its stated title where it has no heading, and nobody’s name', async () => {
    const meta = odtPart(
      'meta',
      '<office:meta><dc:title>The ledger</dc:title><dc:creator>A source</dc:creator></office:meta>',
    );
    expect(await read(p('Words'), { 'meta.xml': meta })).toMatchObject({ title: 'The ledger', byline: null });
  });

  it.each(hostileArchives(odtParts(p('Words')), 'content.xml'))(
    'is refused in no time, with %s',
    async (_what, bytes) => {
      const from = performance.now();
      await expect(articleFromFile('report.odt', bytes)).rejects.toThrow(
        expect.objectContaining({ code: 'invalid', message: expect.stringContaining('can’t be') }),
      );
      expect(performance.now() - from).toBeLessThan(2_000);
    },
  );

  it('repeats nothing as often as a file asks for', async () => {
    const row = `<table:table-row table:number-rows-repeated="100000000">${cell('x', ' table:number-columns-repeated="100000000"')}</table:table-row>`;
    const { text } = await read(`${p('a<text:s text:c="1000000000"/>b')}<table:table>${row}</table:table>`);
    expect(text.length).toBeLessThan(300);
  });

  it.each([
    ['locked', { 'META-INF/manifest.xml': '<m><encryption-data/></m>' }, 'locked'],
    ['without any text', { 'content.xml': odtParts(p(' '))['content.xml'] as string }, 'no-text'],
    ['too long', { 'content.xml': `<x>${'ab'.repeat(13 * 1_048_576)}</x>` }, 'invalid'],
  ])('is refused where it is %s', async (_what, more, reason) => {
    const bytes = archive(odtParts(p('Words'), more as Record<string, string>));
    await expect(articleFromFile('a.odt', bytes)).rejects.toThrow(
      expect.objectContaining(reason === 'invalid' ? { code: 'invalid' } : { details: { reason } }),
    );
  });

  it('is told from a table or slides by what it says of itself', async () => {
    const kind = 'application/vnd.oasis.opendocument.spreadsheet';
    const sheet = archive({ ...odtParts(p('Words')), mimetype: kind });
    await expect(articleFromFile('a.odt', sheet)).rejects.toThrow(/OpenDocument file that is no text/);
  });
});
