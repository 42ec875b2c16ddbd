import { countBy, countByValue, countEach, countPairs, selectPlaced } from '../../db/analysis/codings';
import { selectTexts } from '../../db/analysis/texts';
import { selectTitles } from '../../db/analysis/titles';
import { database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectPeople } from '../../db/contributions';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { judged, matrixOf, tableOf } from '../../lib/analysis/build-table';
import { overlapping, type Pair, withinSentences } from '../../lib/analysis/co-occurrence';
import { sentenceEnds } from '../../lib/analysis/sentences';
import { binsAlong } from '../../lib/analysis/timeline';
import { notFound } from '../edit';
import { isOfSpeakers, orderOf, variableOf } from './variable-of';

/** Codes that a matrix shows at most. */
const MOST_CODES = 40;
/** UTF-16 units of text that sentences are looked for in. */
const MOST_TEXT = 20_000_000;
const EACH =
  'A number counts codings: a mark with two codes counts once for each. Codes below a code count for themselves.';
const UNKNOWN = 'Not known';

async function codeNames(grant: Grant): Promise<Map<string, string>> {
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

/** Which codes are together, as a matrix both ways. */
export async function coOccurrence(grant: Grant, query: AnalysisQuery): Promise<AnalysisTable> {
  const db = database();
  const { unit, within, source } = query;
  const [codes, each] = await Promise.all([codeNames(grant), countEach(db, grant, source)]);
  const notes = ['The diagonal says how often a code was put on at all.'];
  let pairs: Pair[];
  if (unit === 'passage') {
    pairs = await countPairs(db, grant, source);
    notes.unshift('A number counts the marks that have both codes.');
  } else {
    const { codings, unplaced } = await selectPlaced(db, grant, source);
    if (unplaced > 0)
      notes.push(
        `${unplaced} codings have no place in the current version of their source and are left out.`,
      );
    if (unit === 'overlap') {
      pairs = overlapping(codings);
      notes.unshift('A number counts pairs of codings whose passages share a letter, also of two people.');
    } else {
      const texts = new Map<string, readonly number[]>();
      const only = [...new Set(codings.map(({ textId }) => textId))];
      const read = await selectTexts(db, grant, { only, most: MOST_TEXT });
      for (const { sourceId, version, text, language } of read.texts)
        texts.set(sourceId, await sentencesOf(`${sourceId} ${version}`, text, language));
      if (read.left > 0) notes.push(`The ${read.left} oldest sources are left out: there is too much text.`);
      const known = codings.filter(({ textId }) => texts.has(textId));
      pairs = withinSentences(known, within, (id) => texts.get(id) ?? []);
      notes.unshift(
        `A number counts pairs of codings ${within === 0 ? 'in the same sentence' : `at most ${within} ${within === 1 ? 'sentence' : 'sentences'} apart`}, also of two people.`,
      );
    }
  }
  const { columns, rows, left } = matrixOf(pairs, each, (id) => codes.get(id), MOST_CODES);
  if (left > 0) notes.push(`The ${MOST_CODES} most frequent codes are shown; ${left} are not.`);
  return { kind: 'co-occurrence', corner: 'Code', columns, rows, statistics: [], notes };
}

/** Where sentences of texts end that were looked at last: a version of a text never changes. */
const ends = new Map<string, readonly number[]>();
const MOST_KEPT = 2_000;

async function sentencesOf(key: string, text: string, language: string | null): Promise<readonly number[]> {
  const known = ends.get(key);
  if (known !== undefined) return known;
  const found = sentenceEnds(text, language);
  ends.set(key, found);
  const [oldest] = ends.keys();
  if (ends.size > MOST_KEPT && oldest !== undefined) ends.delete(oldest);
  // Others are served between two texts.
  await new Promise((resolve) => setImmediate(resolve));
  return found;
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
  const { codings, unplaced } = await selectPlaced(db, grant, source);
  const byCode = Map.groupBy(codings, ({ codeId }) => codeId);
  const columns = Array.from({ length: bins }, (_, at) => ({
    id: String(at),
    label: `${Math.round((at * 100) / bins)}–${Math.round(((at + 1) * 100) / bins)} %`,
  }));
  const rows = [...byCode]
    .filter(([id]) => codes.has(id))
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
