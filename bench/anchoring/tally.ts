import type { Span } from '../../lib/anchoring/describe';

/** What a matcher answered to one passage: a place, or `null` for none that it dares. */
export type Answer = Span | null;
export type Truth = Span | 'gone' | null;

/** Counts of answers that were right and wrong. */
export type Tally = {
  present: number;
  right: number;
  wrong: number;
  exact: number;
  gone: number;
  falsely: number;
  untouched: number;
  untouchedRight: number;
};

export const emptyTally = (): Tally => ({
  present: 0,
  right: 0,
  wrong: 0,
  exact: 0,
  gone: 0,
  falsely: 0,
  untouched: 0,
  untouchedRight: 0,
});

/** How much of two spans is common to both, as a share of what either covers. */
export function overlap(one: Span, two: Span): number {
  const common = Math.min(one.end, two.end) - Math.max(one.start, two.start);
  return common <= 0 ? 0 : common / (Math.max(one.end, two.end) - Math.min(one.start, two.start));
}

/** Counts one answer: `right` is, unless told, a place that shares at least half with the true one; passages too far gone to say count not. */
export function count(
  tally: Tally,
  truth: Truth,
  answer: Answer,
  untouched: boolean,
  right = truth !== null && truth !== 'gone' && answer !== null && overlap(truth, answer) >= 0.5,
): 'right' | 'wrong' | 'none' | 'false' | null {
  if (truth === null) return null;
  if (truth === 'gone') {
    tally.gone += 1;
    if (answer === null) return 'right';
    tally.falsely += 1;
    return 'false';
  }
  tally.present += 1;
  if (untouched) tally.untouched += 1;
  if (answer === null) return 'none';
  const exact = truth.start === answer.start && truth.end === answer.end;
  if (exact) tally.exact += 1;
  if (exact && untouched) tally.untouchedRight += 1;
  if (right) tally.right += 1;
  else tally.wrong += 1;
  return right ? 'right' : 'wrong';
}

const percent = (part: number, whole: number) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(2));

/** A row of a table: recall, precision, wrong place, deleted yet anchored, exact span, untouched; all per cent. */
export function tallyRow(name: string, tally: Tally): string {
  const { present, right, wrong, exact, gone, falsely, untouched, untouchedRight } = tally;
  return `| ${[
    name,
    percent(right, present),
    percent(right, right + wrong + falsely),
    percent(wrong, present),
    percent(falsely, gone),
    percent(exact, present),
    percent(untouchedRight, untouched),
    `${present} + ${gone}`,
  ].join(' | ')} |`;
}

export const TALLY_HEAD = [
  '| matcher | recall | precision | wrong place | deleted yet anchored | exact span | untouched, exact | passages |',
  '|---|---:|---:|---:|---:|---:|---:|---:|',
].join('\n');
