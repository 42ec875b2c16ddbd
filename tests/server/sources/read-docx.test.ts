import { describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import {
  archive,
  documentXml,
  docxParts,
  footnotesXml,
  hostileArchives,
  note,
  para,
} from '@/tests/support/archives';

const read = (body: string, more: Record<string, string> = {}) =>
  articleFromFile('report.docx', archive(docxParts(body, more)));
const cell = (text: string) => `<w:tc>${para(text)}</w:tc>`;

describe('A Word document', () => {
  it('comes in with its headings, lists, tables and links', async () => {
    const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
    const listed = (text: string) =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const parts = docxParts('');
    const { html, title, leftOut } = await read(
      para('The report', 'Heading1') +
        para('See ', undefined, '<w:hyperlink r:id="l1"><w:r><w:t>this</w:t></w:r></w:hyperlink>') +
        listed('One') +
        listed('Two') +
        `<w:tbl><w:tr>${cell('Year')}${cell('Sum')}</w:tr></w:tbl>`,
      {
        'word/numbering.xml': numbering,
        'word/_rels/document.xml.rels': (parts['word/_rels/document.xml.rels'] as string).replace(
          '</Relationships>',
          '<Relationship Id="m1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>',
        ),
      },
    );
    expect(html).toBe(
      '<h1>The report</h1><p>See <a href="https://example.org/report" rel="noopener noreferrer nofollow">this</a></p>' +
        '<ul><li>One</li><li>Two</li></ul><table><tbody><tr><td>Year</td><td>Sum</td></tr></tbody></table>',
    );
    expect(title).toBe('The report');
    expect(leftOut).toEqual([]);
  });

  it('comes in with its notes at the end, without arrows back', async () => {
    const { text } = await read(para('It is so', undefined, '<w:r><w:footnoteReference w:id="2"/></w:r>'), {
      'word/footnotes.xml': footnotesXml(note(2, 'Says the ledger.')),
    });
    expect(text).toBe('It is so[1]\n\nSays the ledger.');
  });

  it('says what does not come in: pictures, what was struck out, what repeats', async () => {
    const { text, leftOut } = await read(
      para('Kept. ') +
        '<w:p><w:ins w:id="1"><w:r><w:t>Added.</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>Struck.</w:delText></w:r></w:del></w:p>' +
        '<w:p><w:r><w:drawing><a:blip xmlns:a="x" r:link="i1"/></w:drawing></w:r></w:p>',
      {
        'word/header1.xml': documentXml(para('Confidential')),
      },
    );
    expect(text).toBe('Kept. \n\nAdded.'.replace(' \n', '\n'));
    expect(leftOut).toEqual([
      '1 picture.',
      'What repeats at the top or foot of pages.',
      'What was struck out in tracked changes; what was added in them is in the text.',
    ]);
  });

  it('keeps no script, and reads no file of this machine', async () => {
    const { html } = await read(
      para(
        'Words &lt;script&gt;',
        undefined,
        '<w:hyperlink r:id="x1"><w:r><w:t>press</w:t></w:r></w:hyperlink><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="i1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
      ),
    );
    expect(html).toBe('<p>Words &lt;script&gt;press</p>');
  });

  it('takes no styles that the file brings for whoever reads it', async () => {
    const { html } = await read(para('Words'), { 'mammoth/style-map': 'p => h1:fresh' });
    expect(html).toBe('<p>Words</p>');
  });

  it('takes its stated title where it has no heading', async () => {
    const core =
      '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The ledger</dc:title><dc:creator>A source</dc:creator></cp:coreProperties>';
    expect(await read(para('Words'), { 'docProps/core.xml': core })).toMatchObject({
      title: 'The ledger',
      byline: null,
    });
  });

  it.each(hostileArchives(docxParts(para('Words')), 'word/document.xml'))(
    'is refused in no time, with %s',
    async (_what, bytes) => {
      const from = performance.now();
      await expect(articleFromFile('report.docx', bytes)).rejects.toThrow(
        expect.objectContaining({ code: 'invalid', message: expect.stringContaining('can’t be') }),
      );
      expect(performance.now() - from).toBeLessThan(2_000);
    },
  );

  it.each([
    ['nothing in it', para('')],
    ['only spaces', para(' \u00a0 ')],
  ])('is refused with %s', async (_what, body) => {
    await expect(read(body)).rejects.toThrow(expect.objectContaining({ details: { reason: 'no-text' } }));
  });

  it('is refused without its main part', async () => {
    const { 'word/document.xml': _, ...parts } = docxParts('');
    await expect(articleFromFile('a.docx', archive(parts))).rejects.toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining('damaged') }),
    );
  });
});
