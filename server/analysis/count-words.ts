import { type CountedText, selectSaid, selectTexts } from '../../db/analysis/texts';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisRow, AnalysisTable } from '../../lib/analysis/analysis';
import { countPhrases, placesOf, stopWordsOf } from '../../lib/analysis/words';
import { firstWords, lastWords } from '../../lib/words/around';
import { type Asked, isOfSpeakers, variableOf } from './variable-of';

/** UTF-16 units of text that are counted at most: some 650,000 words. */
export const MOST_TEXT = 4_000_000;
const MOST_PHRASES = 200;
const MOST_PLACES = 500;
const AROUND = 60;

/** Others are served between two texts. */
const breathe = () => new Promise((resolve) => setImmediate(resolve));

type Counted = { readonly counts: ReadonlyMap<string, number>; readonly words: number };
/** What was counted lately, by question and what its reader may read of the text. At most so many phrases are kept. */
const counted = new Map<string, Counted>();
const MOST_KEPT = 1_000_000;
let kept = 0;

function countText(text: CountedText, { n, stop }: Pick<AnalysisQuery, 'n' | 'stop'>): Counted {
  const key = `${text.sourceId} ${text.hash} ${text.language} ${n} ${stop}`;
  // Of a quote it is not known whether its words were counted.
  const known = text.isWhole ? counted.get(key) : undefined;
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  const left = stop === 'yes' ? stopWordsOf(text.language) : new Set<string>();
  const found = { counts, words: countPhrases(counts, text.text, text.language, n, left) };
  if (!text.isWhole) return found;
  counted.set(key, found);
  kept += counts.size;
  for (const [oldest, { counts: gone }] of counted) {
    if (kept <= MOST_KEPT) break;
    counted.delete(oldest);
    kept -= gone.size;
  }
  return found;
}

/**
 * How often each phrase occurs in texts, in how many of the sources, and how many words there are in all.
 * @throws the signal's reason when it aborts.
 */
export async function countTexts(
  texts: readonly CountedText[],
  asked: Pick<AnalysisQuery, 'n' | 'stop'>,
  signal?: AbortSignal,
): Promise<{ counts: Map<string, number>; sources: Map<string, number>; words: number }> {
  const counts = new Map<string, number>();
  const sources = new Map<string, number>();
  let words = 0;
  for (const text of texts) {
    signal?.throwIfAborted();
    const here = countText(text, asked);
    words += here.words;
    for (const [phrase, count] of here.counts) {
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
export async function wordFrequencies(
  grant: Grant,
  query: AnalysisQuery,
  signal?: AbortSignal,
): Promise<AnalysisTable> {
  const only = query.source === undefined ? undefined : [query.source];
  const { texts, left } = await selectTexts(database(), grant, { only, most: MOST_TEXT });
  const { counts, sources, words } = await countTexts(texts, query, signal);
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

/** Quotes whose words are counted. */
const MOST_QUOTES = 20_000;

/** Texts with their value of a variable: those of sources, or, of what is known of speakers, their quotes. */
export async function textsByValue(
  grant: Grant,
  asked: Asked,
): Promise<{ texts: CountedText[]; left: number; isSaid: boolean }> {
  const db = database();
  if (isOfSpeakers(asked))
    return { texts: await selectSaid(db, grant, asked.by, MOST_QUOTES), left: 0, isSaid: true };
  return { ...(await selectTexts(db, grant, { by: asked.by, most: MOST_TEXT })), isSaid: false };
}

/** Each place of a word or phrase with what stands around it (KWIC). */
export async function keyWords(
  grant: Grant,
  query: AnalysisQuery,
  signal?: AbortSignal,
): Promise<AnalysisTable> {
  const { q } = query;
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
  const { texts, left, notes: about } = await textsOf(grant, query);
  const rows: AnalysisRow[] = [];
  let found = 0;
  for (const { sourceId, title, text, language, from } of texts) {
    signal?.throwIfAborted();
    const places = placesOf(text, language, q);
    found += places.length;
    for (const { start, end } of places.slice(0, MOST_PLACES - rows.length))
      rows.push({
        id: `${sourceId} ${from + start}`,
        label: title,
        cells: [
          oneLine(lastWords(text.slice(0, start), AROUND)),
          oneLine(text.slice(start, end)),
          oneLine(firstWords(text.slice(end), AROUND)),
        ],
        place: { sourceId, start: from + start, end: from + end },
      });
    await breathe();
  }
  const notes = [
    found === 1 ? '1 place.' : `${found.toLocaleString('en')} places.`,
    ...about,
    ...leftOut(left),
  ];
  if (found > rows.length) notes.push(`The first ${MOST_PLACES} are shown.`);
  return { ...table, rows, notes };
}

/** The texts in which a word is looked for: all, one, or those of a value of a variable. */
async function textsOf(
  grant: Grant,
  query: AnalysisQuery,
): Promise<{ texts: CountedText[]; left: number; notes: string[] }> {
  const only = query.source === undefined ? undefined : [query.source];
  if (query.a === '')
    return { ...(await selectTexts(database(), grant, { only, most: MOST_TEXT })), notes: [] };
  const asked = await variableOf(grant, query);
  const { texts, left, isSaid } = await textsByValue(grant, asked);
  const notes = [
    isSaid
      ? `Only quotes of speakers whose ${asked.name.toLowerCase()} is “${query.a}”.`
      : `Only sources whose ${asked.name.toLowerCase()} is “${query.a}”.`,
  ];
  return { texts: texts.filter(({ value }) => value === query.a), left, notes };
}

const oneLine = (text: string): string => text.toWellFormed().replace(/\s+/g, ' ');
