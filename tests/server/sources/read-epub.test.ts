import { describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import { archive, epubParts, hostileArchives } from '@/tests/support/archives';

const read = (parts: Record<string, string>) => articleFromFile('book.epub', archive(parts));
const words = { href: 'a.xhtml', body: '<p>Words</p>' };
const lock = (path: string) =>
  `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData><CipherReference URI="${path}"/></CipherData></EncryptedData></encryption>`;

describe('A book', () => {
  it('comes in chapter after chapter as its spine has them, with what it says of itself', async () => {
    // The spine of these books goes from the last item to the first.
    const book = epubParts([
      { href: 'end%20of%20it.xhtml', body: '<h2>Two</h2><p>More<br/>words<a id="x"/> and no link</p>' },
      { href: './first.xhtml', body: '<section><h2>One</h2><p>Words <em>set</em> <i/>so</p></section>' },
    ]);
    const { html, ...facts } = await read(book);
    expect(html).toBe('<h2>One</h2><p>Words <em>set</em> so</p><h2>Two</h2><p>More<br>words and no link</p>');
    expect(facts).toMatchObject({
      title: 'The book',
      byline: 'Ada B.',
      language: 'de',
      publishedAt: '2024-05-06',
      leftOut: [],
    });
  });

  it('is called by its first words where its program only says that it has no title', async () => {
    const book = epubParts([{ href: 'a.xhtml', body: '<h1>The ledger of the port</h1><p>Words</p>' }]);
    const nameless = Object.entries(book).map(([name, part]) => [
      name,
      part.replace('The book', 'Unknown Title'),
    ]);
    expect((await read(Object.fromEntries(nameless))).title).toBe('The ledger of the port');
  });

  it('loads nothing from outside and keeps no script', async () => {
    const body =
      '<p>Words</p><script src="https://evil.example/x.js"></script><img src="https://evil.example/x.png" onerror="alert(1)"/><iframe src="https://evil.example"></iframe><svg onload="alert(1)"><image href="https://evil.example"/></svg><p style="background:url(https://evil.example)"><a href="javascript:alert(1)">press</a> <a href="b.xhtml">on</a></p>';
    expect((await read(epubParts([{ href: 'a.xhtml', body }]))).html).toBe('<p>Words</p><p>press on</p>');
  });

  it('says what does not come in: its table of contents, what stands beside the text, pages that are pictures', async () => {
    const { text, leftOut } = await read(
      epubParts([
        words,
        {
          href: 'nav.xhtml',
          body: '<p>List</p>',
          item: 'media-type="application/xhtml+xml" properties="nav"',
        },
        { href: 'answers.xhtml', body: '<p>Answers</p>', ref: 'linear="no"' },
        { href: 'cover.svg', body: '', item: 'media-type="image/svg+xml"' },
      ]),
    );
    expect(text).toBe('Words');
    expect(leftOut).toEqual([
      'The table of contents.',
      '1 part that stands beside the text.',
      '1 page that is a picture.',
    ]);
  });

  it('comes in where only its fonts are locked', async () => {
    const { text } = await read(epubParts([words], { 'META-INF/encryption.xml': lock('OEBPS/font.otf') }));
    expect(text).toBe('Words');
  });

  it.each([
    ['locked chapters', epubParts([words], { 'META-INF/encryption.xml': lock('OEBPS/a.xhtml') }), 'locked'],
    ['a chapter of elsewhere', epubParts([{ ...words, href: 'https://evil.example/a.xhtml' }]), 'broken'],
    [
      'a chapter that is not in it',
      { ...epubParts([{ ...words, href: 'b.xhtml' }]), 'OEBPS/b.xhtml': '' },
      'no-text',
    ],
    ['no chapters', epubParts([]), 'no-text'],
    ['no list', epubParts([words], { 'META-INF/container.xml': '<container/>' }), 'broken'],
    [
      'a list that leads out of it',
      epubParts([words], {
        'META-INF/container.xml':
          '<container><rootfiles><rootfile full-path="../../etc/passwd"/></rootfiles></container>',
      }),
      'broken',
    ],
    [
      'entities of its own',
      epubParts([words], {
        'OEBPS/a.xhtml': '<!DOCTYPE html [<!ENTITY a "b">]><html><body>&a;</body></html>',
      }),
      'xml',
    ],
    [
      'a chapter a thousand deep',
      epubParts([{ ...words, body: `${'<div>'.repeat(1_000)}Words` }]),
      'too-deep',
    ],
  ])('is refused with %s', async (_what, parts, reason) => {
    await expect(read(parts)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid', details: { reason } }),
    );
  });

  it.each(hostileArchives(epubParts([words]), 'OEBPS/content.opf'))(
    'is refused in no time, with %s',
    async (_what, bytes) => {
      const from = performance.now();
      await expect(articleFromFile('book.epub', bytes)).rejects.toThrow(
        expect.objectContaining({ code: 'invalid', message: expect.stringContaining('can’t be') }),
      );
      expect(performance.now() - from).toBeLessThan(2_000);
    },
  );
});
