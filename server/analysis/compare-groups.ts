import { countByValue } from '../../db/analysis/codings';
import type { CountedText } from '../../db/analysis/texts';
import { database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { KEYNESS_CITE, keyness } from '../../lib/analysis/keyness';
import { countTexts, leftOut, perTenThousand, textsByValue } from './count-words';
import { type Asked, variableOf } from './variable-of';

const MOST_ROWS = 100;

type Group = { value: string; counts: Map<string, number>; total: number };
type Compared = { groups: [Group, Group]; names: (id: string) => string; what: string; notes: string[] };

/** What tells two values of a variable apart: words, or codes. Without two values it is the two that have most. */
export async function compareGroups(
  grant: Grant,
  query: AnalysisQuery,
  signal?: AbortSignal,
): Promise<AnalysisTable> {
  const asked = await variableOf(grant, query);
  const compared =
    query.of === 'codes' ? await byCodes(grant, query, asked) : await byWords(grant, query, asked, signal);
  const { groups, names, what, notes } = compared;
  const [a, b] = groups;
  const rows = keyness(a.counts, a.total, b.counts, b.total)
    .slice(0, MOST_ROWS)
    .map((one) => ({
      id: one.item,
      label: names(one.item),
      cells: [
        one.a,
        perTenThousand(one.a, a.total),
        one.b,
        perTenThousand(one.b, b.total),
        round(one.logRatio),
        round(one.logLikelihood),
        one.p < 0.001 ? '< 0.001' : one.p.toFixed(3),
      ],
    }));
  const of = (value: string) => (value === '' ? 'Nothing' : value);
  return {
    kind: 'compare',
    corner: query.of === 'codes' ? 'Code' : 'Word',
    columns: [
      { id: 'a', label: of(a.value) },
      { id: 'rate-a', label: `Per 10,000 in ${of(a.value)}` },
      { id: 'b', label: of(b.value) },
      { id: 'rate-b', label: `Per 10,000 in ${of(b.value)}` },
      { id: 'ratio', label: 'Log ratio' },
      { id: 'g2', label: 'G²' },
      { id: 'p', label: 'p' },
    ],
    rows,
    statistics: [
      {
        name: 'Keyness',
        value: null,
        words:
          rows.length === 0
            ? `Can’t be said: it takes two values of ${asked.name.toLowerCase()} that both have ${what}.`
            : 'A log ratio of 1 is twice as frequent in the first, -1 twice in the second; p is for each row by itself, without a correction for the many rows.',
        cite: KEYNESS_CITE,
      },
    ],
    notes: [
      `${a.total.toLocaleString('en')} ${what} of “${of(a.value)}”, ${b.total.toLocaleString('en')} of “${of(b.value)}”.`,
      ...notes,
    ],
  };
}

const round = (number: number): number => Math.round(number * 100) / 100;

/** The two values that are asked for, or those that have most. */
function twoOf(query: AnalysisQuery, sizes: ReadonlyMap<string, number>): [string, string] {
  const known = [...sizes].sort(([, one], [, other]) => other - one).map(([value]) => value);
  const a = query.a !== '' ? query.a : (known.find((one) => one !== query.b) ?? '');
  const b = query.b !== '' ? query.b : (known.find((one) => one !== a) ?? '');
  return [a, b];
}

async function byCodes(grant: Grant, query: AnalysisQuery, asked: Asked): Promise<Compared> {
  const db = database();
  const [codes, all] = await Promise.all([
    selectCodes(db, grant),
    countByValue(db, grant, asked.by, query.source),
  ]);
  const names = new Map(codes.map(({ id, name }) => [id, name]));
  const cells = all.filter(({ row, column }) => column !== '' && names.has(row));
  const sizes = new Map<string, number>();
  for (const { column, count } of cells) sizes.set(column, (sizes.get(column) ?? 0) + count);
  const groupOf = (value: string): Group => ({
    value,
    counts: new Map(cells.filter(({ column }) => column === value).map(({ row, count }) => [row, count])),
    total: sizes.get(value) ?? 0,
  });
  const [a, b] = twoOf(query, sizes);
  return { groups: [groupOf(a), groupOf(b)], names: (id) => names.get(id) ?? id, what: 'codings', notes: [] };
}

async function byWords(
  grant: Grant,
  query: AnalysisQuery,
  asked: Asked,
  signal: AbortSignal | undefined,
): Promise<Compared> {
  const { texts, left, isSaid } = await textsByValue(grant, asked);
  const byValue = Map.groupBy(
    texts.filter(({ value }) => value !== null),
    ({ value }) => value as string,
  );
  const sizes = new Map([...byValue].map(([value, own]) => [value, lengthOf(own)]));
  const [a, b] = twoOf(query, sizes);
  const groupOf = async (value: string): Promise<Group> => {
    const { counts, words } = await countTexts(byValue.get(value) ?? [], query, signal);
    return { value, counts, total: words };
  };
  return {
    groups: [await groupOf(a), await groupOf(b)],
    names: (id) => id,
    what: 'words',
    notes: [
      isSaid ? 'The words are those of their quotes.' : 'The words are those of whole sources.',
      ...leftOut(left),
    ],
  };
}

const lengthOf = (texts: readonly CountedText[]): number =>
  texts.reduce((sum, { text }) => sum + text.length, 0);
