'use client';
import { useState } from 'react';
import type { AgreementRecord } from '@/lib/adjudication/decision';
import { coderOf } from '@/lib/passes/standing';
import { useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { PassTabs } from '../passes/pass-tabs';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { PageBody } from '../ui/page-body';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { useQuery } from '../ui/use-query';
import { DecisionItem } from './decision-item';
import { useAdjudication } from './use-adjudication';

/** What was decided in a pass and why, for whoever coded in it: with a way to object. */
export function DecisionsPage({ passId }: { passId: string }) {
  const { read, error, standing } = useAdjudication(passId);
  const { pass, root, me } = useProject((state) => ({
    pass: state.passes.get(passId),
    root: `/projects/${state.project.id}/passes/${passId}`,
    me: state.me.id,
  }));
  const projectRoot = root.replace(/^\/projects/, '/api/projects');
  const mayDecide = useMay('decision.make');
  const pointed = useQuery('decision');
  const [onlyMine, setOnlyMine] = useState(false);
  const mine = pass === undefined ? undefined : coderOf(pass, me);
  const all = [...standing.values()].reverse();
  const shown = onlyMine
    ? all.filter(({ codings }) => codings.some(({ coderId }) => coderId === mine?.id))
    : all;
  return (
    <PageBody>
      <PageHeading title="What was decided">
        {pass?.name ?? 'A pass'}
        {' · your marks stay as you made them; what is decided is a layer of its own.'}
      </PageHeading>
      {pass === undefined ? null : <PassTabs pass={pass} current="decisions" />}
      <FormError>{error}</FormError>
      {read === null ? (
        error === null ? (
          <Spinner label="Reading what was decided" />
        ) : null
      ) : (
        <div className="flex flex-col gap-6">
          <p className="text-[14px] text-muted">
            The gold layer:{' '}
            <a
              href={`${projectRoot}/gold?format=csv`}
              download
              className="rounded text-accent underline underline-offset-2"
            >
              as a table (CSV)
            </a>
            {' · '}
            <a
              href={`${projectRoot}/gold`}
              download="gold.json"
              className="rounded text-accent underline underline-offset-2"
            >
              as JSON
            </a>
          </p>
          <Agreement records={read.agreement} />
          {mine !== undefined && all.length > 0 ? (
            <div>
              <Button
                size="small"
                look={onlyMine ? 'primary' : 'secondary'}
                aria-pressed={onlyMine}
                onPress={() => setOnlyMine(!onlyMine)}
              >
                On my marks
              </Button>
            </div>
          ) : null}
          {shown.length === 0 ? (
            <EmptyState
              title={all.length === 0 ? 'Nothing was decided yet' : 'Nothing was decided on your marks'}
            >
              Where coders differ an editor decides what holds, and says why. You read it here, and can object
              to what was decided on your own marks.
            </EmptyState>
          ) : (
            <ul aria-label="Decisions" className="flex flex-col border-t border-line">
              {shown.map((decision) => (
                <DecisionItem
                  key={decision.id}
                  decision={decision}
                  disagreement={read.queue.find(({ key }) => key === decision.key)}
                  isMine={decision.codings.some(({ coderId }) => coderId === mine?.id)}
                  isPointed={decision.id === pointed}
                  mayDecide={mayDecide}
                />
              ))}
            </ul>
          )}
        </div>
      )}
    </PageBody>
  );
}

/** How far the coders agreed before anything was decided, and after all was. */
function Agreement({ records }: { records: readonly AgreementRecord[] }) {
  const before = records.find(({ moment }) => moment === 'before');
  const after = records.findLast(({ moment }) => moment === 'after');
  if (before === undefined) return null;
  const cell = (record: AgreementRecord | undefined, id: string) => {
    const figure = record?.figures.find((one) => one.id === id);
    if (figure === undefined) return 'not yet';
    return figure.value === null ? (figure.reason ?? '') : figure.value.toFixed(3).replace('-', '−');
  };
  return (
    <table className="w-full max-w-lg border-collapse text-[14px]">
      <caption className="pb-1 text-start text-muted">Agreement</caption>
      <thead>
        <tr className="border-b border-line text-start">
          <th scope="col" className="py-1 text-start font-medium">
            Measure
          </th>
          <th scope="col" className="py-1 text-start font-medium">
            Before
          </th>
          <th scope="col" className="py-1 text-start font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {before.figures.map(({ id, name }) => (
          <tr key={id} className="border-b border-line">
            <th scope="row" className="py-1 pe-3 text-start font-normal">
              {name}
            </th>
            <td className="py-1 pe-3 tabular-nums">{cell(before, id)}</td>
            <td className="py-1 tabular-nums">{cell(after, id)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
