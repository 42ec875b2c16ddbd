import { countBy, countByValue, selectPlaced } from '../../db/analysis/codings';
import { selectTitles } from '../../db/analysis/titles';
import { database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectPeople } from '../../db/contributions';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { judged, tableOf } from '../../lib/analysis/build-table';
import { binsAlong } from '../../lib/analysis/timeline';
import { notFound } from '../edit';
import { isOfSpeakers, orderOf, variableOf } from './variable-of';

const EACH =
  'A number counts codings: a mark with two codes counts once for each. Codes below a code count for themselves.';
const UNKNOWN = 'Not known';

/** The codes of the project that stand, and what they are called. */
export async function codeNames(grant: Grant): Promise<Map<string, string>> {
  return new Map((await selectCodes(database(), grant)).map(({ id, name }) => [id, name]));
}

/** How often each code was put on, by source, by person, or by the month that the source was published in. */
export async function frequencies(grant: Grant, { by }: AnalysisQuery): Promise<AnalysisTable> {
  const db = database();
  const codes = await codeNames(grant);
  const row = (id: string) => codes.get(id);
  const base = { kind: 'frequencies' as const, corner: 'Code', statistics: [], notes: [EACH] };
  if (by === 'month') {
    const cells = await countByValue(db, grant, { builtIn: 'month' });
    const column = (id: string) => (id === '' ? UNKNOWN : id);
    return { ...base, ...tableOf(cells, { row, column }, orderOf({ kind: 'date' })) };
  }
  const cells = await countBy(db, grant, by);
  const ids = [...new Set(cells.map(({ column }) => column))];
  const names =
    by === 'person'
      ? new Map((await selectPeople(db, grant, ids)).map(({ id, name }) => [id, name]))
      : new Map((await selectTitles(db, grant)).map(({ id, title }) => [id, title]));
  return { ...base, ...tableOf(cells, { row, column: (id) => names.get(id) }, null) };
}

/** Codes by the values of a variable, with what was to be expected and how strong the association is. */
export async function crossTable(grant: Grant, query: AnalysisQuery): Promise<AnalysisTable> {
  const asked = await variableOf(grant, query);
  const [codes, cells] = await Promise.all([
    codeNames(grant),
    countByValue(database(), grant, asked.by, query.source),
  ]);
  const names = {
    row: (id: string) => codes.get(id),
    column: (id: string) => (id === '' ? UNKNOWN : id),
  };
  const { columns, rows } = tableOf(cells, names, orderOf(asked));
  return {
    kind: 'cross-table',
    corner: `Code by ${asked.name.toLowerCase()}`,
    columns,
    ...judged({ columns, rows }),
    notes: [
      EACH,
      ...(isOfSpeakers(asked) ? ['Marks that quote nobody count as not known.'] : []),
      'What is not known is left out of the measures. They take codings for independent of each other, which codings of one text are not: read them as a description.',
    ],
  };
}

/** Codes along the text of one source in equal parts; without one, across all sources in the order of their publication. */
export async function timeline(grant: Grant, { source, bins }: AnalysisQuery): Promise<AnalysisTable> {
  const db = database();
  const codes = await codeNames(grant);
  const base = { kind: 'timeline' as const, corner: 'Code', statistics: [] };
  const titles = await selectTitles(db, grant);
  if (source === undefined) {
    const cells = await countBy(db, grant, 'source');
    const place = new Map(titles.map(({ id }, at) => [id, at]));
    const names = new Map(titles.map(({ id, title, day }) => [id, day === null ? title : `${day} ${title}`]));
    const table = tableOf(
      cells,
      { row: (id) => codes.get(id), column: (id) => names.get(id) },
      (one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0),
    );
    return {
      ...base,
      ...table,
      notes: [EACH, 'Sources stand in the order they were published; those of no known day come last.'],
    };
  }
  const about = titles.find(({ id }) => id === source);
  if (about === undefined) throw notFound('source');
  const { codings, unplaced } = await selectPlaced(db, grant, [...codes.keys()], source);
  const byCode = Map.groupBy(codings, ({ codeId }) => codeId);
  const columns = Array.from({ length: bins }, (_, at) => ({
    id: String(at),
    label: `${Math.round((at * 100) / bins)}–${Math.round(((at + 1) * 100) / bins)} %`,
  }));
  const rows = [...byCode]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([id, passages]) => ({
      id,
      label: codes.get(id) ?? id,
      cells: binsAlong(passages, about.length, bins),
    }));
  const notes = [`“${about.title}” in ${bins} equal parts. A passage counts in every part that it touches.`];
  if (unplaced > 0) notes.push(`${unplaced} codings have no place in the current version and are left out.`);
  return { ...base, columns, rows, notes };
}
