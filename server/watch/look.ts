import { createHash } from 'node:crypto';
import { database } from '../../db/client';
import { findUser } from '../../db/people';
import { selectSourceText } from '../../db/sources';
import { type DueWatch, type FetchedText, type Looked, selectFetchedText } from '../../db/watches';
import type { Actor } from '../../lib/access/actor';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { READ_WHOLE_MS } from '../../lib/sources/next-check';
import { isOtherPage, isReadOtherwise, trimPlace } from '../../lib/sources/page-match';
import type { CheckResult } from '../../lib/sources/watch';
import { authorize } from '../access/authorize';
import { type FetchOptions, fetchIfChanged, type Validators } from '../sources/fetch-page';
import { makeVersionOfPage } from '../sources/make-version';
import type { FetchedPage } from '../sources/read-answer';
import { hashOf, type Read, readFetched, trimmed } from '../sources/read-given';

/** What a look at a page came to, and what it found out about the page. */
export type Found = {
  readonly kind: CheckResult;
  readonly retryAfterMs?: number | null;
  readonly learned?: Pick<Looked, 'seenHash' | 'lastRead' | 'etag' | 'lastModified' | 'readFrom'>;
};

/** Whom a watch acts for, let in by the gate as anybody is. @throws AppError when they may not change sources (any more). */
async function actFor({ createdBy, projectId, sourceId }: DueWatch): Promise<Grant> {
  const user = await findUser(database(), createdBy);
  if (user === null) throw new AppError('not-found', 'Whoever set this watch up is not there any more.');
  const actor: Actor = {
    userId: user.id,
    name: user.name,
    email: user.email,
    via: { kind: 'watch', id: sourceId },
    scopes: ['read', 'write'],
    ip: null,
  };
  return authorize(actor, 'source-version.create', projectId);
}

/**
 * Looks at the page of a source: asks for it politely, reads it, and gives the source a version when its text is no longer
 * what it was. `fetching` says how it is fetched, and whether each address on the way may be.
 * @throws AppError conflict when the source got another version meanwhile: look again; the signal's reason when it aborts.
 */
export async function look(due: DueWatch, now: Date, fetching: FetchOptions): Promise<Found> {
  const grant = await actFor(due).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (grant === null) return { kind: 'no-right' };
  const fetched = await selectFetchedText(database(), grant, due.sourceId);
  let read: Read;
  let page: FetchedPage;
  try {
    const found = await fetchIfChanged(due.url, validatorsOf(due, fetched, now), fetching);
    if (found === null) return { kind: 'unchanged' };
    page = found;
    read = await readFetched(page, fetching.signal, { withPage: true });
  } catch (error) {
    return whatCame(error);
  }
  return compare(grant, due, now, { page, read, fetched }, fetching.signal);
}

/**
 * What the page came with when it was read last, by a watch or for the newest version that was fetched; nothing when it
 * has not been read whole for long.
 */
function validatorsOf(due: DueWatch, fetched: FetchedText | null, now: Date): Validators | null {
  const known =
    due.lastRead === null
      ? {
          url: fetched?.finalUrl ?? null,
          etag: fetched?.responseHeaders?.etag ?? null,
          lastModified: fetched?.responseHeaders?.['last-modified'] ?? null,
          at: fetched?.created ?? null,
        }
      : { url: due.readFrom, etag: due.etag, lastModified: due.lastModified, at: due.lastRead };
  const { url, at, ...validators } = known;
  if (url === null || at === null || (validators.etag === null && validators.lastModified === null))
    return null;
  return now.getTime() - at.getTime() >= READ_WHOLE_MS ? null : { url, ...validators };
}

async function compare(
  grant: Grant,
  due: DueWatch,
  now: Date,
  { page, read, fetched }: { page: FetchedPage; read: Read; fetched: FetchedText | null },
  signal: AbortSignal | undefined,
): Promise<Found> {
  const { sourceId } = due;
  // What is compared is the whole text, whatever of it whoever watches may read.
  const whole = { projectId: grant.projectId, actor: null };
  const current = await selectSourceText(database(), whole, sourceId);
  // Removed this very moment: nobody asks for it any more.
  if (current === null) return { kind: 'unchanged' };
  const seen = [hashOf(read.text), ownHash(page, read)] as const;
  const learned = {
    seenHash: seen.join(' '),
    lastRead: now,
    etag: page.headers.etag ?? null,
    lastModified: page.headers['last-modified'] ?? null,
    readFrom: page.url,
  };
  const before = due.seenHash?.split(' ') ?? [];
  if (seen.some((hash, nth) => hash === before[nth])) return { kind: 'unchanged', learned };
  // A text that was pasted is not what its page reads as: from here on it is known what that is.
  if (due.seenHash === null && fetched === null) return { kind: 'unchanged', learned };
  const place = trimPlace(read.text, fetched?.trimmedFrom ?? null);
  const cut = trimmed(read, place ?? undefined);
  // As it was when it was fetched, whatever people corrected since.
  if (cut.text === current.text || cut.text === fetched?.text) return { kind: 'unchanged', learned };
  // The page is as it was, and we take less of it for the article.
  if (isReadOtherwise(fetched?.text ?? current.text, cut.text, read.page ?? ''))
    return { kind: 'unchanged', learned };
  if (isOtherPage(current.text, cut.text)) return { kind: 'other-page' };
  await makeVersionOfPage(grant, sourceId, { read: cut, current: current.version }, signal);
  return { kind: 'changed', learned };
}

/** SHA-256 of what the page itself says, however much of that is taken for its article: a better reader is no change of it. */
function ownHash({ pdf }: FetchedPage, { page, text }: Read): string {
  return pdf === undefined ? hashOf(page ?? text) : createHash('sha256').update(pdf).digest('hex');
}

/** What it means for a watch that a page could not be fetched or read. @throws whatever is no fault of the page. */
function whatCame(error: unknown): Found {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'conflict') throw error;
  const { reason, status, retryAfter } = error.details ?? {};
  if (reason === 'robots') return { kind: 'disallowed' };
  if (reason === 'login') return { kind: 'refused' };
  if (reason === 'status' && (status === 404 || status === 410)) return { kind: 'gone' };
  // A name that is unknown may only be unknown just now.
  if (error.code === 'unavailable' || reason === 'dns')
    return { kind: 'busy', retryAfterMs: typeof retryAfter === 'number' ? retryAfter * 1_000 : null };
  return { kind: reason === 'status' ? 'refused' : 'unreadable' };
}
