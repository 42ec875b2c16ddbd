import {
  type Counting,
  type Keys,
  selectCounted,
  selectPassages,
  selectPlacedOf,
  selectPlacedSources,
} from '../../db/analysis/passages';
import { selectTitles } from '../../db/analysis/titles';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisCell, AnalysisPassage } from '../../lib/analysis/analysis';
import { OTHERS } from '../../lib/analysis/build-table';
import { type Coding, inSentences, pairsOf } from '../../lib/analysis/co-occurrence';
import { binsAlong } from '../../lib/analysis/timeline';
import { AppError } from '../../lib/errors';
import { notFound } from '../edit';
import { analyse } from './analyse';
import { sentencesOf } from './sentences-of';
import { variableOf } from './variable-of';

type Found = { items: AnalysisPassage[]; total: number };

/**
 * The passages behind a cell of an analysis of codes, exactly as many as the cell says, in the order they stand.
 * @throws AppError invalid for a cell of words, not-found for a variable or source that is none; the signal's reason when
 * whoever asked no longer waits.
 */
export async function listPassages(
  grant: Grant,
  cell: AnalysisCell,
  signal?: AbortSignal,
): Promise<Found & { nextCursor: string | null }> {
  const { items, total } = await passagesOf(grant, cell, signal);
  const next = cell.cursor + cell.limit;
  return { items, total, nextCursor: next < total ? String(next) : null };
}

async function passagesOf(grant: Grant, cell: AnalysisCell, signal: AbortSignal | undefined): Promise<Found> {
  const { row, column, source } = cell;
  switch (cell.kind) {
    case 'frequencies':
      return counted(grant, cell, cell.by);
    case 'timeline':
      return source === undefined ? counted(grant, cell, 'source') : inBin(grant, cell, source);
    case 'cross-table':
      return counted(grant, cell, (await variableOf(grant, cell)).by);
    case 'compare': {
      if (cell.of === 'words') break;
      const groups = { a: [cell.a], 'rate-a': [cell.a], b: [cell.b], 'rate-b': [cell.b] };
      const of = groups[column as keyof typeof groups] ?? [cell.a, cell.b];
      return counted(grant, cell, (await variableOf(grant, cell)).by, { of });
    }
    case 'co-occurrence':
      if (column === row || cell.unit === 'passage')
        return selectCounted(database(), grant, {
          codeId: row,
          ...(column !== row && { alsoCodeId: column }),
          ...pageOf(cell),
        });
      return pairs(grant, cell, signal);
  }
  throw new AppError(
    'invalid',
    'A cell of words leads to their places: ask for the words in context (kwic).',
  );
}

const pageOf = ({ source, limit, cursor }: AnalysisCell) => ({ sourceId: source, limit, offset: cursor });

/** The codings of a cell that counts by keys; the last of too many columns is all that have none of the others. */
async function counted(grant: Grant, cell: AnalysisCell, by: Counting, keys?: Keys): Promise<Found> {
  // Sources and people are not chosen twice.
  const sourceId = cell.kind === 'cross-table' || cell.kind === 'compare' ? cell.source : undefined;
  const of = keys ?? (cell.column === OTHERS ? await others(grant, cell) : { of: [cell.column] });
  return selectCounted(database(), grant, { codeId: cell.row, by, keys: of, ...pageOf(cell), sourceId });
}

async function others(grant: Grant, cell: AnalysisCell): Promise<Keys> {
  const { columns } = await analyse(grant, cell);
  return { but: columns.map(({ id }) => id).filter((id) => id !== OTHERS) };
}

/** The codings that touch one of the equal parts of a text. */
async function inBin(grant: Grant, cell: AnalysisCell, source: string): Promise<Found> {
  const db = database();
  const about = (await selectTitles(db, grant)).find(({ id }) => id === source);
  if (about === undefined) throw notFound('source');
  const codings = await selectPlacedOf(db, grant, [cell.row], source);
  const touching = codings.filter(
    (one) => (binsAlong([one], about.length, cell.bins)[Number(cell.column)] ?? 0) > 0,
  );
  const shown = touching.slice(cell.cursor, cell.cursor + cell.limit);
  return {
    total: touching.length,
    items: await selectPassages(
      db,
      grant,
      shown.map((one) => [one]),
    ),
  };
}

async function pairs(grant: Grant, cell: AnalysisCell, signal: AbortSignal | undefined): Promise<Found> {
  const db = database();
  const { row, column, unit, within, source, cursor, limit } = cell;
  let placed = await selectPlacedOf(db, grant, [row, column], source);
  if (unit === 'sentences') {
    // The same texts as those of the table: which of too many are left out depends on all of them.
    const { endsOf } = await sentencesOf(grant, await selectPlacedSources(db, grant, source), signal);
    const known = placed.filter(({ textId }) => endsOf.has(textId));
    placed = inSentences(known, (id) => endsOf.get(id) ?? []);
  }
  signal?.throwIfAborted();
  const shown: [Coding, Coding][] = [];
  let total = 0;
  for (const pair of pairsOf(placed, [row, column], unit === 'sentences' ? within : 0)) {
    if (total >= cursor && shown.length < limit) shown.push(pair);
    total += 1;
  }
  return { total, items: await selectPassages(db, grant, shown) };
}
