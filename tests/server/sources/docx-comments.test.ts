import { describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import {
  archive,
  documentXml,
  docxParts,
  footnotesXml,
  hostileArchives,
  rangeEnd,
  rangeStart,
  talkParts,
  wordRun,
} from '@/tests/support/archives';

const p = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`;
type Comments = Parameters<typeof talkParts>;
const read = (body: string, comments: Comments, more: Record<string, string> = {}) =>
  articleFromFile('report.docx', archive(docxParts(body, { ...talkParts(...comments), ...more })));

/** Each discussion with the words it is about. */
async function talks(body: string, comments: Comments, more: Record<string, string> = {}) {
  const { text, html, discussions = [], leftOut } = await read(body, comments, more);
  const plain = await articleFromFile('report.docx', archive(docxParts(body, more)));
  expect({ text, html }).toEqual({ text: plain.text, html: plain.html });
  const about = discussions.map(({ span, said }) => [
    span && text.slice(span.start, span.end),
    ...said.map((one) => one.text),
  ]);
  return { about, discussions, text, leftOut };
}

describe('Comments of a Word document', () => {
  it('are discussions of the words they stand at, with who said what and when, replies in their order', async () => {
    const { about, discussions } = await talks(
      p(
        wordRun('The 🐟 port '),
        rangeStart(0),
        rangeStart(1),
        wordRun('was closed'),
        rangeEnd(0),
        rangeEnd(1),
        wordRun('.'),
      ),
      [
        { text: 'Was it?', author: 'Ada &amp; Co', date: '2026-05-04T09:30:00' },
        { text: 'It was.', author: 'Bob', date: '2026-05-04T09:31:00+02:00', parent: 0 },
      ],
    );
    expect(about).toEqual([['was closed', 'Was it?', 'It was.']]);
    expect(discussions).toMatchObject([
      {
        span: { start: 12, end: 22 },
        isResolved: false,
        said: [
          { author: 'Ada & Co', at: '2026-05-04T09:30:00.000Z' },
          { author: 'Bob', at: '2026-05-04T07:31:00.000Z' },
        ],
      },
    ]);
  });

  it('were said when newer programs say so, and not by the clock on the wall', async () => {
    const [ids, ex] = [
      'http://schemas.microsoft.com/office/word/2016/wordml/cid',
      'http://schemas.microsoft.com/office/word/2018/wordml/cex',
    ];
    const { discussions } = await talks(
      p(wordRun('One')),
      [
        { text: 'a', date: '2026-05-04T09:30:00Z' },
        { text: 'b', date: '2026-05-04T09:30:00Z' },
      ],
      {
        'word/commentsIds.xml': `<c:commentsIds xmlns:c="${ids}"><c:commentId c:paraId="00000001" c:durableId="2ABC"/></c:commentsIds>`,
        'word/commentsExtensible.xml': `<c:commentsExtensible xmlns:c="${ex}"><c:commentExtensible c:durableId="2abc" c:dateUtc="2026-05-04T07:30:00Z"/></c:commentsExtensible>`,
      },
    );
    expect(discussions.map(({ said }) => said[0]?.at)).toEqual([
      '2026-05-04T07:30:00.000Z',
      '2026-05-04T09:30:00.000Z',
    ]);
  });

  it('reply to nothing where a program names no paragraphs', async () => {
    const body = p(
      rangeStart(0),
      wordRun('One'),
      rangeEnd(0),
      wordRun(' and '),
      rangeStart(1),
      wordRun('two'),
      rangeEnd(1),
    );
    const given: Comments = [{ text: 'First.' }, { text: 'Second.' }];
    const { 'word/comments.xml': xml = '' } = talkParts(...given);
    const bare = { 'word/comments.xml': xml.replace(/ w14:paraId="[^"]*"/g, '') };
    const { discussions = [] } = await read(body, given, bare);
    expect(discussions.map(({ said }) => said.map((one) => one.text))).toEqual([['First.'], ['Second.']]);
  });

  it('are resolved where Word says so of what they begin with', async () => {
    const body = p(rangeStart(0), wordRun('One'), rangeEnd(0), rangeStart(1), wordRun('two'), rangeEnd(1));
    const { discussions } = await talks(body, [{ text: 'a', done: true }, { text: 'b' }]);
    expect(discussions.map(({ isResolved }) => isResolved)).toEqual([true, false]);
  });

  it('keep ranges within each other, over each other, over paragraphs, and beside spaces and bold words', async () => {
    const bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">bold words </w:t></w:r>';
    const { about } = await talks(
      p(
        rangeStart(0),
        wordRun('One '),
        rangeStart(1),
        wordRun(' two '),
        rangeStart(2),
        wordRun('three '),
        rangeEnd(1),
      ) +
        p(wordRun('four '), rangeEnd(2), bold, rangeStart(3), bold, wordRun('five')) +
        rangeEnd(3) +
        p(wordRun('six'), rangeEnd(0)) +
        rangeStart(4) +
        p(wordRun('seven ')) +
        '<w:commentRangeEnd w:id="4"/>',
      [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }, { text: 'e' }],
    );
    expect(about).toEqual([
      ['One two three\n\nfour bold words bold words five\n\nsix', 'a'],
      ['two three', 'b'],
      ['three\n\nfour', 'c'],
      ['bold words five', 'd'],
      ['seven', 'e'],
    ]);
  });

  it('keep their places in tables, links, notes and what was added', async () => {
    const { about, text } = await talks(
      `<w:tbl><w:tr><w:tc>${p(rangeStart(0), wordRun('Year'), rangeEnd(0))}</w:tc><w:tc>${p(wordRun('Sum'))}</w:tc></w:tr></w:tbl>` +
        p(
          `<w:hyperlink r:id="l1">${rangeStart(1)}${wordRun('this')}${rangeEnd(1)}</w:hyperlink>`,
          '<w:r><w:footnoteReference w:id="2"/></w:r>',
          `<w:ins w:id="9">${wordRun('and ')}${rangeStart(2)}${wordRun('that')}${rangeEnd(2)}</w:ins>`,
        ),
      [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }],
      {
        'word/footnotes.xml': footnotesXml(
          `<w:footnote w:id="2">${p(wordRun('Says the '), rangeStart(3), wordRun('ledger.'), rangeEnd(3))}</w:footnote>`,
        ),
      },
    );
    expect(about).toEqual([
      ['Year', 'a'],
      ['this', 'b'],
      ['that', 'c'],
      ['ledger.', 'd'],
    ]);
    expect(text).toContain('Says the ledger.');
  });

  it('are about the document where their words are struck out, empty, or nowhere', async () => {
    const struck = '<w:del w:id="8"><w:r><w:delText>Struck.</w:delText></w:r></w:del>';
    const { about } = await talks(
      p(
        wordRun('Kept '),
        rangeStart(0),
        struck,
        rangeEnd(0),
        rangeStart(1),
        rangeEnd(1),
        rangeStart(3),
        struck,
        wordRun('words'),
        rangeEnd(3),
      ),
      [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }],
      { 'word/header1.xml': documentXml(p(rangeStart(2), wordRun('Head'), rangeEnd(2))) },
    );
    expect(about).toEqual([
      [null, 'a'],
      [null, 'b'],
      [null, 'c'],
      ['words', 'd'],
    ]);
  });

  it('take no letter of the document for a place', async () => {
    const { about, leftOut } = await talks(
      p(wordRun('&#xF0000;One '), rangeStart(0), wordRun('two'), rangeEnd(0), wordRun('&#x100000;')),
      [{ text: 'a' }],
    );
    expect(about).toEqual([[null, 'a']]);
    expect(leftOut).toEqual(['The places of comments: they can’t be told for certain.']);
  });

  it('are words and nothing else', async () => {
    const { discussions } = await talks(p(wordRun('One')), [
      { text: '&lt;img src=x onerror=alert(1)&gt;', author: '&lt;b&gt;Eve&lt;/b&gt;' },
    ]);
    expect(discussions[0]?.said[0]).toMatchObject({
      text: '<img src=x onerror=alert(1)>',
      author: '<b>Eve</b>',
    });
  });

  it('come in up to so many and so long, and it is said what does not', async () => {
    const many = Array.from({ length: 2_001 }, (_, nth) => ({ text: nth === 1 ? '' : `c${nth}` }));
    const { discussions, leftOut } = await talks(p(wordRun('One')), [
      { text: 'x'.repeat(30_000) },
      ...many.slice(1),
    ]);
    expect(discussions).toHaveLength(1_999);
    expect(discussions[0]?.said[0]?.text).toHaveLength(20_000);
    expect(leftOut).toEqual([
      '1 comment without words.',
      'The end of 1 comment with more than 20,000 letters.',
      '1 comment behind the first 2,000.',
    ]);
  });

  it.each(['word/comments.xml', 'word/commentsExtended.xml'])(
    'are refused with their document in no time where %s wants to do harm',
    async (name) => {
      const parts = docxParts(p(wordRun('One')), talkParts({ text: 'a' }));
      for (const [, bytes] of hostileArchives(parts, name)) {
        const from = performance.now();
        await expect(articleFromFile('report.docx', bytes)).rejects.toMatchObject({ code: 'invalid' });
        expect(performance.now() - from).toBeLessThan(2_000);
      }
    },
  );

  it('of a document too long for their places are about the whole, and it is said', async () => {
    const long = `<!--${Array.from({ length: 100_000 }, (_, nth) => `${nth ** 3} `.padEnd(45, String(nth))).join('')}-->`;
    const { about, leftOut } = await talks(p(rangeStart(0), wordRun('One'), rangeEnd(0)) + long, [
      { text: 'a' },
    ]);
    expect(about).toEqual([[null, 'a']]);
    expect(leftOut).toEqual(['The places of comments: the document is too long for them to be looked for.']);
  });

  it('are told apart though they reply in a ring, or to what is not there', async () => {
    const { about } = await talks(p(wordRun('One')), [
      { text: 'a', parent: 1 },
      { text: 'b', parent: 0 },
      { text: 'c', parent: 77 },
    ]);
    expect(about).toEqual([
      [null, 'a', 'b'],
      [null, 'c'],
    ]);
  });
});
