import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALLOWED_TAGS } from '@/lib/sources/allow-list';
import { canonicalText } from '@/lib/sources/canonical-text';
import { cleanHtml } from '@/server/sources/clean-html';
import { articleHtml, tagSoup } from '../../support/arbitrary-html';
import { outline, parseAsDocument, parseAsInnerHtml, partsOf } from '../../support/parse-tree';

const BASE = 'https://example.com/news/today.html';
const SEED = 20_261_124;

describe('cleanHtml', () => {
  it.each([
    ['<p>One <b>two</b>  three </p>\n<p> Four</p>', '<p>One <b>two</b> three</p><p>Four</p>'],
    ['<p>One <b> two </b> three</p>', '<p>One <b>two </b>three</p>'],
    ['<div>One<div>Two</div>Three</div>', '<p>One</p><p>Two</p><p>Three</p>'],
    ['Bare <i>words</i><p>A paragraph</p>', '<p>Bare <i>words</i></p><p>A paragraph</p>'],
    ['<ul>\n<li>\n<p>One</p>\n</li>\n<li>Two</li>\n</ul>', '<ul><li>One</li><li>Two</li></ul>'],
    ['<p>One<br>\n two<br></p>', '<p>One<br>two</p>'],
    ['<pre>\n\n  a\n    b  \n</pre>', '<pre>  a\n    b  \n</pre>'],
    ['<p>漢字\n漢字 漢字\nabc</p>', '<p>漢字漢字 漢字 abc</p>'],
    ['<p>He said <q>no</q>.</p>', '<p>He said “no”.</p>'],
    ['<h2><div>Head</div><div>Line</div></h2>', '<h2>Head<br>Line</h2>'],
    ['<p dir="rtl" lang="he" class="x" id="y" style="z">שלום</p>', '<p dir="rtl" lang="he">שלום</p>'],
    ['<div lang="fr">Bonjour<p>Salut</p></div>', '<p lang="fr">Bonjour</p><p lang="fr">Salut</p>'],
    ['<p>Empty <b></b><span> </span>things</p><p> </p><div></div><a href="/x"></a>', '<p>Empty things</p>'],
    [
      '<table><tr><td colspan="2" width="9">A<td rowspan=0>B</table>',
      '<table><tbody><tr><td colspan="2">A</td><td>B</td></tr></tbody></table>',
    ],
    ['<p>a<b> </b>b<i>&nbsp;</i>c</p><p>&nbsp;</p>', '<p>a b&nbsp;c</p>'],
    ['<table><tr><td> </td></tr></table>', ''],
    [
      '<figure><img src="x.png" onerror="x"><figcaption>A <i>caption</i></figcaption></figure>',
      '<figure><figcaption>A <i>caption</i></figcaption></figure>',
    ],
    ['<p>a &amp; b &lt;c&gt; d&nbsp;e "f"</p>', '<p>a &amp; b &lt;c&gt; d&nbsp;e "f"</p>'],
    ['<p>nul\0 bell\u0007 cr&#13;lf lone\ud800</p>', '<p>nul bell cr lf lone\ufffd</p>'],
  ])('makes %j into %j', (source, html) => {
    expect(cleanHtml(source, BASE).html).toBe(html);
  });

  it.each([
    ['/about', 'https://example.com/about'],
    ['other.html?a=1&b=2#part', 'https://example.com/news/other.html?a=1&amp;b=2#part'],
    ['//cdn.example.org/x', 'https://cdn.example.org/x'],
    ['mailto:desk@example.com', 'mailto:desk@example.com'],
  ])('keeps a link to %s, resolved', (href, address) => {
    expect(cleanHtml(`<p><a href="${href}" target="_blank" ping="/p">x</a></p>`, BASE).html).toBe(
      `<p><a href="${address}" rel="noopener noreferrer nofollow">x</a></p>`,
    );
  });

  it.each([
    '#note',
    'javascript:x()',
    'data:text/html,x',
    'ftp://example.com/',
    'https://me:pw@example.com/',
    'http://[',
  ])('takes the link from %s and keeps its words', (href) => {
    expect(cleanHtml(`<p>a <a href="${href}">word</a></p>`, BASE).html).toBe('<p>a word</p>');
  });

  it('drops relative links when the page has no address', () => {
    expect(cleanHtml('<p><a href="/about">x</a></p>', null).html).toBe('<p>x</p>');
  });

  it('separates paragraphs, lines and cells in the canonical text', () => {
    const { text } = cleanHtml(
      '<h1>Title</h1><p>One<br>two</p><ul><li>a<li>b</ul><table><tr><td>1<td>2<tr><td>3<td>4</table><p>End',
      null,
    );
    expect(text).toBe('Title\n\nOne\ntwo\n\na\nb\n\n1\t2\n3\t4\n\nEnd');
  });

  it.each([
    ['as articles have it', articleHtml],
    ['in any order', tagSoup],
  ])('writes html that every parser builds into one tree, from tags %s', (_words, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (source) => {
        const { html, text } = cleanHtml(source, BASE);
        const inner = parseAsInnerHtml(html);
        expect(canonicalText(inner).text).toBe(text);
        // DOMPurify parses a whole document without a doctype; leading white space would be lost there.
        expect(outline(parseAsDocument(`<body>${html}`))).toEqual(outline({ ...inner, nodeName: 'BODY' }));
        expect(cleanHtml(html, BASE)).toEqual({ html, text });
        for (const tag of partsOf(html).tags) expect(ALLOWED_TAGS).toContain(tag);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('leaves no white space that a browser would not show, outside of pre', () => {
    fc.assert(
      fc.property(articleHtml, (source) => {
        const { html, text } = cleanHtml(source, BASE);
        if (html.includes('<pre')) return;
        expect(text).not.toMatch(/[ \t\r\f]{2}|[ \t]\n|\n[ \t]|^[ \n\t]|[ \n\t]$/);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('refuses html that is too deep or has too many elements, before the slow part', () => {
    const began = performance.now();
    expect(() => cleanHtml('<div>'.repeat(50_000), BASE)).toThrow('more than 256 deep');
    expect(() => cleanHtml('<b>x</b>'.repeat(60_000), BASE)).toThrow('more than 50,000 elements');
    // One formatting element a paragraph, opened again in each that follows: quadratic in a parser without a limit.
    const formatting = Array.from({ length: 5_000 }, (_, at) => `<p><b id=${at}>`).join('');
    expect(() => cleanHtml(formatting, BASE)).toThrow(/too (?:deep|many) to read/);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
