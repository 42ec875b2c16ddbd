import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTable } from '@/lib/agreement/read-table';
import { cellsOf } from '@/lib/csv';
import type { ExportFormat } from '@/lib/exchange/formats';
import { Losses } from '@/lib/exchange/losses';
import { writeExport } from '@/lib/exchange/write';
import { childrenOf, parseXml, type XmlElement } from '@/lib/exchange/xml';
import { bytesOf, reading, smallProject } from '@/tests/support/exchange-records';

async function write(format: ExportFormat) {
  const losses = new Losses();
  const options = { profile: 'standard', made: '2026-03-01T10:00:00.000Z' } as const;
  const bytes = await bytesOf(writeExport(format, reading(smallProject()), losses, options));
  return { bytes, text: bytes.toString(), losses: losses.report().losses };
}
async function filesOf(format: ExportFormat): Promise<Record<string, string>> {
  const { bytes } = await write(format);
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, file]) => [
      name,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(file),
    ]),
  );
}
const row = (csv: string | undefined, nth: number) =>
  cellsOf((csv ?? '').replace(/^\ufeff/, ''), ',')[nth]?.cells;

describe('Tables', () => {
  it('as CSV hold quotes, codings, claims and evidence, and no cell that a program takes for a formula', async () => {
    const files = await filesOf('csv');
    expect(Object.keys(files)).toEqual([
      'quotes.csv',
      'codings.csv',
      'claims.csv',
      'evidence.csv',
      'agreement.csv',
    ]);
    expect(row(files['quotes.csv'], 1)?.slice(0, 2)).toEqual(["'＝Mayor", 'The mayor denied it ']);
    expect(row(files['quotes.csv'], 1)?.[6]).toBe(`'=cmd|"x"`);
    expect(row(files['codings.csv'], 2)?.slice(0, 4)).toEqual(["'@sum", `'=cmd|"x"`, '14', '34']);
    expect(row(files['claims.csv'], 1)?.slice(0, 2)).toEqual(['The mayor was there', 'Contradicted']);
    expect(row(files['evidence.csv'], 1)?.slice(1, 6)).toEqual([
      'disputes',
      'The mayor denied it ',
      `'=cmd|"x"`,
      '',
      'B2',
    ]);
    for (const file of Object.values(files))
      for (const { cells } of cellsOf(file.replace(/^\ufeff/, ''), ','))
        for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
  });

  it('give what the command that computes agreement reads', async () => {
    const files = await filesOf('csv');
    expect(() => readTable(files['agreement.csv'] ?? '')).not.toThrow();
  });

  it('as a workbook are sheets of text cells alone, letter for letter', async () => {
    const files = await filesOf('xlsx');
    const sheet = files['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).not.toMatch(/<f[ >]/);
    const rows = childrenOf(childrenOf(parseXml(sheet), 'sheetData')[0], 'row');
    const textOf = (element: XmlElement): string => element.text + element.children.map(textOf).join('');
    const cells = rows[1]?.children ?? [];
    expect(cells.map((cell) => cell.attributes.t)).toEqual(cells.map(() => 'inlineStr'));
    expect(cells.map(textOf).slice(0, 2)).toEqual(['＝Mayor', 'The mayor denied it ']);
    for (const [name, text] of Object.entries(files)) expect(parseXml(text).name, name).not.toBe('');
  });
});

describe('Notes', () => {
  it('as Markdown have their chips as quotations with a footnote that leads to the source', async () => {
    const files = await filesOf('markdown');
    expect(files['My-note.md']).toBe(
      '# My \\*note\\*\n\n### What was said\n\n\\# no heading, **bold**“The mayor denied it”[^1]\\[a passage that is not here\\]\n\n' +
        '[^1]: ＝Mayor, in [=cmd\\|"x"](<https://paper.example/a?b=1&c=2>)\n',
    );
    expect((await write('markdown')).losses.map(({ what }) => what)).toEqual([
      'Claims',
      'Passages that are not to be seen',
    ]);
  });

  it('stand in a report that runs and loads nothing, whatever they say', async () => {
    const { text } = await write('html');
    expect(text).toContain("default-src 'none'");
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/<(script|img|iframe|link|object)\b|\son\w+=/i);
    expect(text).toContain('<q>The mayor denied it</q>');
    expect(text).toContain('<b>Contradicted</b>');
  });
});

describe('Claims and sources', () => {
  it('come out as ClaimReview with a verdict', async () => {
    const [review] = JSON.parse((await write('claim-review')).text) as object[];
    expect(review).toMatchObject({
      '@type': 'ClaimReview',
      claimReviewed: 'The mayor was there',
      reviewRating: { alternateName: 'Contradicted', ratingValue: 1, bestRating: 5, worstRating: 1 },
      itemReviewed: { appearance: [{ url: 'https://paper.example/a?b=1&c=2' }] },
    });
  });

  it('come out as bibliographies whose signs mean nothing to the program that reads them', async () => {
    const [item] = JSON.parse((await write('csl-json')).text) as object[];
    expect(item).toMatchObject({
      type: 'webpage',
      title: '=cmd|"x"',
      author: [{ literal: 'R. <b>Porter</b>' }],
    });
    expect((await write('bibtex')).text).toContain('url = {https://paper.example/a?b=1&c=2}');
    expect((await write('ris')).text).toMatch(
      /^TY {2}- ELEC\r\nID {2}- [\s\S]*UR {2}- https:\/\/paper\.example.*\r\n[\s\S]*ER {2}- \r\n$/,
    );
  });
});

describe('XML that is not trusted', () => {
  it.each([
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 'DOCTYPE'],
    ['an unknown entity', '<x>&a;</x>', 'sound XML'],
    ['what is no XML', 'PK', 'sound XML'],
    ['a bottomless tree', '<a>'.repeat(300), 'deeper'],
    ['an unclosed tag', '<a>', 'sound XML'],
  ])('with %s is refused in words', (_, xml, words) => {
    expect(() => parseXml(xml)).toThrow(words);
  });
});
