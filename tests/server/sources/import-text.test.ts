import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '@/lib/sources/canonical-text';
import { articleFromText, trimArticle } from '@/server/sources/import-text';
import { readArticle } from '@/server/sources/read-article';
import { parseAsInnerHtml } from '../../support/parse-tree';

describe('articleFromText', () => {
  it('makes paragraphs of what stands between blank lines, and keeps line ends within them', () => {
    const article = articleFromText('Title\n\nOne\ntwo\n\n\n\nThree');
    expect(article).toMatchObject({
      title: 'Title',
      html: '<h1>Title</h1><p>One<br>two</p><p>Three</p>',
      text: 'Title\n\nOne\ntwo\n\nThree',
    });
  });

  it('makes paragraphs of lines where no line is blank', () => {
    expect(articleFromText('Title\nOne\nTwo').html).toBe('<h1>Title</h1><p>One</p><p>Two</p>');
  });

  it('takes the title given, and makes a heading only of a title that the text begins with', () => {
    expect(articleFromText('One\n\nTwo', 'Another title')).toMatchObject({
      title: 'Another title',
      html: '<p>One</p><p>Two</p>',
    });
    expect(articleFromText('One\n\nTwo', ' One ').html).toBe('<h1>One</h1><p>Two</p>');
  });

  it('reads the line ends, marks and spaces of every system', () => {
    const article = articleFromText(
      '\ufeffTitle\r\n\u00a0\r\n  One\u2028two  \r\rThree\u00a0%\u2029Four\fFive',
    );
    expect(article.text).toBe('Title\n\nOne\ntwo\n\nThree\u00a0%\n\nFour\n\nFive');
  });

  it('takes html for text', () => {
    expect(articleFromText('<b>Bold</b> &amp; bare').text).toBe('<b>Bold</b> &amp; bare');
  });

  it('keeps a text letter for letter when its paragraphs stand apart by one blank line', () => {
    const line = fc.stringMatching(/^[a-zé漢👩<&"]{1,9}( [a-zé漢👩<&"]{1,9}){0,5}$/u);
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), (lines) => {
        const source = lines.join('\n\n');
        const { html, text } = articleFromText(source);
        expect(text).toBe(source);
        expect(canonicalText(parseAsInnerHtml(html)).text).toBe(source);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('reads a book of 60,000 lines', () => {
    const before = process.cpuUsage();
    const { text } = articleFromText('A sentence of some words.\n\n'.repeat(60_000));
    expect(text.length).toBe(60_000 * 27 - 2);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
  });
});

describe('trimArticle', () => {
  it('cuts text and html at any offset of the canonical text', () => {
    const article = readArticle(
      '<body><h2>Head</h2><p>One <b>two <i>three</i></b> four</p><ul><li>a<li>b</ul><table><tr><td>1<td>2</table>',
      null,
    );
    for (let start = 0; start <= article.text.length; start += 1) {
      const trimmed = trimArticle(article, start);
      expect(trimmed.text).toBe(article.text.slice(0, start).trimEnd());
      expect(canonicalText(parseAsInnerHtml(trimmed.html)).text).toBe(trimmed.text);
    }
    expect(trimArticle(article, article.text.length)).toEqual(article);
  });
});
