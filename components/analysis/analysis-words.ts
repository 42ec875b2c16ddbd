import type { AnalysisQuery, AnalysisRow, AnalysisTable } from '@/lib/analysis/analysis';

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

type Column = AnalysisTable['columns'][number];
/** A cell whose passages are wanted: what it is called, and what the server is asked. */
export type CellAsked = {
  readonly title: string;
  readonly query: Partial<AnalysisQuery> & Pick<AnalysisQuery, 'kind'> & { row: string; column: string };
};

const isOfWords = ({ kind, of }: Partial<AnalysisQuery>) =>
  kind === 'words' || kind === 'kwic' || (kind === 'compare' && of !== 'codes');
/** Of two groups the columns say which they are. */
const groupsOf = ({ kind, columns }: Pick<AnalysisTable, 'kind' | 'columns'>) =>
  kind === 'compare' ? { a: columns[0]?.label ?? '', b: columns[2]?.label ?? '' } : {};

/** What is asked for the passages behind a cell of codes; null for one of words. */
export function cellOf(
  table: Pick<AnalysisTable, 'kind' | 'columns'>,
  query: Partial<AnalysisQuery>,
  row: AnalysisRow,
  column: Column,
): CellAsked | null {
  const { kind } = table;
  if (isOfWords({ ...query, kind })) return null;
  return {
    title: row.id === column.id ? row.label : `${row.label}, ${column.label}`,
    query: { ...query, ...groupsOf(table), kind, row: row.id, column: column.id },
  };
}

/** Where a row, or a cell of words, leads to; null where there is no such place. */
export function hrefOf(
  projectId: string,
  table: Pick<AnalysisTable, 'kind' | 'columns'>,
  query: Partial<AnalysisQuery>,
  row: AnalysisRow,
  column?: Column,
): string | null {
  const root = `/projects/${projectId}`;
  if (row.place !== undefined) {
    const words = String(row.cells[1] ?? '');
    return `${root}/sources/${row.place.sourceId}#:~:text=${encodeURIComponent(words).replaceAll('-', '%2D')}`;
  }
  const { kind } = table;
  if (kind === 'kwic') return null;
  if (!isOfWords({ ...query, kind })) return `${root}/codebook?code=${row.id}`;
  const asked = new URLSearchParams({ kind: 'kwic', q: row.label });
  if (kind === 'words' && query.source) asked.set('source', query.source);
  const group = column?.id === 'a' || column?.id === 'rate-a' ? 'a' : column?.id.endsWith('b') ? 'b' : null;
  if (kind === 'compare' && group !== null) {
    asked.set('variable', query.variable ?? 'outlet');
    asked.set('a', groupsOf(table)[group] ?? '');
  }
  return `${root}/analysis?${asked}`;
}

/** A number as a table shows it. */
export function cellWords(cell: number | string | null): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 2 }) : cell;
}
