'use client';
import Link from 'next/link';
import type { AnalysisQuery, AnalysisRow, AnalysisTable } from '@/lib/analysis/analysis';
import { type CellAsked, cellOf, cellWords, hrefOf, KINDS } from './analysis-words';

const HEAD = 'border-b border-edge px-2 py-1.5 font-medium';
const LINK = 'rounded underline decoration-line underline-offset-2 hover:decoration-current';

/** The table behind a chart; what counts passages leads to them. */
export function TableOf({
  table,
  query,
  projectId,
  onCell,
}: {
  table: AnalysisTable;
  query: Partial<AnalysisQuery>;
  projectId: string;
  onCell: (cell: CellAsked) => void;
}) {
  const isWords = table.kind === 'kwic';
  return (
    <div className="max-w-full overflow-x-auto">
      <table className="w-full table-auto! border-collapse text-[14px]">
        <caption className="sr-only">{KINDS[table.kind].label}</caption>
        <thead className={isWords ? 'max-sm:sr-only' : ''}>
          <tr>
            <th scope="col" className={`${HEAD} align-bottom text-start`}>
              {table.corner}
            </th>
            {table.columns.map(({ id, label }) => (
              <th
                key={id}
                scope="col"
                className={`${HEAD} max-w-40 align-bottom ${isWords ? 'text-start' : 'text-end'}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr
              key={row.id}
              className={`border-b border-line hover:bg-hover ${isWords ? 'max-sm:block max-sm:py-2' : ''}`}
            >
              <th
                scope="row"
                className={`max-w-72 truncate px-2 py-1.5 text-start font-normal ${isWords ? 'max-sm:block max-sm:p-0 max-sm:text-[13px]' : ''}`}
              >
                <To href={hrefOf(projectId, table, query, row)}>{row.label}</To>
              </th>
              {table.columns.map((column, at) => (
                <td key={column.id} className={cellClass(isWords, column.id)}>
                  <Cell table={table} query={query} projectId={projectId} row={row} at={at} onCell={onCell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How a cell looks; words in context on a narrow screen are one line of text. */
function cellClass(isWords: boolean, column: string): string {
  if (!isWords) return 'px-2 py-1.5 text-end tabular-nums';
  // Where there is no room for three columns it reads on as a line of the text.
  const line = 'max-sm:inline max-sm:p-0 max-sm:leading-snug';
  const side = column === 'before' ? 'text-end' : column === 'exact' ? 'font-semibold' : '';
  return `px-2 py-1.5 font-serif ${line} ${side}`;
}

function Cell({
  table,
  query,
  projectId,
  row,
  at,
  onCell,
}: {
  table: AnalysisTable;
  query: Partial<AnalysisQuery>;
  projectId: string;
  row: AnalysisRow;
  at: number;
  onCell: (cell: CellAsked) => void;
}) {
  const cell = row.cells[at] ?? null;
  const expected = row.expected?.[at];
  const column = table.columns[at];
  const words = cellWords(cell);
  const asked = column && cell !== 0 && cell !== null ? cellOf(table, query, row, column) : null;
  const isCount = typeof cell === 'number' && cell > 0;
  return (
    <>
      {asked !== null ? (
        <button type="button" className={LINK} onClick={() => onCell(asked)}>
          {words}
          <span className="sr-only">, show the passages</span>
        </button>
      ) : isCount && column ? (
        <To href={hrefOf(projectId, table, query, row, column)}>{words}</To>
      ) : (
        words
      )}
      {expected === undefined ? null : (
        <span className="block text-[12px] text-muted">
          <span className="sr-only">expected </span>
          {expected.toFixed(1)}
        </span>
      )}
    </>
  );
}

function To({ href, children }: { href: string | null; children: string }) {
  if (href === null) return children;
  // A place in a text is found by the browser, which only does it on a page that it opens itself.
  if (href.includes('#:~:'))
    return (
      <a href={href} className={LINK}>
        {children}
      </a>
    );
  return (
    <Link href={href} className={LINK} prefetch={false}>
      {children}
    </Link>
  );
}
