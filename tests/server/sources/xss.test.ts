import { parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from '@/lib/sources/allow-list';
import { cleanHtml } from '@/server/sources/clean-html';
import { articleFromFile } from '@/server/sources/import-file';
import { articleFromText, trimArticle } from '@/server/sources/import-text';
import { readArticle } from '@/server/sources/read-article';
import { partsOf } from '../../support/parse-tree';
import { XSS_CASES } from '../../support/xss-cases';

const BASE = 'https://example.com/news/';

/** What is wrong with html as a browser would build it; empty when nothing in it can run, load or send. */
function faultsOf(html: string): string[] {
  const { tags, attributes } = partsOf(html);
  const faults = tags.filter((tag) => !ALLOWED_TAGS.includes(tag)).map((tag) => `<${tag}>`);
  for (const { tag, name, value } of attributes) {
    const known = ALLOWED_ATTRIBUTES.includes(name);
    const safe = name !== 'href' || /^(?:https?:\/\/[^/]|mailto:)/.test(value);
    if (!known || !safe) faults.push(`<${tag} ${name}="${value}">`);
  }
  return faults;
}

/** Parsed and written again, as many times as anything between store and screen might do. */
function everyReading(html: string): string[] {
  const once = serialize(parseFragment(html));
  return [html, once, serialize(parseFragment(once))];
}

describe('html that tries to run script', () => {
  it.each(XSS_CASES)('is harmless once cleaned: $name', ({ html }) => {
    const clean = cleanHtml(html, BASE).html;
    for (const reading of everyReading(clean)) expect(faultsOf(reading)).toEqual([]);
    expect(clean).toContain('Before.');
  });

  it.each(XSS_CASES)('is harmless as a page, as a file and as pasted text: $name', async ({ html }) => {
    const page = `<!doctype html><html><head><title>${html}</title></head><body><article>${html}</article></body></html>`;
    // A file with a NUL in it is taken for no text at all.
    const bytes = new TextEncoder().encode(page.replaceAll('\0', ''));
    const captions = new TextEncoder().encode(
      `WEBVTT\n\n00:01.000 --> 00:02.000\n<v ${html.replace(/[\0<>]/g, '')}>${html.replaceAll('\0', '')}\n\n00:03.000 --> 00:04.000\nWords`,
    );
    for (const article of [
      readArticle(page, BASE),
      await articleFromFile('a.html', bytes),
      await articleFromFile('a.vtt', captions),
      articleFromText(html),
    ]) {
      expect(faultsOf(article.html)).toEqual([]);
      expect(faultsOf(trimArticle(article, 5).html)).toEqual([]);
      expect(article.canonicalUrl ?? 'https:').toMatch(/^https?:/);
    }
  });

  it('is recognised by this test when nothing cleans it', () => {
    const unseen = XSS_CASES.filter(({ html }) => faultsOf(html).length === 0).map(({ name }) => name);
    // Text already, dangerous only where something decodes or quotes once too often; or on elements that no fragment holds.
    expect(unseen).toEqual([
      'script after a bang comment',
      'script in a conditional comment',
      'script in a doctype',
      'body load',
      'body twice',
      'body hash change',
      'html handler',
      'link that names somebody',
      'link in Markdown with a title',
      'link typed out',
      'frameset',
      'frameset in the body',
      'dangling picture',
      'dangling link',
      'dangling target',
      'style sheet by instruction',
      'escaped once',
      'escaped twice',
      'escaped in numbers',
      'escaped without semicolons',
      'escaped in percent signs',
      'escaped for a script',
      'escaped in a long number',
      'link text after a quote',
      'link after a quote within',
      'quote with a handler',
      'apostrophe with a handler',
      'grave accent with a handler',
      'quote in a template',
      'quote that ends a script',
      'brackets of another width',
      'UTF-7',
      'overlong letters',
      'letters of US-ASCII with a high bit',
      'letters that grow',
    ]);
  });

  it('comes in at least two hundred and fifty ways, each with its own marker', () => {
    expect(XSS_CASES.length).toBeGreaterThanOrEqual(250);
    expect(new Set(XSS_CASES.map(({ html }) => html)).size).toBe(XSS_CASES.length);
  });
});
