import { createHash } from 'node:crypto';
import type { Origin } from '../../db/sources';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import { trimMark } from '../../lib/sources/page-match';
import type { SourceGiven } from '../../lib/sources/source';
import type { Article } from './article';
import { fetchPage, readTestHosts } from './fetch-page';
import { trimArticle } from './import-text';
import type { FetchedPage } from './read-answer';
import type { ReadJob } from './read-job';
import { runReader } from './run-reader';

/** What was read, the address it stands at, and how it came in. */
export type Read = Article & {
  readonly url: string | null;
  readonly origin: Origin;
  /** The bytes of the PDF it was read from, which are kept; absent for all else. */
  readonly pdf?: Uint8Array;
};

const given = (how: Origin['how']): Origin => ({ how, finalUrl: null, responseHeaders: null });

/**
 * Reads what a person gave: fetches an address, or takes text, html or a file; never more than the import limits allow.
 * @throws AppError what the fetcher and the readers throw.
 */
export async function readGiven(input: SourceGiven, signal: AbortSignal | undefined): Promise<Read> {
  if ('file' in input) {
    const article = await runReader({ kind: 'file', ...input.file }, { signal });
    const title = input.title?.trim() || article.title;
    return { ...article, ...kept(article, input.file.bytes), title, url: null, origin: given('file') };
  }
  if ('text' in input) {
    const article = await runReader({ kind: 'text', text: input.text, title: input.title }, { signal });
    return { ...article, url: input.url?.trim() || null, origin: given('text') };
  }
  if ('html' in input) {
    const article = await runReader({ kind: 'page', html: input.html, url: input.url ?? null }, { signal });
    return {
      ...article,
      title: input.title?.trim() || article.title,
      url: input.url?.trim() || article.canonicalUrl,
      origin: given('html'),
    };
  }
  const testHosts = readTestHosts(env().GLOSS_TEST_IMPORT_HOSTS);
  const page = await fetchPage(input.url, { signal, maxBytes: env().LIMIT_IMPORT_BYTES, testHosts });
  return readFetched(page, signal);
}

/** Reads a page or a PDF that was fetched; `withPage`: with all words of the page. @throws AppError what the readers throw. */
export async function readFetched(
  page: FetchedPage,
  signal: AbortSignal | undefined,
  { withPage = false } = {},
): Promise<Read> {
  const job = jobOf(page);
  const article = await runReader(job.kind === 'page' ? { ...job, withPage } : job, { signal });
  const origin = { how: 'url', finalUrl: page.url, responseHeaders: page.headers } as const;
  return { ...article, ...kept(article, page.pdf), url: page.url, origin };
}

function jobOf({ contentType, html, url, pdf }: FetchedPage): ReadJob {
  if (pdf !== undefined) return { kind: 'file', name: nameIn(url), bytes: pdf };
  return contentType === 'text/plain' ? { kind: 'text', text: html } : { kind: 'page', html, url };
}

/** What a file is called at its address: the last part of its path. */
function nameIn(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    // A name with broken escapes is taken as it stands.
    return last;
  }
}

function kept(article: Article, bytes: Uint8Array | undefined): Pick<Read, 'pdf'> {
  return article.places === undefined || bytes === undefined ? {} : { pdf: bytes };
}

/**
 * What was read up to a place in its text (UTF-16 units), whole when none is given; what is left out is remembered.
 * @throws AppError invalid when the place lies beyond the end, or no text is left.
 */
export function trimmed(whole: Read, trimAt: number | undefined): Read {
  if (trimAt !== undefined && trimAt > whole.text.length) {
    throw new AppError(
      'invalid',
      'The place to trim at lies beyond the end of the text. Look at the preview again.',
    );
  }
  const read = trimAt === undefined ? whole : { ...whole, ...trimArticle(whole, trimAt) };
  if (read.text.trim() === '') throw new AppError('invalid', 'No text is left to save.');
  if (trimAt === undefined) return read;
  return { ...read, origin: { ...read.origin, trimmedFrom: trimMark(whole.text, trimAt) } };
}

/** SHA-256 of a canonical text in UTF-8, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
