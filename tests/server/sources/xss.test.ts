import { parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from '@/lib/sources/allow-list';
import { cleanHtml } from '@/server/sources/clean-html';
import { articleFromFile } from '@/server/sources/import-file';
import { articleFromText, trimArticle } from '@/server/sources/import-text';
import { readArticle } from '@/server/sources/read-article';
import {
  archive,
  docxParts,
  odtParts,
  rangeEnd,
  rangeStart,
  talkParts,
  wordRun,
} from '../../support/archives';
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

/** What XML can hold of a text. */
const xmlLetters = (text: string) =>
  text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
const inXml = (text: string) => text.replace(/[&<>"'\t\n\r]/g, (letter) => `&#${letter.codePointAt(0)};`);
/** Programs lay white space out as they like. */
const inOneLine = (text = '') => text.replace(/\s+/g, ' ').trim();

type Said = readonly { readonly said: string }[];

/** A Word document on which somebody of each case's name says the case. */
function wordWith(cases: Said): Uint8Array<ArrayBuffer> {
  const body = cases
    .map((_, nth) => `<w:p>${rangeStart(nth)}${wordRun(`Words ${nth}`)}${rangeEnd(nth)}</w:p>`)
    .join('');
  const talk = cases.map(({ said }) => ({ text: inXml(said), author: inXml(said) }));
  return archive(docxParts(body, talkParts(...talk)));
}

/** The same as an OpenDocument text. */
function openDocumentWith(cases: Said): Uint8Array<ArrayBuffer> {
  const body = cases.map(
    ({ said }, nth) =>
      `<text:p><office:annotation office:name="c${nth}"><dc:creator>${inXml(said)}</dc:creator><dc:date>2026-05-04T09:30:00</dc:date><text:p>${inXml(said)}</text:p></office:annotation>Words ${nth}<office:annotation-end office:name="c${nth}"/></text:p>`,
  );
  return archive(odtParts(body.join('')));
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

  it.each(['docx', 'odt'] as const)(
    'stays words letter for letter, as who said it and what they said in comments of a document: %s',
    async (kind) => {
      const cases = XSS_CASES.map(({ name, html }) => ({ name, said: xmlLetters(html) }));
      const bytes = kind === 'docx' ? wordWith(cases) : openDocumentWith(cases);
      const { html, discussions = [] } = await articleFromFile(`a.${kind}`, bytes);
      for (const reading of everyReading(html)) expect(faultsOf(reading)).toEqual([]);
      expect(discussions).toHaveLength(cases.length);
      for (const [nth, { name, said }] of cases.entries()) {
        const [comment] = discussions[nth]?.said ?? [];
        expect({ name, text: inOneLine(comment?.text) }).toEqual({ name, text: inOneLine(said) });
        const author = inOneLine(said.trim().slice(0, 200));
        expect({ name, author: inOneLine(comment?.author) }).toEqual({ name, author });
      }
    },
  );

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
