import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { serialize } from 'parse5';
import { AppError } from '../../lib/errors';
import { linkAddress } from '../../lib/sources/allow-list';
import { findTitle } from '../../lib/sources/title';
import { trimArticle } from '../../lib/sources/trim-article';
import type { Article } from './article';
import { cleanHtml, parseClean, settle } from './clean-html';
import { attributeOf, detach, elementsOf, PAGE_LIMITS, type PageDocument, parsePage } from './parse-page';
import { oneLine, publishedTime, readMetadata } from './read-metadata';

/** Code and pictures that say nothing about where the article is; metadata blocks stay. */
const USELESS = new Set(['style', 'noscript', 'template', 'svg']);

function strip(document: PageDocument): void {
  for (const node of [...elementsOf(document)]) {
    const code = node.tagName === 'script' && attributeOf(node, 'type') !== 'application/ld+json';
    if (code || USELESS.has(node.tagName)) detach(node);
  }
}

type Found = { content: string; title: string | null; byline: string | null; siteName: string | null };

/** The readable part of a page by Readability's scoring; `null` when it finds none. */
function findReadable(page: string): (Found & { publishedAt: string | null }) | null {
  const { document } = parseHTML(page);
  // Two elements a parser: linkedom adds its own, so the limit that matters was applied before.
  const reader = new Readability(document as unknown as Document, {
    maxElemsToParse: 2 * PAGE_LIMITS.elements,
  });
  const found = reader.parse();
  if (!found?.content) return null;
  return {
    content: found.content,
    title: oneLine(found.title),
    byline: oneLine(found.byline),
    siteName: oneLine(found.siteName, 200),
    publishedAt: publishedTime(found.publishedTime),
  };
}

function bodyOf(document: PageDocument): string {
  const body = [...elementsOf(document)].find((node) => node.tagName === 'body');
  return body === undefined ? '' : serialize(body);
}

/** A line that gives a moment rather than a person is no byline. */
function isByline(line: string | null): line is string {
  return line !== null && line.length <= 200 && !/\b\d{1,2}:\d{2}\b/.test(line);
}

/**
 * Reads a page: its readable part as clean html, its canonical text and what it says about itself. `url` is the page's
 * address, `null` where it is not known; relative links are then dropped. `whole`: all that Readability finds, with what stands around;
 * `withPage`: all words of the page are told beside the article.
 * @throws AppError `invalid` when the page is too large to read, or holds no text.
 */
export function readArticle(
  source: string,
  url: string | null,
  { whole = false, withPage = false } = {},
): Article {
  const document = parsePage(source);
  const metadata = readMetadata(document);
  strip(document);
  const base = metadata.base === null ? url : (URL.parse(metadata.base, url ?? undefined)?.href ?? url);
  const found = findReadable(serialize(document));
  let clean = cleanHtml(found?.content ?? bodyOf(document), base);
  if (clean.text === '') clean = cleanHtml(bodyOf(document), base);
  if (clean.text === '')
    throw new AppError(
      'invalid',
      'No text was found on this page. It may write its text by script, which is not run here: copy the text and paste it instead.',
      { details: { reason: 'no-text' } },
    );
  const title = found?.title ?? metadata.title ?? oneLine(findTitle(clean.text)) ?? 'Untitled';
  const trimmed = whole ? null : trimArticle(parseClean(clean.html), title);
  if (trimmed !== null && trimmed.taken.length > 0) clean = settle(trimmed.article);
  const byline = isByline(metadata.byline) ? metadata.byline : found?.byline;
  return {
    title,
    byline: isByline(byline ?? null) ? (byline ?? null) : null,
    siteName: metadata.siteName ?? found?.siteName ?? null,
    publishedAt: metadata.publishedAt ?? found?.publishedAt ?? null,
    language: metadata.language,
    canonicalUrl: canonical(metadata.canonicalUrl, base),
    leftOut: aroundIt(trimmed?.taken ?? []),
    ...clean,
    ...(withPage && { page: cleanHtml(bodyOf(document), base).text }),
  };
}

/** What was around the article, in words: the first lines of it. */
function aroundIt(taken: readonly string[]): string[] {
  const [first, second] = taken.map(
    (line) => `“${line.length > 60 ? `${line.slice(0, 60).toWellFormed()}…` : line}”`,
  );
  if (first === undefined) return [];
  const others = taken.length - 2;
  const named = second === undefined ? first : `${first}, ${second}`;
  return [`What the page has around the article: ${named}${others > 0 ? ` and ${others} more lines` : ''}.`];
}

function canonical(address: string | null, base: string | null): string | null {
  const link = address === null ? null : linkAddress(address, base);
  return link?.startsWith('http') ? link : null;
}
