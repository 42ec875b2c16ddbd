import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { AppError } from '../../lib/errors';
import { readRetryAfter } from '../../lib/sources/next-check';
import { KEPT_HEADERS, type ResponseHeaders } from '../../lib/sources/version';
import { type Address, publicAddresses, type Resolve, readAddress, resolveBySystem } from './address';
import { decodeText } from './decode-text';
import { asFetchFault, statusFault } from './fetch-faults';
import { readBody } from './read-body';
import { createSlots } from './slots';

/** How much patience a fetch has: milliseconds, bytes after inflating, redirects followed. */
export type FetchLimits = {
  readonly headersMs: number;
  readonly totalMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
};
const LIMITS: FetchLimits = {
  headersMs: 5_000,
  totalMs: 15_000,
  maxBytes: 20 * 1024 * 1024,
  maxRedirects: 5,
};

export type FetchOptions = Partial<FetchLimits> & {
  readonly signal?: AbortSignal;
  /** The one deliberate hole, for tests: `host:port` on this machine that may be fetched. */
  readonly testHosts?: readonly string[];
  readonly resolve?: Resolve;
  /** Asked before each address, the first and those that redirects lead to; throws to go no further. */
  readonly beforeHop?: (url: URL) => Promise<void>;
  /** What the last part of our name says that the site is asked for. */
  readonly purpose?: string;
};

/** What tells whether a page is still the one that was fetched (RFC 9110, 8.8), and the address that said so. */
export type Validators = {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

export type FetchedPage = {
  /** Where the last redirect led. */
  readonly url: string;
  /** The decoded page; for plain text, the text. */
  readonly html: string;
  readonly contentType: 'text/html' | 'application/xhtml+xml' | 'text/plain';
  /** Every address asked, the first and the last included. */
  readonly hops: readonly string[];
  /** Where a `meta refresh` in the page would lead, `null` for none; it is not followed. */
  readonly refreshTo: string | null;
  /** The headers of the last answer that are kept, each cut to a length. */
  readonly headers: ResponseHeaders;
};

const slots = createSlots(8, 64);

/** Reads the list of `GLOSS_TEST_IMPORT_HOSTS`. */
export function readTestHosts(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

/** An agent whose connections can go only to the addresses just checked, whatever the name resolves to by then. */
function pinnedAgent(addresses: readonly Address[], limits: FetchLimits): Agent {
  return new Agent({
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: 64 * 1024,
    headersTimeout: limits.totalMs,
    bodyTimeout: limits.totalMs,
    connect: {
      timeout: limits.headersMs,
      lookup: (_hostname, options, callback) => {
        const [first] = addresses;
        if (options.all) callback(null, [...addresses]);
        else callback(null, first?.address ?? '', first?.family ?? 4);
      },
    },
  });
}

const HEADERS = {
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.8',
  'accept-encoding': 'gzip, identity',
  'accept-language': 'en;q=0.8,*;q=0.5',
};

type Hop =
  | { readonly next: string }
  | { readonly page: Omit<FetchedPage, 'hops'> }
  | { readonly notModified: true };

/** What one address is asked for. */
type Asked = FetchOptions & {
  readonly validators?: Validators;
  /** Of a file that is no page: any content type, and of its text no more than `maxBytes`. */
  readonly anyKind?: boolean;
};

function headersFor(url: URL, { purpose = 'article import', validators }: Asked): Record<string, string> {
  const headers: Record<string, string> = {
    ...HEADERS,
    'user-agent': `Mozilla/5.0 (compatible; Gloss; ${purpose})`,
  };
  if (validators?.url !== url.href) return headers;
  if (validators.etag !== null) headers['if-none-match'] = validators.etag;
  if (validators.lastModified !== null) headers['if-modified-since'] = validators.lastModified;
  return headers;
}

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

const KINDS = ['text/html', 'application/xhtml+xml', 'text/plain'] as const;

function kindOf(header: string): (typeof KINDS)[number] {
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = KINDS.find((known) => known === type);
  if (kind !== undefined) return kind;
  if (type === 'text/markdown') return 'text/plain';
  const named = type === '' ? 'something it gives no kind for' : `a file of the kind ${type.slice(0, 80)}`;
  throw new AppError(
    'unsupported',
    `The site answered with ${named}. Only web pages and plain text can be fetched: save it and upload the file, or paste its text.`,
    { details: { reason: 'content-type', contentType: type.slice(0, 80) } },
  );
}

const REFRESH =
  /<meta\b[^<>]{0,200}http-equiv\s{0,9}=\s{0,9}["']?refresh\b[^<>]{0,200}?url\s{0,9}=\s{0,9}["']?([^"'<>\s]{1,2000})/i;

async function readHop(
  response: Dispatcher.ResponseData,
  url: URL,
  limits: FetchLimits,
  { validators, anyKind = false }: Asked,
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
  if (response.statusCode === 304 && validators?.url === url.href) return { notModified: true };
  if (response.statusCode < 200 || response.statusCode > 299) {
    const patience = readRetryAfter(headerOf(response, 'retry-after'), new Date());
    throw statusFault(response.statusCode, patience);
  }
  const type = headerOf(response, 'content-type');
  const contentType = anyKind ? 'text/plain' : kindOf(type);
  const bytes = await readBody(
    response.body as Readable,
    headerOf(response, 'content-encoding'),
    limits.maxBytes,
    anyKind ? 'cut' : 'refuse',
  );
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

async function fetchHop(url: URL, options: Asked, limits: FetchLimits, signal: AbortSignal): Promise<Hop> {
  const addresses = await publicAddresses(url, options.testHosts ?? [], options.resolve ?? resolveBySystem);
  signal.throwIfAborted();
  const agent = pinnedAgent(addresses, limits);
  const slow = new AbortController();
  const timer = setTimeout(
    () => slow.abort(new DOMException('No headers in time', 'TimeoutError')),
    limits.headersMs,
  );
  try {
    const response = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: headersFor(url, options),
      signal: AbortSignal.any([signal, slow.signal]),
    });
    clearTimeout(timer);
    return await readHop(response, url, limits, options);
  } finally {
    clearTimeout(timer);
    await agent.destroy();
  }
}

