'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Spinner } from '@/components/ui/progress';
import { Select } from '@/components/ui/select';
import { Time } from '@/components/ui/time';
import { useCall } from '@/components/ui/use-call';
import { whyNot } from '@/lib/access/why-not';
import type { AuditEntry, AuditKind } from '@/lib/audit/entry';
import { auditWords, KIND_WORDS } from './audit-words';

const isKind = (kind: string | null): kind is AuditKind => kind !== null && Object.hasOwn(KIND_WORDS, kind);

type Filter = { person: string | null; kind: AuditKind | null; before: string | null };

/** Who did, or was refused, what in the project: for owners, newest first, by person or kind. */
export function AuditPage() {
  const reason = whyNot(
    useProject((state) => state.project.role),
    'audit.read',
  );
  return (
    <PageBody>
      <PageHeading title="Audit">
        Who let people in and out, took data out, deleted, revealed, or was refused. Entries are never changed
        or removed, and hold nothing of what people wrote.
      </PageHeading>
      {reason === null ? <Entries /> : <Because reason={reason} />}
    </PageBody>
  );
}

function Entries() {
  const { members, projectId, lastEventId } = useProject((state) => ({
    members: state.members,
    projectId: state.project.id,
    lastEventId: state.lastEventId,
  }));
  const router = useRouter();
  const search = useSearchParams();
  const kind = search?.get('kind') ?? null;
  const filter: Filter = {
    person: search?.get('person') ?? null,
    kind: isKind(kind) ? kind : null,
    before: search?.get('before') ?? null,
  };
  const addressOf = (next: Partial<Filter>) => {
    const wanted = Object.entries({ ...filter, before: null, ...next }).flatMap(([key, value]) =>
      value === null ? [] : [[key, value] as [string, string]],
    );
    return `/projects/${projectId}/audit?${new URLSearchParams(wanted)}`;
  };
  const { data, error } = useCall(
    (signal) =>
      call('audit.list', {
        params: { projectId },
        query: {
          ...(filter.person === null ? {} : { person: filter.person }),
          ...(filter.kind === null ? {} : { kind: filter.kind }),
          ...(filter.before === null ? {} : { cursor: filter.before }),
        },
        signal,
      }),
    JSON.stringify([filter, lastEventId]),
  );
  const people = [...members.values()].map(({ userId, name }) => ({ id: userId, label: name }));
  if (filter.person !== null && !members.has(filter.person))
    people.push({ id: filter.person, label: 'Somebody who left' });
  const isNarrow = filter.person !== null || filter.kind !== null;
  return (
    <>
      <div className="flex flex-wrap gap-3 pb-4">
        <Select
          label="By"
          className="w-52"
          options={[{ id: '', label: 'Everybody' }, ...people]}
          value={filter.person ?? ''}
          onChange={(id) => router.replace(addressOf({ person: id === '' ? null : id }))}
        />
        <Select
          label="About"
          className="w-52"
          options={[
            { id: '', label: 'Everything' },
            ...Object.entries(KIND_WORDS).map(([id, label]) => ({ id, label })),
          ]}
          value={filter.kind ?? ''}
          onChange={(id) => router.replace(addressOf({ kind: isKind(id) ? id : null }))}
        />
      </div>
      <FormError>{error}</FormError>
      {data === null ? (
        error === null ? (
          <Spinner label="Reading the audit" />
        ) : null
      ) : (
        <>
          {data.items.length === 0 ? (
            <EmptyState title={isNarrow ? 'Nothing of this happened' : 'Nothing is written down yet'}>
              {isNarrow
                ? 'Choose somebody else, or everything.'
                : 'Add a member or take an export, and it stands here.'}
            </EmptyState>
          ) : null}
          <ol className="flex flex-col">
            {data.items.map((entry) => (
              <Row key={entry.nr} entry={entry} />
            ))}
          </ol>
          <div className="flex gap-2 pt-4">
            {filter.before === null ? null : <ButtonLink href={addressOf({})}>Newest</ButtonLink>}
            {data.nextCursor === null ? null : (
              <ButtonLink href={addressOf({ before: data.nextCursor })}>Earlier</ButtonLink>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Row({ entry }: { entry: AuditEntry }) {
  return (
    <li className="flex gap-3 border-b border-line py-2.5">
      <span className="w-8 shrink-0 text-[13px] text-muted tabular-nums">{entry.nr}</span>
      <p className="min-w-0 grow break-words">
        <span className="font-medium">{entry.actor.name}</span>{' '}
        <span className="text-muted">{auditWords(entry)}</span>
      </p>
      <span className="shrink-0 text-[13px] text-muted">
        <Time at={entry.at} />
      </span>
    </li>
  );
}
