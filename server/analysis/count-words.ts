import { type CountedText, selectTexts } from '../../db/analysis/texts';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisRow, AnalysisTable } from '../../lib/analysis/analysis';
import { countPhrases, placesOf, stopWordsOf } from '../../lib/analysis/words';

/** UTF-16 units of text that are counted at most: some 650,000 words. */
export const MOST_TEXT = 4_000_000;
const MOST_PHRASES = 200;
const MOST_PLACES = 500;
const AROUND = 60;

/** Others are served between two texts. */
const breathe = () => new Promise((resolve) => setImmediate(resolve));

/** How often each phrase occurs in texts, in how many of the sources, and how many words there are in all. */
export async function countTexts(
  texts: readonly CountedText[],
  { n, stop }: Pick<AnalysisQuery, 'n' | 'stop'>,
): Promise<{ counts: Map<string, number>; sources: Map<string, number>; words: number }> {
  const counts = new Map<string, number>();
  const sources = new Map<string, number>();
  let words = 0;
  for (const { text, language } of texts) {
    const here = new Map<string, number>();
    words += countPhrases(here, text, language, n, stop === 'yes' ? stopWordsOf(language) : new Set());
    for (const [phrase, count] of here) {
      counts.set(phrase, (counts.get(phrase) ?? 0) + count);
      sources.set(phrase, (sources.get(phrase) ?? 0) + 1);
    }
    await breathe();
  }
  return { counts, sources, words };
}

/** What is told of texts that are left out. */
export const leftOut = (left: number): string[] =>
  left > 0 ? [`The ${left} oldest sources are left out: there is too much text to count at once.`] : [];

/** A rate as it is shown: per 10,000 words, one digit after the point. */
export const perTenThousand = (count: number, words: number): number =>
  words === 0 ? 0 : Math.round((count * 100_000) / words) / 10;

/** The most frequent words or phrases of a source, or of all. */
export async function wordFrequencies(grant: Grant, query: AnalysisQuery): Promise<AnalysisTable> {
  const only = query.source === undefined ? undefined : [query.source];
  const { texts, left } = await selectTexts(database(), grant, { only, most: MOST_TEXT });
  const { counts, sources, words } = await countTexts(texts, query);
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const rows = sorted.slice(0, MOST_PHRASES).map(([phrase, count]) => ({
    id: phrase,
    label: phrase,
    cells: [count, perTenThousand(count, words), sources.get(phrase) ?? 0],
  }));
  return {
    kind: 'words',
    corner: query.n === 1 ? 'Word' : 'Phrase',
    columns: [
      { id: 'count', label: 'Times' },
      { id: 'rate', label: 'Per 10,000 words' },
      { id: 'sources', label: 'Sources' },
    ],
    rows,
    statistics: [],
    notes: [
      `${words.toLocaleString('en')} words in ${texts.length} ${texts.length === 1 ? 'source' : 'sources'}, counted in small letters as they stand: “boat” and “boats” are two.`,
      ...(query.stop === 'yes'
        ? [
            'Words that name nothing (the, and, of) are left out for English, German and French; a phrase may hold them in its middle.',
          ]
        : []),
      ...(sorted.length > rows.length
        ? [`The ${MOST_PHRASES} most frequent of ${sorted.length.toLocaleString('en')}.`]
        : []),
      ...leftOut(left),
    ],
  };
}

/** Each place of a word or phrase with what stands around it (KWIC). */
export async function keyWords(grant: Grant, { q, source }: AnalysisQuery): Promise<AnalysisTable> {
  const table: Pick<AnalysisTable, 'kind' | 'corner' | 'columns' | 'statistics'> = {
    kind: 'kwic',
    corner: 'Source',
    columns: [
      { id: 'before', label: 'Before' },
      { id: 'exact', label: 'Words' },
      { id: 'after', label: 'After' },
    ],
    statistics: [],
  };
  if (q === '') return { ...table, rows: [], notes: ['Write a word or a phrase.'] };
  const only = source === undefined ? undefined : [source];
  const { texts, left } = await selectTexts(database(), grant, { only, most: MOST_TEXT });
  const rows: AnalysisRow[] = [];
  let found = 0;
  for (const { sourceId, title, text, language } of texts) {
    // Looking for the letters first spares cutting most texts into words.
    const [first = ''] = q.toLowerCase().split(/\s+/);
    if (!text.toLowerCase().replaceAll('’', "'").includes(first.replaceAll('’', "'"))) continue;
    const places = placesOf(text, language, q);
    found += places.length;
    for (const { start, end } of places.slice(0, MOST_PLACES - rows.length))
      rows.push({
        id: `${sourceId} ${start}`,
        label: title,
        cells: [
          oneLine(text.slice(Math.max(0, start - AROUND), start)),
          oneLine(text.slice(start, end)),
          oneLine(text.slice(end, end + AROUND)),
        ],
        place: { sourceId, start, end },
      });
    await breathe();
  }
  const notes = [found === 1 ? '1 place.' : `${found.toLocaleString('en')} places.`, ...leftOut(left)];
  if (found > rows.length) notes.push(`The first ${MOST_PLACES} are shown.`);
  return { ...table, rows, notes };
}

const oneLine = (text: string): string => text.toWellFormed().replace(/\s+/g, ' ');
