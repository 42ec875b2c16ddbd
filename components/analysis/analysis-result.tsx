'use client';
import { Download } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { AnalysisQuery, AnalysisTable } from '@/lib/analysis/analysis';
import { tableCsv } from '@/lib/analysis/table-csv';
import { Button } from '../ui/button';
import { Spinner } from '../ui/progress';
import { saveFile } from '../ui/save-file';
import { TableOf } from './analysis-table';
import { type CellAsked, KINDS, type View } from './analysis-words';

const Chart = lazy(() => import('./chart').then((module) => ({ default: module.Chart })));

const PassagesSheet = lazy(() =>
  import('./passages-sheet').then((module) => ({ default: module.PassagesSheet })),
);

/** An analysis as it is read: what to know, the chart, its measures, and the table behind it. */
export function AnalysisResult({
  table,
  query,
  view,
  projectId,
}: {
  table: AnalysisTable;
  query: Partial<AnalysisQuery>;
  view: View;
  projectId: string;
}) {
  const [cell, setCell] = useState<CellAsked | null>(null);
  const csv = () =>
    saveFile(
      new Blob([tableCsv(table)], { type: 'text/csv;charset=utf-8' }),
      `${KINDS[table.kind].label}.csv`,
    );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {view === 'none' || table.rows.length === 0 ? null : (
        <Suspense fallback={<Spinner label="Drawing" />}>
          <Chart table={table} query={query} view={view} projectId={projectId} onCell={setCell} />
        </Suspense>
      )}
      {table.statistics.map(({ name, value, words, cite }) => (
        <p key={name} className="max-w-prose text-[14px]">
          <strong className="font-semibold">
            {name}
            {value === null ? '' : ` ${value.toFixed(2)}`}
          </strong>{' '}
          {words} <span className="text-muted">({cite})</span>
        </p>
      ))}
      {table.rows.length === 0 ? (
        <p className="text-muted">There is nothing to count here yet.</p>
      ) : (
        <TableOf table={table} query={query} projectId={projectId} onCell={setCell} />
      )}
      <ul className="flex max-w-prose flex-col gap-1 text-[13px] text-muted">
        {table.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {table.rows.length === 0 ? null : (
        <Button size="small" look="quiet" className="self-start" onPress={csv}>
          <Download aria-hidden className="size-3.5" />
          Table as CSV
        </Button>
      )}
      {cell === null ? null : (
        <Suspense fallback={null}>
          <PassagesSheet cell={cell} projectId={projectId} onClose={() => setCell(null)} />
        </Suspense>
      )}
    </div>
  );
}
