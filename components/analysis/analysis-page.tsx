'use client';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { ANALYSIS_KINDS, AnalysisQuery } from '@/lib/analysis/analysis';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { useCall } from '../ui/use-call';
import { AnalysisFields } from './analysis-fields';
import { AnalysisResult } from './analysis-result';
import { KINDS, type View } from './analysis-words';
import { Counting } from './counting';
import { SavedAnalyses } from './saved-analyses';
import { askedFor, useAnalysis } from './use-analysis';

/** The query of an address; what is not understood is passed over. */
function queryOf(search: URLSearchParams | null): AnalysisQuery {
  const read = AnalysisQuery.safeParse({ kind: 'frequencies', ...Object.fromEntries(search ?? []) });
  return read.success ? read.data : AnalysisQuery.parse({ kind: 'frequencies' });
}

const intoView = (button: HTMLButtonElement | null) =>
  button?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** Codes and words counted: choose what, read the chart and the table behind it, go to the passages. */
export function AnalysisPage() {
  const search = useSearchParams();
  const address = search?.toString() ?? '';
  const saved = search?.get('saved') ?? null;
  // A link to this page from itself (a word's places) is another address: the state begins anew.
  return saved === null ? (
    <Analyses key={address} first={queryOf(search)} />
  ) : (
    <Saved key={address} id={saved} />
  );
}

/** The analysis that an address names, as the project keeps it. */
function Saved({ id }: { id: string }) {
  const projectId = useProject((state) => state.project.id);
  const { data, error } = useCall(
    (signal) => call('saved-analysis.get', { params: { projectId, analysisId: id }, signal }),
    id,
  );
  if (data?.deleted === null) return <Analyses first={data.query} />;
  const isGone = data !== null;
  if (error === null && !isGone) return <Spinner label="Opening the analysis" />;
  return (
    <>
      <div className="mx-auto w-full max-w-6xl px-4 pt-8">
        <FormError>{isGone ? `“${data.name}” was deleted. Choose another.` : error}</FormError>
      </div>
      <Analyses first={queryOf(null)} />
    </>
  );
}

function Analyses({ first }: { first: AnalysisQuery }) {
  const [query, setQuery] = useState(first);
  const [view, setView] = useState<View>(KINDS[first.kind].views[0] ?? 'none');
  const { table, error, isCounting, projectId, stop, again } = useAnalysis(query);
  const { hasSources, hasCodes } = useProject((state) => ({
    hasSources: state.sources.size > 0,
    hasCodes: state.codes.size > 0,
  }));
  const variables = useCall((signal) => call('variable.list', { params: { projectId }, signal }), projectId);
  const ask = (next: AnalysisQuery) => {
    setQuery(next);
    if (next.kind !== query.kind) setView(KINDS[next.kind].views[0] ?? 'none');
    window.history.replaceState(window.history.state, '', `?${new URLSearchParams(askedFor(next))}`);
  };
  const isOfWords = query.kind === 'words' || query.kind === 'kwic';
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <PageHeading title="Analysis">
        Codes and words, counted as they are now. Every number leads to the passages behind it.
      </PageHeading>
      {hasSources ? (
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
          <nav aria-label="Analyses" className="flex gap-1 overflow-x-auto lg:flex-col">
            {ANALYSIS_KINDS.map((kind) => (
              <button
                key={kind}
                type="button"
                // On a narrow screen they are a row that is wider than it.
                ref={query.kind === kind ? intoView : undefined}
                aria-current={query.kind === kind ? 'page' : undefined}
                onClick={() => ask({ ...query, kind, a: '', b: '' })}
                className="min-h-8 shrink-0 rounded-md px-2.5 py-1 text-start text-[14px] text-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
              >
                {KINDS[kind].label}
              </button>
            ))}
          </nav>
          <div className="flex min-w-0 flex-col gap-5">
            <div className="flex flex-col gap-1">
              <h2 className="font-serif text-xl font-semibold">{KINDS[query.kind].label}</h2>
              <p className="text-[14px] text-muted">{KINDS[query.kind].hint}</p>
            </div>
            <AnalysisFields
              query={query}
              onQuery={(change) => ask({ ...query, ...change })}
              variables={variables.data?.items ?? []}
              view={view}
              onView={setView}
            />
            <SavedAnalyses query={query} suggested={KINDS[query.kind].label} onPick={ask} />
            <FormError>{error ?? variables.error}</FormError>
            {error === null ? null : (
              <Button size="small" className="self-start" onPress={again}>
                Count again
              </Button>
            )}
            {isCounting ? <Counting onStop={stop} /> : null}
            {table === null ? null : !hasCodes && !isOfWords && table.rows.length === 0 ? (
              <EmptyState title="Nothing is coded yet">
                Open a source, select a passage and press c to put a code on it. Words can be counted already.
              </EmptyState>
            ) : (
              <div aria-busy={isCounting} className={isCounting ? 'opacity-70' : ''}>
                <AnalysisResult table={table} query={query} view={view} projectId={projectId} />
              </div>
            )}
          </div>
        </div>
      ) : (
        <EmptyState title="Nothing to count yet">
          Bring in a source. Its words can be counted at once, and the codes that you put on its passages as
          soon as there are some: how often, by whom, together with which others, and in which outlets.
        </EmptyState>
      )}
    </div>
  );
}
