import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalText, pointAt } from '@/lib/sources/canonical-text';
import { findFurniture } from '@/lib/sources/furniture';
import { articleFromText, trimArticle } from '@/server/sources/import-text';
import { parsePage, textOf } from '@/server/sources/parse-page';
import { readArticle } from '@/server/sources/read-article';
import { hasInputs, INPUTS } from '../../support/inputs';
import { parseAsDocument, parseAsInnerHtml } from '../../support/parse-tree';

const PAGES = hasInputs ? readdirSync(`${INPUTS}/pages`) : [];
const read = (page: string, file: string) => readFileSync(`${INPUTS}/pages/${page}/${file}`, 'utf8');

/** Words, Han characters each by itself: what two extractions of one page are compared by. */
function words(text: string): string[] {
  return text.normalize('NFC').match(/\p{sc=Han}|[\p{L}\p{N}]+/gu) ?? [];
}

/** The F1 of two multisets of words. */
function f1(found: string[], expected: string[]): number {
  const left = new Map<string, number>();
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1);
  let hits = 0;
  for (const word of found) {
    const count = left.get(word) ?? 0;
    if (count > 0) hits += 1;
    left.set(word, count - 1);
  }
  return (2 * hits) / (found.length + expected.length);
}

describe.skipIf(!hasInputs)('reading real pages', () => {
  const articles = PAGES.map((page) => ({
    page,
    article: readArticle(read(page, 'source.html'), 'https://example.com/page.html'),
  }));

  it('finds their text and their title', () => {
    const rows = articles.map(({ page, article }) => {
      const expected = words(textOf(parsePage(read(page, 'expected.html'))));
      const { title } = JSON.parse(read(page, 'expected-metadata.json')) as { title: string };
      return {
        page,
        words: expected.length,
        f1: Number(f1(words(article.text), expected).toFixed(3)),
        title: Number(f1(words(article.title), words(title)).toFixed(3)),
        date: article.publishedAt,
      };
    });
    console.table(rows);
    for (const row of rows) expect(row.title, row.page).toBeGreaterThanOrEqual(0.9);
    expect(rows.reduce((sum, row) => sum + row.f1, 0) / rows.length).toBeGreaterThanOrEqual(0.9);
    expect(Math.min(...rows.map((row) => row.f1))).toBeGreaterThanOrEqual(0.8);
  });

  it('finds who wrote them, where and when, as the pages say it', () => {
    const facts = Object.fromEntries(articles.map(({ page, article }) => [page, article]));
    expect(facts.aclu).toMatchObject({
      byline: 'Daniel Kahn Gillmor',
      siteName: 'American Civil Liberties Union',
      language: 'en',
      canonicalUrl: expect.stringContaining('https://www.aclu.org/blog/'),
    });
    expect(facts['lemonde-1']).toMatchObject({ language: 'fr', siteName: 'Le Monde.fr' });
    // Readability takes the date for a byline here.
    expect(facts['seattletimes-1']).toMatchObject({
      byline: 'Benjamin Romano',
      publishedAt: '2019-04-28 06:01:07',
    });
  });

  it.each(articles)('maps the text of $page to what a browser builds, both ways', ({ article }) => {
    for (const tree of [parseAsInnerHtml(article.html), parseAsDocument(article.html)]) {
      const canonical = canonicalText(tree);
      expect(canonical.text).toBe(article.text);
      for (const { node, start, end } of canonical.pieces) {
        expect(node.data).toBe(article.text.slice(start, end));
        expect(pointAt(canonical, start, 'start')).toEqual({ node, index: 0 });
        expect(pointAt(canonical, end, 'end')).toEqual({ node, index: end - start });
      }
    }
  });

  it('finds the title of a pasted story, and the page furniture below it, at its very first letter', () => {
    const article = articleFromText(readFileSync(`${INPUTS}/article.txt`, 'utf8'));
    expect(article.title).toMatch(/^Jeff Sessions, Top DOJ Officials .* Report$/);
    const furniture = findFurniture(article.text);
    expect(article.text.slice(furniture?.start)).toBe("Popular in the Community\n\nWhat's Hot");
    const trimmed = trimArticle(article, furniture?.start ?? 0);
    expect(trimmed.text).toBe(article.text.slice(0, furniture?.start).trimEnd());
    expect(findFurniture(trimmed.text)).toBeNull();
  });
});