async function follow(input: string, options: Asked, signal: AbortSignal): Promise<FetchedPage | null> {
  // Not by spreading: a limit that is given as undefined would be none.
  const limits: FetchLimits = {
    headersMs: options.headersMs ?? LIMITS.headersMs,
    totalMs: options.totalMs ?? LIMITS.totalMs,
    maxBytes: options.maxBytes ?? LIMITS.maxBytes,
    maxRedirects: options.maxRedirects ?? LIMITS.maxRedirects,
  };
  const hops: string[] = [];
  let address = input;
  while (hops.length <= limits.maxRedirects) {
    const url = readAddress(address, options.testHosts ?? []);
    hops.push(url.href);
    await options.beforeHop?.(url);
    const hop = await fetchHop(url, options, limits, signal);
    if ('notModified' in hop) return null;
    if ('page' in hop) return { ...hop.page, hops };
    address = hop.next;
  }
  throw new AppError(
    'invalid',
    `The site redirected more than ${limits.maxRedirects} times. Open the page in your browser and use the address it ends at.`,
    { details: { reason: 'redirect' } },
  );
}

/** Settles with the work, or as soon as the signal aborts: a resolver cannot be told to stop. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function fetchWithin(input: string, options: Asked): Promise<FetchedPage | null> {
  const clock = AbortSignal.timeout(options.totalMs ?? LIMITS.totalMs);
  const signal = options.signal ? AbortSignal.any([options.signal, clock]) : clock;
  try {
    return await within(follow(input, options, signal), signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw asFetchFault(error);
  }
}

/**
 * Fetches a page from the public internet, without cookies, at most eight at once in this process. The name's addresses
 * are checked at each hop and the connection is pinned to them, so that neither a redirect nor a second answer of the
 * resolver leads inside.
 * @throws AppError `invalid` (address, status, too many redirects), `unsupported` (content type or encoding),
 * `too-large`, `unavailable` (time, name server, connection); the signal's reason when it aborts.
 */
export async function fetchPage(input: string, options: FetchOptions = {}): Promise<FetchedPage> {
  // Nothing was asked that could be answered with "not modified".
  return (await slots(() => fetchWithin(input, options), options.signal)) as FetchedPage;
}

/**
 * Fetches a page as `fetchPage` does, unless the site says that it is still the one these validators came with: `null`.
 * @throws as `fetchPage`; what `beforeHop` throws.
 */
export function fetchIfChanged(
  input: string,
  validators: Validators | null,
  options: FetchOptions = {},
): Promise<FetchedPage | null> {
  return slots(
    () => fetchWithin(input, { ...options, ...(validators === null ? {} : { validators }) }),
    options.signal,
  );
}

/**
 * Fetches a text file of whatever kind its site calls it, of a longer one the first `maxBytes`. Takes no place among the
 * pages, so that one of these may wait for it.
 * @throws as `fetchPage`.
 */
export async function fetchTextFile(input: string, options: FetchOptions = {}): Promise<string> {
  return ((await fetchWithin(input, { ...options, anyKind: true })) as FetchedPage).html;
}
