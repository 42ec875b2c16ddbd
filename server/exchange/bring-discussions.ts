import { selectAnnotationsById } from '../../db/annotations';
import { selectMarkIds } from '../../db/annotations-brought-in';
import type { Transaction } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectThreads } from '../../db/threads';
import { selectSaidOf } from '../../db/threads-brought-in';
import type { Grant } from '../../lib/access/grant';
import type { IncomingAnnotation } from '../../lib/exchange/incoming';
import { Losses } from '../../lib/exchange/losses';
import { wordsOfMark } from '../../lib/exchange/mark-words';
import type { Thread } from '../../lib/threads/thread';
import { publish } from '../events/publish';
import type { DiscussionInFile, SaidInFile, Span } from '../sources/discussions';
import { authorOf, type MarkHere, saidAnew, withoutMarks } from '../sources/known-discussions';
import { bringMarks } from './bring-marks';
import { bringComments, bringThreads } from './bring-threads';
import { beginComing } from './coming';
import { inParts, settleUp } from './settle-up';

/** Whom no account is found for by what a file says. */
const NOBODY = 'nobody';

/** A source and the version of its text that a file was read as. */
type Read = { readonly id: string; readonly text: string; readonly version: number };

/**
 * Brings the comments of a file in with the source that was read from it, in the transaction that makes the source: a highlight where
 * each stands, and a discussion of that; of the source as a whole where it stands nowhere. Ids are made of the source's, so that nothing
 * comes twice. Nobody is told: what was said, was said elsewhere.
 */
export async function bringDiscussions(
  tx: Transaction,
  grant: Grant,
  source: Omit<Read, 'version'>,
  all: readonly DiscussionInFile[],
): Promise<void> {
  const from = Number.parseInt(source.id.replace('-', '').slice(0, 12), 16);
  await bring(tx, grant, { ...source, version: 1 }, all, keysOf(source.id, from));
}

/**
 * The same for a version of a source that is here: what was said beside it before does not come again, whatever the file calls it, and
 * what goes on in a discussion is said there. Answers how many discussions began or went on. The source is held by the caller.
 */
export async function bringNewDiscussions(
  tx: Transaction,
  grant: Grant,
  source: Read,
  all: readonly DiscussionInFile[],
): Promise<number> {
  if (all.length === 0) return 0;
  const others = withoutMarks(all, await marksHere(tx, grant, source.id));
  const { fresh, replies } = saidAnew(others, await selectSaidOf(tx, grant, source.id));
  // What it says is in the key: the next file may call another comment the same.
  const keyed = fresh.map((one) => ({ ...one, key: JSON.stringify([one.key, one.said]) }));
  await bring(tx, grant, source, keyed, keysOf(source.id, Date.now()));
  for (const [threadId, said] of replies) await bringReplies(tx, grant, threadId, said);
  return fresh.length + replies.size;
}

/** What the marks of a source say where they stand as comments, deleted ones too: what was taken away does not come back. */
async function marksHere(tx: Transaction, grant: Grant, sourceId: string): Promise<MarkHere[]> {
  const codes = new Map((await selectCodes(tx, grant)).map(({ id, name }) => [id, name]));
  const marks = await selectAnnotationsById(tx, grant, await selectMarkIds(tx, grant, sourceId));
  return marks.map((mark) => ({
    id: mark.id,
    author: authorOf(mark.creator.name),
    text: wordsOfMark(mark, codes),
    created: new Date(mark.created),
    isDeleted: mark.deleted !== null,
  }));
}

/** Brings in what was said elsewhere in a discussion that is here. */
async function bringReplies(
  tx: Transaction,
  grant: Grant,
  threadId: string,
  said: readonly SaidInFile[],
): Promise<void> {
  const [before] = await selectThreads(tx, grant, { id: threadId }, { limit: 1 });
  // What it was about is gone: it is not gone on with.
  if (before === undefined) return;
  const coming = await beginComing(tx, grant, { tx, grant, codes: [] }, { people: [] }, new Losses());
  const key = JSON.stringify(said);
  const { comments } = threadOf(grant, threadId, said, {
    isResolved: false,
    about: {},
    idOf: (nth) => `${key} ${nth}`,
  });
  await bringComments(coming, threadId, comments);
  await settleUp(coming);
  const [subject] = await selectThreads(tx, grant, { id: threadId }, { limit: 1 });
  if (subject) await publish(tx, grant, { type: 'comment.created', subject });
}

async function bring(
  tx: Transaction,
  grant: Grant,
  source: Read,
  all: readonly DiscussionInFile[],
  inTurn: ReturnType<typeof keysOf>,
): Promise<void> {
  if (all.length === 0) return;
  // No mark of these has a code. The codebook is not held: it would have to be before the project's log is, which tells of the source.
  const held = { tx, grant, codes: [] };
  const coming = await beginComing(tx, grant, held, { people: [] }, new Losses());
  coming.sources.set(source.id, { ...source, move: null });
  const ready = all.map((one, nth) => {
    // What was trimmed has no words any more.
    const span = one.span && { start: one.span.start, end: Math.min(one.span.end, source.text.length) };
    return { ...one, id: inTurn(nth, one.key), span: span && span.start < span.end ? span : null };
  });
  const marks = ready.flatMap(({ id, span, said, markId }) =>
    span && markId === undefined ? markOf(id, span, source, said[0]?.author ?? '') : [],
  );
  for (const some of inParts(marks)) await bringMarks(coming, some);
  await settleUp(coming);
  for (const { markId } of ready) if (markId !== undefined) coming.marks.set(markId, markId);
  const threads = ready.map(({ id, said, isResolved, markId }) =>
    threadOf(grant, id, said, {
      isResolved,
      // A discussion is kept though its mark is not.
      about: coming.marks.has(id)
        ? { annotationId: id }
        : markId === undefined
          ? { sourceId: source.id }
          : { annotationId: markId },
      idOf: (nth) => inTurn(nth, `${id} ${nth}`),
    }),
  );
  for (const some of inParts(threads)) await bringThreads(coming, some);
  await settleUp(coming);
}

/** Makes keys whose ids here are listed in their order: as if each was made a millisecond behind the one before, `from` (ms) on. */
function keysOf(sourceId: string, from: number): (nth: number, key: string) => string {
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
    readonly about: { annotationId?: string; sourceId?: string };
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
