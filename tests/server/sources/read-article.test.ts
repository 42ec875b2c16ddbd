import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { readArticle } from '@/server/sources/read-article';
import { articleHtml, tagSoup } from '../../support/arbitrary-html';

const URL_OF_PAGE = 'https://news.example.com/2026/story.html';
const prose = (words: string) =>
  `<p>${`${words}, and some more words to make a paragraph of it, with commas, too. `.repeat(5)}</p>`;
const body = `<article>${prose('First')}${prose('Second')}${prose('Third')}</article>`;
const page = (head: string, rest = body) =>
  `<!doctype html><html lang="en-GB"><head>${head}</head><body>${rest}</body></html>`;
const jsonLd = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe('readArticle', () => {
  it('reads the facts of a page from its JSON-LD, links and language', () => {
    const article = readArticle(
      page(
        `<title>A title | Ledger</title><link rel="canonical" href="/story">${jsonLd({
          '@context': 'https://schema.org',
          '@graph': [
            { '@type': 'Organization', name: 'Not this one' },
            {
              '@type': 'NewsArticle',
              headline: 'A title of a story',
              author: [{ '@type': 'Person', name: 'Ada  Moss' }, { name: 'Ben Oak' }],
              publisher: { name: 'The Ledger' },
              datePublished: '2026-11-03T08:00:00+01:00',
            },
          ],
        })}`,
      ),
      URL_OF_PAGE,
    );
    expect(article).toMatchObject({
      byline: 'Ada Moss, Ben Oak',
      siteName: 'The Ledger',
      publishedAt: '2026-11-03T08:00:00+01:00',
      language: 'en-GB',
      canonicalUrl: 'https://news.example.com/story',
    });
    expect(article.text).toMatch(/^First.*\n\nSecond.*\n\nThird/);
  });

  it('reads them from meta elements and time where there is no JSON-LD, or a broken one', () => {
    const article = readArticle(
      page(
        `<script type="application/ld+json">{"@type": "NewsArticle", oops</script>
         <meta property="og:title" content="A title"><meta property="og:site_name" content="The Ledger">
         <meta name="author" content="Ada Moss"><meta property="og:url" content="https://news.example.com/s">`,
        `<time datetime="2026-11-03">3 November</time>${body}`,
      ),
      URL_OF_PAGE,
    );
    expect(article).toMatchObject({
      title: 'A title',
      byline: 'Ada Moss',
      siteName: 'The Ledger',
      publishedAt: '2026-11-03',
      canonicalUrl: 'https://news.example.com/s',
    });
  });

  it.each([
    ['Tue, 03 Nov 2026 08:00:00 GMT', '2026-11-03T08:00:00.000Z'],
    ['2026-11-03 08:00', '2026-11-03 08:00'],
    ['3 weeks ago', null],
    ['<b>2026</b>', null],
    ['', null],
  ])('gives the date %j as %j', (content, date) => {
    const head = `<meta property="article:published_time" content="${content}">`;
    expect(readArticle(page(head), null).publishedAt).toBe(date);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://me:pw@example.com/', 'mailto:a@example.com'])(
    'takes %s for no canonical address',
    (href) => {
      expect(readArticle(page(`<link rel="canonical" href="${href}">`), URL_OF_PAGE).canonicalUrl).toBeNull();
    },
  );

  it('resolves links against the base of the page, and the base against its address', () => {
    const rest = body.replace('First', '<a href="x.html">First</a>');
    const html = (head: string, url: string | null) => readArticle(page(head, rest), url).html;
    expect(html('', URL_OF_PAGE)).toContain('href="https://news.example.com/2026/x.html"');
    expect(html('<base href="/archive/">', URL_OF_PAGE)).toContain(
      'href="https://news.example.com/archive/x.html"',
    );
    expect(html('<base href="https://cdn.example.org/a/">', null)).toContain(
      'href="https://cdn.example.org/a/x.html"',
    );
    expect(html('', null)).not.toContain('href');
  });

  it('leaves navigation, sharing and scripts around the article out', () => {
    const links = Array.from({ length: 30 }, (_, at) => `<li><a href="/${at}">Section ${at}</a></li>`).join(
      '',
    );
    const { text } = readArticle(
      page(
        '',
        `<nav><ul>${links}</ul></nav>${body}<aside class="share">Share</aside><script>track("canary")</script>`,
      ),
      URL_OF_PAGE,
    );
    expect(text).not.toMatch(/Section|canary|Share/);
  });

  it('keeps a short page whole', () => {
    expect(readArticle(page('<title>T</title>', '<h2>Notice</h2><p>Closed today.</p>'), null).text).toContain(
      'Closed today.',
    );
  });

  it('says what to do about a page that writes its text by script', () => {
    expect(() => readArticle(page('', '<div id="root"></div><script>render()</script>'), null)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining('paste it instead') }),
    );
  });

  it('reads any page, or says why not', () => {
    fc.assert(
      fc.property(fc.oneof(tagSoup, articleHtml), fc.boolean(), (source, whole) => {
        try {
          const article = readArticle(whole ? page('', source) : source, URL_OF_PAGE);
          expect(article.text.length).toBeGreaterThan(0);
          expect(article.title.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { seed: 20_261_124, numRuns: 300 },
    );
  });

  it('gets through a very large page and a very deep one', () => {
    const flat = page('', '<p>Some words</p>'.repeat(20_000));
    const deep = page('', `${'<div>'.repeat(240)}${prose('Deep')}${'</div>'.repeat(240)}`.repeat(40));
    const before = process.cpuUsage();
    expect(readArticle(flat, null).text.length).toBeGreaterThan(100_000);
    expect(readArticle(deep, null).text).toContain('Deep');
    const { user, system } = process.cpuUsage(before);
    // The worker has 20 s for one page.
    expect((user + system) / 1e6).toBeLessThan(20);
  }, 120_000);
});
