import { countPairs, selectPlaced } from '../../db/analysis/codings';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { matrixOf } from '../../lib/analysis/build-table';
import { overlapping, type Pair, withinSentences } from '../../lib/analysis/co-occurrence';
import { codeNames } from './count-codes';
import { sentencesOf } from './sentences-of';

/** Codes that a matrix shows at most. */
const MOST_CODES = 40;

/** Which codes are together, as a matrix both ways. @throws the signal's reason when it aborts. */
export async function coOccurrence(
  grant: Grant,
  query: AnalysisQuery,
  signal?: AbortSignal,
): Promise<AnalysisTable> {
  const codes = await codeNames(grant);
  const { pairs, each, notes } = await pairsFor(grant, query, [...codes.keys()], signal);
  const { columns, rows, left } = matrixOf(pairs, each, (id) => codes.get(id), MOST_CODES);
  notes.push('The diagonal says how often a code was put on at all.');
  if (left > 0) notes.push(`The ${MOST_CODES} most frequent codes are shown; ${left} are not.`);
  return { kind: 'co-occurrence', corner: 'Code', columns, rows, statistics: [], notes };
}

async function pairsFor(
  grant: Grant,
  { unit, within, source }: AnalysisQuery,
  codeIds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ pairs: Pair[]; each: ReadonlyMap<string, number>; notes: string[] }> {
  const db = database();
  if (unit === 'passage') {
    const all = await countPairs(db, grant, source);
    const alone = all.filter(({ a, b }) => a === b);
    return {
      pairs: all.filter(({ a, b }) => a !== b),
      each: new Map(alone.map(({ a, count }) => [a, count])),
      notes: ['A number counts the marks that have both codes.'],
    };
  }
  const { codings, unplaced, each } = await selectPlaced(db, grant, codeIds, source);
  signal?.throwIfAborted();
  const left =
    unplaced > 0
      ? [`${unplaced} codings have no place in the current version of their source and are left out.`]
      : [];
  if (unit === 'overlap')
    return {
      ...{ pairs: overlapping(codings), each },
      notes: ['A number counts pairs of codings whose passages share a letter, also of two people.', ...left],
    };
  const only = [...new Set(codings.map(({ textId }) => textId))];
  const { endsOf, left: older } = await sentencesOf(grant, only, signal);
  const pairs = withinSentences(
    codings.filter(({ textId }) => endsOf.has(textId)),
    within,
    (id) => endsOf.get(id) ?? [],
  );
  const apart =
    within === 0
      ? 'in the same sentence'
      : `at most ${within} ${within === 1 ? 'sentence' : 'sentences'} apart`;
  if (older > 0) left.push(`The ${older} oldest sources are left out: there is too much text.`);
  return { pairs, each, notes: [`A number counts pairs of codings ${apart}, also of two people.`, ...left] };
}
