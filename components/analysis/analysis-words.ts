import type { AnalysisQuery, AnalysisRow, AnalysisTable } from '@/lib/analysis/analysis';
import { OTHERS } from '@/lib/analysis/build-table';

export type Kind = AnalysisQuery['kind'];
/** How a table can be drawn; `none` is the table alone. */
export type View = 'bars' | 'matrix' | 'network' | 'none';

/** What each analysis is called, what it answers, and how it can be drawn, the best first. */
export const KINDS: Record<Kind, { label: string; hint: string; views: readonly View[] }> = {
  frequencies: {
    label: 'Code frequencies',
    hint: 'How often was each code put on, by source, person or month?',
    views: ['bars', 'matrix', 'none'],
  },
  'co-occurrence': {
    label: 'Co-occurrence',
    hint: 'Which codes are together?',
    views: ['matrix', 'network', 'none'],
  },
  'cross-table': {
    label: 'Codes by variable',
    hint: 'Are codes spread otherwise over outlets, months, speakers or what you know of them?',
    views: ['matrix', 'none'],
  },
  timeline: {
    label: 'Timeline',
    hint: 'Where along a source do codes stand, and in which sources over time?',
    views: ['matrix', 'none'],
  },
  words: {
    label: 'Word frequencies',
    hint: 'Which words and phrases are used most?',
    views: ['bars', 'none'],
  },
  kwic: {
    label: 'Words in context',
    hint: 'Where does a word or phrase stand, and with what around it (KWIC)?',
    views: ['none'],
  },
  compare: {
    label: 'Compare two groups',
    hint: 'Which words or codes tell two groups apart?',
    views: ['bars', 'none'],
  },
};

export const VIEWS: Record<View, string> = {
  bars: 'Bars and table',
  matrix: 'Matrix and table',
  network: 'Network and table',
  none: 'Table alone',
};

const quoted = (words: string) => `"${words.replaceAll('"', '')}"`;

/** Where the passages behind a row, or a cell of it, are read; null where there is no such place. */
export function passagesHref(
  projectId: string,
  query: Partial<AnalysisQuery>,
  row: AnalysisRow,
  column?: AnalysisTable['columns'][number],
): string | null {
  const root = `/projects/${projectId}`;
  const search = (q: string) => `${root}/search?q=${encodeURIComponent(q)}`;
  const code = `${root}/codebook?code=${row.id}`;
  if (row.place !== undefined) {
    const words = String(row.cells[1] ?? '');
    return `${root}/sources/${row.place.sourceId}#:~:text=${encodeURIComponent(words).replaceAll('-', '%2D')}`;
  }
  if (query.kind === 'words' || (query.kind === 'compare' && query.of !== 'codes')) {
    const source = query.kind === 'words' && query.source ? `&source=${query.source}` : '';
    return `${root}/analysis?kind=kwic&q=${encodeURIComponent(row.label)}${source}`;
  }
  if (query.kind === 'kwic') return null;
  if (column === undefined || column.id === '' || column.id === OTHERS || query.kind === 'compare')
    return code;
  const isWhole = query.source === undefined;
  if (query.kind === 'co-occurrence') {
    if (column.id === row.id || query.unit !== 'passage' || !isWhole) return code;
    return search(`code:${quoted(row.label)} code:${quoted(column.label)}`);
  }
  if (query.kind === 'frequencies' && query.by === 'person')
    return search(`code:${quoted(row.label)} by:${quoted(column.label)}`);
  if (query.kind === 'frequencies' && query.by === 'source')
    return search(`code:${quoted(row.label)} source:${quoted(column.label)}`);
  if (query.kind === 'cross-table' && query.variable === 'speaker' && isWhole)
    return search(`code:${quoted(row.label)} speaker:${quoted(column.label)}`);
  return code;
}

/** A number as a table shows it. */
export function cellWords(cell: number | string | null): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 2 }) : cell;
}
