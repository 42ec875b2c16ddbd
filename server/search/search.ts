import { database } from '../../db/client';
import { type Alike, type Condition, compileQuery } from '../../db/search/compile';
import { type Meaning, resolveQuery } from '../../db/search/resolve';
import { type Hit, type Span, selectHits, WINDOW } from '../../db/search/select';
import { findAlike } from '../../db/search/typos';
import { selectWords, type Words } from '../../db/search/words';
import type { Grant } from '../../lib/access/grant';
import { excerptOf, hasMatch, type Term } from '../../lib/search/excerpt';
import type { Found, SearchAnswer } from '../../lib/search/found';
import { parseQuery } from '../../lib/search/parse-query';
import type { Node } from '../../lib/search/query';
import { type Cursor, readCursor, writeCursor } from './cursor';
import { problemsOf } from './problems';
import { guessable, termsOf } from './terms';

/** With fewer than so many things found, words that are spelt much like those asked for are tried too. */
const FEW = 5;
const BEGINNING: Span = { from: null, below: null, to: null, after: null };

/**
 * What fits a search in the project and its asker may see, best first: words of a title weigh most, and among equals the newer
 * comes first. Every text is a query; what was not understood, or names nothing, is said in `problems`.
 * @throws AppError invalid for a cursor that is none.
 */
export async function search(
  grant: Grant,
  { q, limit, cursor }: { q: string; limit: number; cursor?: string },
): Promise<SearchAnswer> {
  const given = cursor === undefined ? null : readCursor(cursor);
  const query = parseQuery(q);
  if (query.root === null) return { items: [], nextCursor: null, total: 0, problems: [...query.problems] };
  const meaning = await resolveQuery(database(), grant, query);
  const problems = problemsOf(query, meaning);
  const exact = compileQuery(query.root, meaning, grant);
  if (given !== null) {
    const guess = given.forgiving ? await forgive(grant, query.root, meaning) : null;
    return { ...(await page(grant, query.root, meaning, { exact, guess }, given, limit)), problems };
  }
  const start = { total: null, span: BEGINNING, more: false };
  const found = await page(
    grant,
    query.root,
    meaning,
    { exact, guess: null },
    { ...start, forgiving: false },
    limit,
  );
  if (found.total !== null && found.total < FEW) {
    const guess = await forgive(grant, query.root, meaning);
    if (guess !== null) {
      const more = await page(
        grant,
        query.root,
        meaning,
        { exact: found.total === 0 ? null : exact, guess },
        { ...start, forgiving: true },
        limit,
      );
      return { ...more, problems };
    }
  }
  return { ...found, problems };
}

/** A query that forgives misspelt words; null where no word is near. */
type Guess = { readonly condition: Condition; readonly alike: Alike };

async function forgive(grant: Grant, root: Node, meaning: Meaning): Promise<Guess | null> {
  const alike = await findAlike(database(), grant, guessable(root, meaning));
  if (alike.size === 0) return null;
  const condition = compileQuery(root, meaning, grant, alike);
  return condition === null ? null : { condition, alike };
}

async function page(
  grant: Grant,
  root: Node,
  meaning: Meaning,
  { exact, guess }: { exact: Condition | null; guess: Guess | null },
  { forgiving, total: known, span, more }: Cursor,
  limit: number,
): Promise<Omit<SearchAnswer, 'problems'>> {
  const condition = guess?.condition ?? exact;
  if (condition === null) return { items: [], nextCursor: null, total: 0 };
  const compared = guess === null ? null : (exact ?? 'none');
  const found = await selectHits(database(), grant, condition, compared, span, limit + 1);
  const hits = found.hits.slice(0, limit);
  const begins = span.after === null;
  const isFirst = begins && span.below === null;
  const total = !isFirst ? known : found.count > WINDOW ? null : found.count;
  const beyond = begins ? found.count > WINDOW : more;
  const pinned = begins ? { from: found.from, below: null, to: found.to } : { ...span, below: null };
  const last = hits.at(-1);
  let nextCursor: string | null = null;
  if (found.hits.length > limit && last !== undefined) {
    const { fuzzy, rank, moment } = last;
    nextCursor = writeCursor({
      forgiving,
      total,
      more: beyond,
      span: { ...pinned, after: { fuzzy, rank, moment } },
    });
  } else if (beyond) {
    const next = { from: null, below: pinned.to, to: null, after: null };
    nextCursor = writeCursor({ forgiving, total, more: false, span: next });
  }
  const words = await selectWords(database(), grant, hits);
  const terms = termsOf(root, meaning, guess?.alike ?? new Map());
  return {
    items: hits.flatMap((hit) => toFound(hit, words.get(`${hit.origin} ${hit.id}`), terms)),
    nextCursor,
    total,
  };
}

/** One thing as it is answered; none where it went away between two looks. */
function toFound(hit: Hit, words: Words | undefined, terms: readonly Term[]): Found[] {
  if (words === undefined) return [];
  const text = words.texts.find((one) => hasMatch(one, terms)) ?? words.texts[0] ?? '';
  const id = hit.kind === 'thread' ? (hit.threadId ?? hit.id) : hit.id;
  const { kind, sourceId, noteId, annotationId, threadId, claimId, codeId, fuzzy } = hit;
  return [
    {
      ...{ kind, id, sourceId, noteId, annotationId, threadId, claimId, codeId },
      title: words.title,
      excerpt: excerptOf(text, terms),
      by: { id: hit.creatorId, name: hit.creatorName },
      created: new Date(hit.moment[0]).toISOString(),
      fuzzy,
    },
  ];
}
