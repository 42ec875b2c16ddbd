'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { AnalysisQuery } from '@/lib/analysis/analysis';
import { AnalysisResult } from '../../analysis/analysis-result';
import { KINDS, VIEWS, type View } from '../../analysis/analysis-words';
import { askedFor, useAnalysis } from '../../analysis/use-analysis';
import { Button } from '../../ui/button';
import { FormError } from '../../ui/form-error';
import { call } from '../../ui/http';
import { Select } from '../../ui/select';
import { Time } from '../../ui/time';
import { useCall } from '../../ui/use-call';

/** The saved analyses that can stand here instead of a search. */
export function SavedPicks({ projectId, onPick }: { projectId: string; onPick: (id: string) => void }) {
  const { data } = useCall(
    (signal) => call('saved-analysis.list', { params: { projectId }, query: { limit: 50 }, signal }),
    projectId,
  );
  if (data === null || data.items.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1 pt-1">
      Or a saved analysis:
      {data.items.map(({ id, name }) => (
        <Button key={id} size="small" look="quiet" onPress={() => onPick(id)}>
          {name}
        </Button>
      ))}
    </div>
  );
}

/** A saved analysis in a note, as it is now. */
export function LiveAnalysis({ analysisId, projectId }: { analysisId: string; projectId: string }) {
  const { data, error } = useCall(
    (signal) => call('saved-analysis.get', { params: { projectId, analysisId }, signal }),
    analysisId,
  );
  if (data === null) return <FormError>{error}</FormError>;
  return <Now name={data.name} query={data.query} />;
}

function Now({ name, query }: { name: string; query: AnalysisQuery }) {
  const { table, error, projectId } = useAnalysis(query);
  return (
    <>
      <p className="text-[13px] text-muted">
        <strong className="font-medium text-ink">{name}</strong> now ·{' '}
        <Link
          href={`/projects/${projectId}/analysis?${new URLSearchParams(askedFor(query))}`}
          className="underline"
        >
          Open in analysis
        </Link>
      </p>
      <FormError>{error}</FormError>
      {table === null ? null : <Shown table={table} query={query} projectId={projectId} />}
    </>
  );
}

/** What an analysis said when it was frozen in a note. */
export function FrozenAnalysisBlock({
  frozenId,
  projectId,
  noteId,
}: {
  frozenId: string;
  projectId: string;
  noteId: string;
}) {
  const { data, error } = useCall(
    (signal) => call('frozen-analysis.get', { params: { projectId, noteId, frozenId }, signal }),
    frozenId,
  );
  if (data === null) return <FormError>{error}</FormError>;
  return (
    <>
      <p className="text-[13px] text-muted">
        <strong className="font-medium text-ink">{data.name}</strong> when {data.by.name} froze it,{' '}
        <Time at={data.at} />
      </p>
      <Shown table={data.table} query={data.query} projectId={projectId} />
    </>
  );
}

function Shown(props: Omit<Parameters<typeof AnalysisResult>[0], 'view'>) {
  const views = KINDS[props.table.kind].views;
  const [view, setView] = useState<View>(views[0] ?? 'none');
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {views.length > 1 ? (
        <Select
          label="Shown as"
          labelHidden
          size="small"
          className="w-44"
          value={view}
          options={views.map((id) => ({ id, label: VIEWS[id] }))}
          onChange={setView}
        />
      ) : null}
      <AnalysisResult {...props} view={view} />
    </div>
  );
}
