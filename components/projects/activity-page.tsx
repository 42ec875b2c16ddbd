'use client';

import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FormError } from '@/components/ui/form-error';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Spinner } from '@/components/ui/progress';
import { EventRow } from './event-row';
import { isNews, type Names } from './event-words';
import { useFeed } from './use-feed';

/** What happened in the project, newest first, as it happens. */
export function ActivityPage() {
  const sources = useProject((state) => state.sources);
  const { events, hasEarlier, loadEarlier, loading, error } = useFeed();
  const names: Names = { source: (id) => sources.get(id)?.title ?? null };
  return (
    <PageBody>
      <PageHeading title="Activity">
        Everything that happened here, newest first. It grows as you watch.
      </PageHeading>
      <FormError>{error}</FormError>
      {events.length === 0 && !loading && error === null ? (
        <EmptyState title="Nothing happened yet">
          Bring a source in or mark a passage, and it stands here for everybody in the project.
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
