import { isIP } from 'node:net';
import type { Dispatcher } from 'undici';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import {
  isPublicAddress,
  publicAddresses,
  type Resolve,
  readAddress,
  resolveBySystem,
} from '../sources/address';
import { pinnedAgent, readTestHosts } from '../sources/fetch-page';

/** ms that a receiver may take, for its headers and in all. */
const LIMITS = { headersMs: 10_000, totalMs: 15_000 };
/** Bytes of an answer that are read, and letters of it that are kept. */
const MOST_READ = 4_096;
const MOST_KEPT = 500;

const NOT_PUBLIC =
  'This address is not public. A webhook can only be told at an address on the public internet.';

/** What came of a try: how it was answered, or why it was not. */
export type Sent = {
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: string | null;
};

/**
 * An address that may be told things: https, and public as an import's is. @throws AppError invalid with what is wrong.
 */
export function receiverAddress(given: string): URL {
  const testHosts = readTestHosts(env().GLOSS_TEST_IMPORT_HOSTS);
  const url = asReceiver(() => readAddress(given, testHosts));
  if (url.protocol !== 'https:' && !testHosts.includes(url.host))
    throw new AppError(
      'invalid',
      'Give an address that begins with https://: what is sent is the project’s own.',
    );
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isPublicAddress(literal) && !testHosts.includes(url.host))
    throw new AppError('invalid', NOT_PUBLIC);
  return url;
}

/** Says of an address that is not public what that means here, and not for a page that is fetched. */
function asReceiver<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw isPrivate(error) ? new AppError('invalid', NOT_PUBLIC, { cause: error }) : error;
  }
}

const isPrivate = (error: unknown): error is AppError =>
  error instanceof AppError && error.details?.reason === 'private';

/**
 * Sends a message. The address is checked anew and the connection pinned to what was checked; a redirect is followed nowhere.
 */
export async function sendMessage(
  to: string,
  headers: Record<string, string>,
  body: string,
  { signal, resolve = resolveBySystem }: { signal?: AbortSignal; resolve?: Resolve } = {},
): Promise<Sent> {
  const clock = AbortSignal.timeout(LIMITS.totalMs);
  const ends = signal ? AbortSignal.any([signal, clock]) : clock;
  try {
    const url = receiverAddress(to);
    const testHosts = readTestHosts(env().GLOSS_TEST_IMPORT_HOSTS);
    const agent = pinnedAgent(await publicAddresses(url, testHosts, resolve), LIMITS);
    try {
      const answer = await agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Gloss-Webhooks/1', ...headers },
        body,
        signal: ends,
      });
      return { status: answer.statusCode, answer: await beginningOf(answer.body), error: null };
    } finally {
      await agent.destroy();
    }
  } catch (error) {
    return { status: null, answer: null, error: wordsFor(error, clock.aborted) };
  }
}

async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part as Buffer);
    size += (part as Buffer).byteLength;
    if (size >= MOST_READ) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(parts).subarray(0, MOST_READ));
  return text.replaceAll('\0', '\ufffd').slice(0, MOST_KEPT).toWellFormed();
}

function wordsFor(error: unknown, isLate: boolean): string {
  if (isPrivate(error)) return NOT_PUBLIC;
  if (error instanceof AppError) return error.message;
  if (isLate) return 'It did not answer in time.';
  const { code, message } = error as NodeJS.ErrnoException;
  return `It could not be reached (${code ?? message}).`.slice(0, MOST_KEPT);
}
