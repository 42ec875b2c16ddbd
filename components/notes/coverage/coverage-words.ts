import type { Backing, Concern, Judged } from '@/lib/coverage/judge';

/** How what backs a sentence is called, and what it means. */
export const BACKING_WORDS: Readonly<Record<Backing, { name: string; means: string }>> = {
  nothing: { name: 'Nothing', means: 'No mark, no claim and no source stands behind it.' },
  disputed: {
    name: 'Disputed',
    means: 'A claim behind it is disputed, or a quotation in it differs from its source.',
  },
  'single-origin': { name: 'Single origin', means: 'All its sources come down to one.' },
  sourced: { name: 'Sourced', means: 'At least two independent origins stand behind it.' },
};

/** What somebody should look at in a sentence. */
export const CONCERN_WORDS: Readonly<Record<Concern, string>> = {
  'quotation-differs': 'A quotation differs from its source',
  'quotation-missing': 'A quotation is in no source of this sentence',
  'mark-gone': 'A mark behind it is gone',
  'mark-changed': 'A mark behind it changed with its source, and nobody has looked',
  'claim-open': 'A claim behind it is still open',
  'off-record': 'A quote behind it is off the record',
};

const MOST_TITLES = 3;

/** What a sentence rests on, in a line: "Daily Ledger, Harbour report · 1 origin". */
export function groundsWords(
  { sourceIds, origins, backing }: Judged,
  titleOf: (id: string) => string,
): string {
  if (sourceIds.length === 0) return BACKING_WORDS[backing].means;
  const titles = sourceIds.slice(0, MOST_TITLES).map(titleOf).join(', ');
  const others = sourceIds.length - MOST_TITLES;
  const more = others > 0 ? ` and ${others} more` : '';
  return `${titles}${more} · ${origins === 1 ? '1 origin' : `${origins} origins`}`;
}
