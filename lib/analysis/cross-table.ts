import type { Statistic } from './analysis';
import { chiSquareTail } from './gamma';

const CHI =
  'Pearson 1900, On the criterion that a given system of deviations…; Cochran 1954 for when it holds';
const CRAMER = 'Cramér 1946, Mathematical Methods of Statistics, ch. 21';

/** What each cell was to hold if rows and columns had nothing to do with each other: row total × column total / total. */
export function expectedCounts(cells: readonly (readonly number[])[]): number[][] {
  const rows = cells.map(sum);
  const columns = (cells[0] ?? []).map((_, at) => sum(cells.map((row) => row[at] ?? 0)));
  const total = sum(rows);
  return rows.map((row) => columns.map((column) => (total === 0 ? 0 : (row * column) / total)));
}

/**
 * How far a table of counts is from what was to be expected: chi-square with its tail, and Cramér's V (0 to 1), each with
 * why it can't be said where it can't. Rows and columns without any count are passed over.
 */
export function association(
  cells: readonly (readonly number[])[],
): [chiSquare: Statistic, cramersV: Statistic] {
  const rows = cells.filter((row) => sum(row) > 0);
  const kept = (cells[0] ?? []).map((_, at) => at).filter((at) => sum(cells.map((row) => row[at] ?? 0)) > 0);
  const counts = rows.map((row) => kept.map((at) => row[at] ?? 0));
  const [height, width] = [counts.length, kept.length];
  const both = (words: string): [Statistic, Statistic] => [
    { name: 'Chi-square', value: null, words, cite: CHI },
    { name: 'Cramér’s V', value: null, words, cite: CRAMER },
  ];
  if (height < 2 || width < 2)
    return both('Can’t be said: it takes two codes and two values that have codings.');
  const expected = expectedCounts(counts);
  const low = expected.flat().filter((one) => one < 5).length;
  const total = sum(counts.flat());
  let chiSquare = 0;
  for (const [y, row] of counts.entries())
    for (const [x, count] of row.entries()) {
      const wanted = expected[y]?.[x] ?? 0;
      chiSquare += (count - wanted) ** 2 / wanted;
    }
  const degrees = (height - 1) * (width - 1);
  const v = Math.sqrt(chiSquare / (total * Math.min(height - 1, width - 1)));
  const isThin = low > expected.flat().length / 5 || expected.flat().some((one) => one < 1);
  const p = chiSquareTail(chiSquare, degrees);
  const said = isThin
    ? `Can’t be said: ${low} of ${height * width} cells expect fewer than 5, more than the test bears (Cochran).`
    : `${degrees} degrees of freedom, ${p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`}, ${total} codings.`;
  return [
    { name: 'Chi-square', value: isThin ? null : chiSquare, words: said, cite: CHI },
    {
      name: 'Cramér’s V',
      value: Math.min(1, v),
      words: `0 is no association, 1 is a full one${isThin ? '; with counts this small, a description of these codings and no more' : ''}.`,
      cite: CRAMER,
    },
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
