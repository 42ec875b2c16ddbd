import { csvCell } from '../csv';
import { LEVELS } from './levels';
import type { QuoteRow } from './quote-row';

const line = (cells: readonly string[]) => `${cells.map(csvCell).join(',')}\r\n`;

/** The first line of a table of quotes, after a mark that says which encoding it is in. */
export const QUOTES_HEAD = `\uFEFF${line([
  'Who',
  'Said',
  'Given as',
  'Hedges',
  'Level',
  'Came through',
  'Source',
  'Codes',
  'Marked by',
  'Marked at',
  'Annotation',
])}`;

/** A quote as a line of a table; people are in it by the names they are shown by, whoever exports it. */
export function quoteLine(
  { id, source, exact, speaker, quote, codeIds, creator, created }: QuoteRow,
  names: { source: (id: string) => string; code: (id: string) => string },
): string {
  const came = quote.chain.map(({ role, label, sourceId }) => {
    const name = label || (sourceId === null ? '' : names.source(sourceId));
    return `${role}: ${name}`;
  });
  return line([
    speaker?.name ?? '',
    exact,
    quote.style,
    quote.hedges.join('; ') || (quote.hedged ? 'hedged' : ''),
    quote.level === null ? '' : LEVELS[quote.level].name,
    came.join(' ← '),
    source.title,
    codeIds.map(names.code).join('; '),
    creator.name,
    created,
    id,
  ]);
}
