'use client';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import type { TargetOutcome } from '@/lib/annotations/anchoring';
import type { Motivation } from '@/lib/annotations/annotation';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import { KINDS } from '../annotations/kinds';
import { useActions, useProject } from '../live/project-context';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { Select } from '../ui/select';
import { AcceptMany } from './accept-many';
import { AnchorQueue } from './anchor-queue';
import { OUTCOME_WORDS } from './outcome-words';
import { useTargets } from './use-targets';

const SHOWN = ['same', 'moved', 'changed', 'ambiguous', 'lost'] as const satisfies readonly TargetOutcome[];
type State = 'waiting' | 'orphan';
type Kind = 'all' | Motivation;

/** The anchor report of a source: what became of its marks in the newest version, and the queue of those that wait. */
export function ReportPage({
  snapshot,
  state,
  mark,
}: {
  snapshot: SourceSnapshot;
  state: State;
  /** The mark to begin with. */
  mark: string | null;
}) {
  const actions = useActions();
  useEffect(() => actions.loadSource(snapshot), [actions, snapshot]);
  const { projectId, id: sourceId } = snapshot.source;
  const source = useProject((project) => project.sources.get(sourceId)) ?? snapshot.source;
  const annotations = useProject((project) => project.annotations);
  const [kind, setKind] = useState<Kind>('all');
  const { list, count, isRead, error, reload } = useTargets(projectId, sourceId, state);
  const shown = kind === 'all' ? list : list.filter(({ annotation }) => annotation.motivation === kind);
  const counts = useMemo(() => {
    const found = new Map<TargetOutcome, number>();
    let orphans = 0;
    let waiting = 0;
    for (const one of annotations.values()) {
      if (one.sourceId !== sourceId || one.deleted !== null || one.anchoring === null) continue;
      found.set(one.anchoring.outcome, (found.get(one.anchoring.outcome) ?? 0) + 1);
      if (one.anchoring.state === 'orphan') orphans++;
      if (one.anchoring.state === 'waiting') waiting++;
    }
    return { outcomes: found, orphans, waiting };
  }, [annotations, sourceId]);
  const base = `/projects/${projectId}/sources/${sourceId}`;
  const { version } = source.text;
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8">
      <p className="pb-2 text-[14px]">
        <Link href={base} className="rounded text-accent underline underline-offset-2">
          {source.title}
        </Link>
      </p>
      <PageHeading title={`Marks in version ${version}`}>
        {version === 1
          ? 'This source has one version: every mark stands where it was made.'
          : 'What became of the marks made in earlier versions. None was moved where it was not certain.'}
      </PageHeading>
      {version === 1 ? null : (
        <>
          <dl className="grid grid-cols-3 gap-x-8 gap-y-3 pb-6 sm:flex">
            {SHOWN.map((outcome) => (
              <div key={outcome} className="flex flex-col-reverse">
                <dt className="text-[13px] text-muted">{OUTCOME_WORDS[outcome]}</dt>
                <dd className="font-serif text-2xl tabular-nums">{counts.outcomes.get(outcome) ?? 0}</dd>
              </div>
            ))}
          </dl>
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 pb-3">
            <nav aria-label="Which marks" className="flex gap-1">
              {(
                [
                  ['waiting', 'Waiting', counts.waiting, `${base}/report`],
                  ['orphan', 'Orphans', counts.orphans, `${base}/report?orphans`],
                ] as const
              ).map(([id, label, amount, href]) => (
                <Link
                  key={id}
                  href={href}
                  aria-current={id === state ? 'page' : undefined}
                  className="rounded-md px-2.5 py-1 text-[14px] text-muted hover:bg-hover aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
                >
                  {label} <span className="tabular-nums">{amount}</span>
                </Link>
              ))}
            </nav>
            {count > 1 ? (
              <Select
                label="Kind"
                labelHidden
                size="small"
                className="w-36"
                value={kind}
                onChange={setKind}
                options={[
                  { id: 'all', label: 'Every kind' },
                  ...Object.entries(KINDS).map(([id, { plural }]) => ({
                    id: id as Motivation,
                    label: plural,
                  })),
                ]}
              />
            ) : null}
          </div>
          <FormError>{error}</FormError>
          {state === 'waiting' ? (
            <AcceptMany list={shown} projectId={projectId} sourceId={sourceId} onDone={reload} />
          ) : null}
          {shown.length > 0 ? (
            <>
              <AnchorQueue
                key={state}
                list={shown}
                projectId={projectId}
                label={state === 'waiting' ? 'Marks that wait' : 'Orphans'}
                openFirst={mark}
              />
              <p className="pt-4 text-[13px] text-muted max-sm:hidden">
                <kbd>j</kbd> and <kbd>k</kbd> lead through the list, <kbd>1</kbd> to <kbd>9</kbd> choose a
                place, <kbd>a</kbd> accepts it, <kbd>p</kbd> places the mark by hand
                {state === 'waiting' ? (
                  <>
                    , <kbd>o</kbd> sets it aside as gone
                  </>
                ) : null}
                .
              </p>
            </>
          ) : isRead || count === 0 ? (
            <Nothing state={state} isFiltered={count > 0} />
          ) : (
            <Spinner label="Reading the report" />
          )}
        </>
      )}
    </div>
  );
}

function Nothing({ state, isFiltered }: { state: State; isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title="None of this kind" />;
  return state === 'waiting' ? (
    <EmptyState title="Nothing waits">
      Every mark has its place in this version, or was set aside as gone by somebody.
    </EmptyState>
  ) : (
    <EmptyState title="No orphans">
      When a passage is taken out of a source, its marks are set aside here with their threads, codes and
      notes, and can be put back on any passage.
    </EmptyState>
  );
}
