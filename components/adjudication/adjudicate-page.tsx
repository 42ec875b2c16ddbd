'use client';
import { isSettled } from '@/lib/adjudication/decision';
import { useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { PassTabs } from '../passes/pass-tabs';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { PageBody } from '../ui/page-body';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { DecisionDesk } from './decision-desk';
import { QueueList } from './queue-list';
import { useAdjudication } from './use-adjudication';
import { useDeciding } from './use-deciding';

/** Where a pass is decided: the queue, the passage as each coder coded it, and a key for each decision. */
export function AdjudicatePage({ passId }: { passId: string }) {
  const { read, error, standing } = useAdjudication(passId);
  const pass = useProject((state) => state.passes.get(passId));
  const mayDecide = useMay('decision.make');
  const queue = read?.queue ?? [];
  const deciding = useDeciding({ passId, queue, standing, mayDecide });
  if (read === null)
    return (
      <PageBody>
        <PageHeading title="Adjudicate">{pass?.name}</PageHeading>
        {error === null ? (
          <Spinner label="Reading where the coders differ" />
        ) : (
          <FormError>{error}</FormError>
        )}
      </PageBody>
    );
  const decided = queue.filter(({ key }) => {
    const decision = standing.get(key);
    return decision !== undefined && isSettled(decision);
  }).length;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <PageHeading title="Adjudicate">
        {pass?.name ?? 'A pass'}
        {' · '}
        <span role="status">
          {decided} of {queue.length} decided
        </span>
      </PageHeading>
      {pass === undefined ? null : <PassTabs pass={pass} current="adjudicate" />}
      {queue.length === 0 ? (
        <EmptyState title={read.agreed > 0 ? 'The coders agree everywhere' : 'Nothing to decide yet'}>
          {read.agreed > 0
            ? 'All coders marked the same passages with the same codes. That is gold already: export it under Decisions.'
            : 'Where two coders of the pass code a passage differently it comes here, the costliest first. You then take one coding, merge them or write a third, each with one key. The coders’ own marks stay.'}
        </EmptyState>
      ) : (
        <div className="grid gap-6 md:grid-cols-[18rem_minmax(0,1fr)]">
          <nav aria-label="Queue" className="max-h-48 overflow-y-auto md:max-h-[calc(100dvh-14rem)]">
            <QueueList queue={queue} standing={standing} current={deciding.current?.key} onGo={deciding.go} />
          </nav>
          <DecisionDesk passId={passId} deciding={deciding} mayDecide={mayDecide} />
        </div>
      )}
    </div>
  );
}
