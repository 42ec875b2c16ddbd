'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { AgreementPlace, PassAgreement } from '@/lib/agreement/answer';
import { CodeDot } from '../annotations/code-picker';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Sheet } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { Spinner } from '../ui/progress';
import { KIND_WORDS } from './figure-words';
import { type Cell, type Choice, useCodeNames, usePlaces } from './use-agreement';

const PAGE = 30;
/** The most the API gives at once. */
const MOST = 200;

type Props = {
  passId: string;
  choice: Choice;
  cell: Cell;
  coders: PassAgreement['coders'];
  onClose: () => void;
};

/** The places behind a figure: what each coder made of them, one below the other. */
export function PlacesSheet({ passId, choice, cell, coders, onClose }: Props) {
  const [limit, setLimit] = useState(PAGE);
  const { data, error, isCurrent } = usePlaces(passId, choice, cell, limit);
  const shown = cell.coders === undefined ? coders : coders.filter(({ id }) => cell.coders?.includes(id));
  return (
    <Sheet title={cell.title} isOpen onClose={onClose} side="right">
      <FormError>{error}</FormError>
      {data === null ? (
        <Spinner label="Reading the passages" />
      ) : (
        <>
          <p role="status" className="text-[13px] text-muted">
            {data.nothing ?? (data.total === 1 ? '1 passage' : `${data.total} passages`)}
            {data.total > 1 ? ', those that cost most agreement first' : ''}
          </p>
          <ul aria-label="Passages" className="flex flex-col">
            {data.items.map((place) => (
              <Place
                key={`${place.kind} ${place.codings.map(({ annotationId, codeId }) => `${annotationId}${codeId}`).join()}`}
                passId={passId}
                place={place}
                coders={shown}
              />
            ))}
          </ul>
          {data.nextCursor !== null && limit < MOST ? (
            <Button
              size="small"
              className="self-start"
              isPending={!isCurrent}
              onPress={() => setLimit(Math.min(MOST, limit + PAGE))}
            >
              More passages
            </Button>
          ) : null}
        </>
      )}
    </Sheet>
  );
}

function Place({
  passId,
  place,
  coders,
}: {
  passId: string;
  place: AgreementPlace;
  coders: PassAgreement['coders'];
}) {
  const { projectId, pass } = useProject((state) => ({
    projectId: state.project.id,
    pass: state.passes.get(passId),
  }));
  // A named coder's marks are whoever's who brought them in: among people they can't be told apart.
  const userIds = coders.map(({ id }) => pass?.coders.find((coder) => coder.id === id)?.userId ?? null);
  const people = userIds.includes(null) ? '' : `&coders=${userIds.join()}`;
  const byCoder = Map.groupBy(place.codings, ({ coderId }) => coderId);
  const [first] = place.codings;
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-[13px] text-muted">
        <span className="font-medium text-ink">{KIND_WORDS[place.kind]}</span>
        <Link
          href={`/projects/${projectId}/sources/${place.sourceId}?mark=${first?.annotationId ?? ''}${people}`}
          className="min-w-0 truncate underline decoration-edge underline-offset-2 hover:decoration-current"
        >
          {place.sourceTitle}
        </Link>
        {place.cost > 0 ? <span>costs {Math.round(place.cost)} characters</span> : null}
      </p>
      <dl className="flex flex-col gap-2">
        {coders.map(({ id, name }) => (
          <Made key={id} name={name} place={place} codings={byCoder.get(id) ?? []} />
        ))}
      </dl>
    </li>
  );
}

/** What one coder made of a place. */
function Made({
  name,
  place,
  codings,
}: {
  name: string;
  place: AgreementPlace;
  codings: AgreementPlace['codings'];
}) {
  const { nameOf, colourOf } = useCodeNames();
  const codes = [...new Set(codings.map(({ codeId }) => codeId))];
  const edges = [
    ...new Set([0, place.exact.length, ...codings.flatMap(({ start, end }) => [start, end])]),
  ].sort((a, b) => a - b);
  const runs = edges.slice(1).map((end, nth) => ({ start: edges[nth] ?? 0, end }));
  return (
    <div className="rounded-md bg-sunken px-3 py-2">
      <dt className="flex flex-wrap items-center gap-x-3 text-[13px]">
        <span className="font-medium">{name}</span>
        {codes.length === 0 ? <span className="text-muted">nothing here</span> : null}
        {codes.map((id) => (
          <span key={id} className="inline-flex items-center gap-1.5">
            <CodeDot colour={colourOf(id)} />
            {nameOf(id)}
          </span>
        ))}
      </dt>
      <dd className="mt-1 font-serif text-[15px] leading-snug [overflow-wrap:anywhere]" dir="auto">
        <span className="text-muted">{place.before}</span>
        {runs.map(({ start, end }) => {
          const on = codings.find((one) => one.start <= start && one.end >= end);
          const words = place.exact.slice(start, end);
          if (on === undefined) return <span key={start}>{words}</span>;
          const colour = colourOf(on.codeId);
          return (
            <mark
              key={start}
              className="text-ink"
              style={{
                backgroundColor: `var(--code-${colour}-wash)`,
                boxShadow: `inset 0 -2px var(--code-${colour})`,
              }}
            >
              {words}
            </mark>
          );
        })}
        <span className="text-muted">{place.after}</span>
      </dd>
    </div>
  );
}
