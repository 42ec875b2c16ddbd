import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { AppError } from '../../lib/errors';
import { readRetryAfter } from '../../lib/sources/next-check';
import { KEPT_HEADERS, type ResponseHeaders } from '../../lib/sources/version';
import { decodeText } from './decode-text';
import { statusFault } from './fetch-faults';
import { readBody } from './read-body';

/** A page as it was fetched. */
export type FetchedPage = {
  /** Where the last redirect led. */
  readonly url: string;
  /** The decoded page; for plain text, the text; nothing for a PDF. */
  readonly html: string;
  readonly contentType: (typeof KINDS)[number];
  /** The bytes of a PDF; absent for all else. */
  readonly pdf?: Uint8Array;
  /** Every address asked, the first and the last included. */
  readonly hops: readonly string[];
  /** Where a `meta refresh` in the page would lead, `null` for none; it is not followed. */
  readonly refreshTo: string | null;
  /** The headers of the last answer that are kept, each cut to a length. */
  readonly headers: ResponseHeaders;
};

/** What one address answered. */
export type Hop =
  | { readonly next: string }
  | { readonly page: Omit<FetchedPage, 'hops'> }
  | { readonly notModified: true };

function headerOf(response: Dispatcher.ResponseData, name: string): string {
  return [response.headers[name] ?? ''].flat().join(', ');
}

/** Of a header no more is kept than says what it says; what cannot be stored is left out of it. */
const LONGEST_HEADER = 500;

function keptHeaders(response: Dispatcher.ResponseData): ResponseHeaders {
  const kept: ResponseHeaders = {};
  for (const name of KEPT_HEADERS) {
    const value = headerOf(response, name)
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, LONGEST_HEADER);
    if (value !== '') kept[name] = value;
  }
  return kept;
}

const KINDS = ['text/html', 'application/xhtml+xml', 'text/plain', 'application/pdf'] as const;

/** Bytes of a page or a text; a PDF may be as large as any import. */
const LARGEST_PAGE = 20 * 1_048_576;

function kindOf(header: string): (typeof KINDS)[number] {
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = KINDS.find((known) => known === type);
  if (kind !== undefined) return kind;
  if (type === 'text/markdown') return 'text/plain';
  if (type === 'application/x-pdf') return 'application/pdf';
  const named = type === '' ? 'something it gives no kind for' : `a file of the kind ${type.slice(0, 80)}`;
  throw new AppError(
    'unsupported',
    `The site answered with ${named}. Only web pages, PDF files and plain text can be fetched: save it and upload the file, or paste its text.`,
    { details: { reason: 'content-type', contentType: type.slice(0, 80) } },
  );
}

const REFRESH =
  /<meta\b[^<>]{0,200}http-equiv\s{0,9}=\s{0,9}["']?refresh\b[^<>]{0,200}?url\s{0,9}=\s{0,9}["']?([^"'<>\s]{1,2000})/i;

/**
 * Reads what an address answered.
 * @param asked `conditional`: whether it was asked for the page only if that changed. `anyKind`: any content type will do,
 * and of a long text its first bytes.
 * @throws AppError as `fetchPage` does.
 */
export async function readHop(
  response: Dispatcher.ResponseData,
  url: URL,
  maxBytes: number,
  { conditional, anyKind }: { readonly conditional: boolean; readonly anyKind: boolean },
): Promise<Hop> {
  // A header arrives as bytes; browsers take a redirect's for UTF-8 where they are that.
  const location = decodeText(Buffer.from(headerOf(response, 'location'), 'latin1'));
  if ([301, 302, 303, 307, 308].includes(response.statusCode) && location !== '') {
    const next = URL.parse(location, url.href);
    if (next === null)
      throw new AppError('invalid', 'The site redirects to something that is not a web address.', {
        details: { reason: 'redirect' },
      });
    return { next: next.href };
  }
  if (response.statusCode === 304 && conditional) return { notModified: true };
  if (response.statusCode < 200 || response.statusCode > 299) {
    const patience = readRetryAfter(headerOf(response, 'retry-after'), new Date());
    throw statusFault(response.statusCode, patience);
  }
  const type = headerOf(response, 'content-type');
  const contentType = anyKind ? 'text/plain' : kindOf(type);
  const bytes = await readBody(
    response.body as Readable,
    headerOf(response, 'content-encoding'),
    contentType === 'application/pdf' ? maxBytes : Math.min(maxBytes, LARGEST_PAGE),
    anyKind ? 'cut' : 'refuse',
  );
  if (contentType === 'application/pdf') {
    const headers = keptHeaders(response);
    return { page: { url: url.href, html: '', pdf: bytes, contentType, refreshTo: null, headers } };
  }
  const label = /\bcharset\s{0,9}=\s{0,9}["']?([\w:.+-]{1,40})/i.exec(type)?.[1] ?? null;
  const html = decodeText(bytes, label);
  const refresh = contentType === 'text/plain' ? null : REFRESH.exec(html.slice(0, 20_000))?.[1];
  return {
    page: {
      url: url.href,
      html,
      contentType,
      refreshTo: refresh ? (URL.parse(refresh, url)?.href ?? null) : null,
      headers: keptHeaders(response),
    },
  };
}
