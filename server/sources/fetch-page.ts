import { Agent } from 'undici';
import { AppError } from '../../lib/errors';
import { type Address, publicAddresses, type Resolve, readAddress, resolveBySystem } from './address';
import { asFetchFault } from './fetch-faults';
import { type FetchedPage, type Hop, readHop } from './read-answer';
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

const slots = createSlots(8, 64);

/** Reads the list of `GLOSS_TEST_IMPORT_HOSTS`. */
export function readTestHosts(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

/** An agent whose connections can go only to the addresses just checked, whatever the name resolves to by then. */
export function pinnedAgent(
  addresses: readonly Address[],
  limits: Pick<FetchLimits, 'headersMs' | 'totalMs'>,
): Agent {
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
    const { validators, anyKind = false } = options;
    return await readHop(response, url, limits.maxBytes, {
      conditional: validators?.url === url.href,
      anyKind,
    });
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
