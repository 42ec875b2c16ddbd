import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { IncomingAnnotation } from '../../lib/exchange/incoming';
import { Losses } from '../../lib/exchange/losses';
import type { Thread } from '../../lib/threads/thread';
import type { DiscussionInFile, SaidInFile, Span } from '../sources/discussions';
import { bringMarks } from './bring-marks';
import { bringThreads } from './bring-threads';
import { beginComing } from './coming';
import { inParts, settleUp } from './settle-up';

/** Whom no account is found for by what a file says. */
const NOBODY = 'nobody';

/**
 * Brings the comments of a file in with the source that was read from it, in the transaction that makes the source: a highlight where
 * each stands, and a discussion of that; of the source as a whole where it stands nowhere. Ids are made of the source's, so that nothing
 * comes twice. Nobody is told: what was said, was said elsewhere.
 */
export async function bringDiscussions(
  tx: Transaction,
  grant: Grant,
  source: { readonly id: string; readonly text: string },
  all: readonly DiscussionInFile[],
): Promise<void> {
  if (all.length === 0) return;
  // No mark of these has a code. The codebook is not held: it would have to be before the project's log is, which tells of the source.
  const held = { tx, grant, codes: [] };
  const coming = await beginComing(tx, grant, held, { people: [] }, new Losses());
  coming.sources.set(source.id, { ...source, version: 1, move: null });
  const inTurn = keysOf(source.id);
  const ready = all.map((one, nth) => {
    // What was trimmed has no words any more.
    const span = one.span && { start: one.span.start, end: Math.min(one.span.end, source.text.length) };
    return { ...one, id: inTurn(nth, one.key), span: span && span.start < span.end ? span : null };
  });
  const marks = ready.flatMap(({ id, span, said }) =>
    span ? markOf(id, span, source, said[0]?.author ?? '') : [],
  );
  for (const some of inParts(marks)) await bringMarks(coming, some);
  await settleUp(coming);
  const threads = ready.map(({ id, said, isResolved }) =>
    threadOf(grant, id, said, {
      isResolved,
      // A discussion is kept though its mark is not.
      about: coming.marks.has(id) ? { annotationId: id } : { sourceId: source.id },
      idOf: (nth) => inTurn(nth, `${id} ${nth}`),
    }),
  );
  for (const some of inParts(threads)) await bringThreads(coming, some);
  await settleUp(coming);
}

/** Makes keys whose ids here are listed in their order: as if each was made a millisecond behind the one before. */
function keysOf(sourceId: string): (nth: number, key: string) => string {
  const from = Number.parseInt(sourceId.replace('-', '').slice(0, 12), 16);
  return (nth, key) => {
    const time = ((from + nth) % 2 ** 48).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7 ${sourceId} ${key}`;
  };
}

function markOf(
  key: string,
  { start, end }: Span,
  source: { readonly id: string; readonly text: string },
  creator: string,
): IncomingAnnotation {
  return {
    ...{ key, source: source.id, url: null, start, end, exact: source.text.slice(start, end) },
    ...{ prefix: '', suffix: '', motivation: 'highlighting', body: null, codes: [], quote: null },
    ...{ creator, creatorKey: NOBODY, created: null, pass: null },
  };
}

function threadOf(
  { projectId }: Grant,
  id: string,
  said: readonly SaidInFile[],
  {
    about,
    isResolved,
    idOf,
  }: {
    readonly about: { annotationId: string } | { sourceId: string };
    readonly isResolved: boolean;
    readonly idOf: (nth: number) => string;
  },
): Thread {
  const now = Date.now();
  let before = Number.NEGATIVE_INFINITY;
  const comments = said.map(({ author, at, text }, nth) => {
    // Said in their order, and before now: programs write times without a zone, and round them.
    const given = at === null ? now : Date.parse(at);
    before = Math.min(Math.max(given, before + 1), now - (said.length - nth));
    const created = new Date(before).toISOString();
    const creator = { id: NOBODY, name: author };
    return { id: idOf(nth), threadId: id, creator, text, created };
  });
  const created = comments[0]?.created ?? new Date(now).toISOString();
  const resolved = isResolved ? { at: created, by: { id: NOBODY, name: '' } } : null;
  return {
    ...BARE,
    id,
    projectId,
    created,
    resolved,
    comments: comments.map((one) => ({ ...SAID, ...one })),
    ...about,
  };
}

const SAID = { guest: null, edited: null, deleted: null, revision: 1, mentions: [], reactions: [] };
const BARE = {
  ...{ annotationId: null, claimId: null, codeId: null, noteId: null, sourceId: null, targetCreatorId: null },
  ...{ passage: null, revision: 1, assignee: null },
};
