'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { FormError } from '@/components/ui/form-error';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Spinner } from '@/components/ui/progress';
import { Select } from '@/components/ui/select';
import type { ActivityKind } from '@/lib/events/activity';
import { EventRow } from './event-row';
import { isNews } from './event-words';
import type { Names } from './noun-words';
import { SinceYouWereHere } from './since-you-were-here';
import { type FeedFilter, useFeed } from './use-feed';

const KINDS: Record<ActivityKind, string> = {
  marks: 'Marks',
  followUps: 'Follow-ups',
  speakers: 'Speakers',
  discussions: 'Discussions',
  claims: 'Claims',
  passes: 'Passes',
  notes: 'Notes',
  codes: 'Codes',
  sources: 'Sources',
  analyses: 'Analyses and variables',
  people: 'People and project',
};
const isKind = (kind: string | null): kind is ActivityKind => kind !== null && Object.hasOwn(KINDS, kind);

/** What happened in the project, newest first, as it happens: all of it, by person, or by kind. */
export function ActivityPage() {
  const { sources, members, projectId } = useProject((state) => ({
    sources: state.sources,
    members: state.members,
    projectId: state.project.id,
  }));
  const router = useRouter();
  const search = useSearchParams();
  const asked = search?.get('kind') ?? null;
  const filter: FeedFilter = { person: search?.get('person') ?? null, kind: isKind(asked) ? asked : null };
  const { events, hasEarlier, loadEarlier, loading, error } = useFeed(filter);
  const names: Names = { source: (id) => sources.get(id)?.title ?? null };
  const narrow = (next: Partial<FeedFilter>) => {
    const wanted = Object.entries({ ...filter, ...next }).flatMap(([key, value]) =>
      value === null ? [] : [[key, value] as [string, string]],
    );
    router.replace(`/projects/${projectId}/activity?${new URLSearchParams(wanted)}`);
  };
  const people = [...members.values()].map(({ userId, name }) => ({ id: userId, label: name }));
  // Who left is still in the log.
  if (filter.person !== null && !members.has(filter.person))
    people.push({ id: filter.person, label: 'Somebody who left' });
  return (
    <PageBody>
      <PageHeading
        title="Activity"
        action={<ButtonLink href={`/projects/${projectId}/contributions`}>Who did what</ButtonLink>}
      >
        Everything that happened here, newest first. It grows as you watch.
      </PageHeading>
      <SinceYouWereHere />
      <div className="flex flex-wrap gap-3 pb-4">
        <Select
          label="By"
          className="w-52"
          options={[{ id: '', label: 'Everybody' }, ...people]}
          value={filter.person ?? ''}
          onChange={(id) => narrow({ person: id === '' ? null : id })}
        />
        <Select
          label="About"
          className="w-52"
          options={[
            { id: '', label: 'Everything' },
            ...Object.entries(KINDS).map(([id, label]) => ({ id, label })),
          ]}
          value={filter.kind ?? ''}
          onChange={(id) => narrow({ kind: isKind(id) ? id : null })}
        />
      </div>
      <FormError>{error}</FormError>
      {events.length === 0 && !loading && error === null ? (
        <EmptyState
          title={filter.person || filter.kind ? 'Nothing of this happened' : 'Nothing happened yet'}
        >
          {filter.person || filter.kind
            ? 'Choose somebody else, or everything.'
            : 'Bring a source in or mark a passage, and it stands here for everybody in the project.'}
        </EmptyState>
      ) : null}
      <ol className="flex flex-col">
        {events.filter(isNews).map((event) => (
          <EventRow key={event.id} event={event} names={names} />
        ))}
      </ol>
      <div className="pt-4">
        {loading ? (
          <Spinner label="Reading what happened" />
        ) : hasEarlier ? (
          <Button onPress={() => void loadEarlier()}>Earlier</Button>
        ) : null}
      </div>
    </PageBody>
  );
}
