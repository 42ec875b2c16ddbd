import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '@/lib/sources/canonical-text';
import { redact } from '@/lib/sources/redact';
import { cleanHtml, parseClean } from '@/server/sources/clean-html';
import { redactArticle } from '@/server/sources/redact-html';
import { articleHtml } from '../../support/arbitrary-html';

const SEED = 20_261_128;

describe('redactArticle', () => {
  it('blacks out words across elements, with what their links lead to, and leaves the form', () => {
    const article = cleanHtml(
      '<p>Read <a href="https://example.org/a">this</a>: <i>Ann</i> <a href="https://example.org/ann"><b>L</b>ee</a> said</p><ul><li>so</li></ul>',
      null,
    );
    const start = article.text.indexOf('Ann');
    const made = redactArticle(article, [{ start, end: article.text.indexOf(' said') }]);
    expect(made.html).toBe(
      '<p>Read <a href="https://example.org/a" rel="noopener noreferrer nofollow">this</a>: <i>███</i> <a><b>█</b>██</a> said</p><ul><li>so</li></ul>',
    );
    expect(made.text).toBe('Read this: ███ ███ said\n\nso');
  });

  it('says in html what it says in text, of the same length, whatever the article', () => {
    fc.assert(
      fc.property(articleHtml, fc.nat(), fc.nat(), (html, one, other) => {
        const article = cleanHtml(html, 'https://example.com/');
        const [a, b] = [one % (article.text.length + 1), other % (article.text.length + 1)];
        const spans = [{ start: Math.min(a, b), end: Math.max(a, b) }];
        const made = redactArticle(article, spans);
        expect(made.text).toBe(redact(article.text, 0, spans));
        expect(canonicalText(parseClean(made.html)).text).toBe(made.text);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('shows nothing of an article whose html says something else than its text', () => {
    expect(() => redactArticle({ html: '<p>One</p>', text: 'Two words' }, [{ start: 0, end: 3 }])).toThrow();
  });
});
