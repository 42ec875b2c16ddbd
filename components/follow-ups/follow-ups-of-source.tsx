'use client';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useProject } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { findFollowUps, groupByDue, NO_FILTER } from './follow-up-filter';
import { FollowUpRow } from './follow-up-row';
import { useRights } from './use-rights';
import { useToday } from './use-today';

/** What is to be asked and done about a source, beside its text. */
export function FollowUpsOfSource({ sourceId, title }: { sourceId: string; title: string }) {
  const all = useProject((state) => state.followUps);
  const today = useToday();
  const { mayRaise, mayChange } = useRights();
  const { groups, over } = useMemo(
    () => groupByDue(findFollowUps(all.values(), { ...NO_FILTER, source: sourceId }), today),
    [all, sourceId, today],
  );
  const rows = [...groups.flatMap(({ followUps }) => followUps), ...over];
  const add = mayRaise ? (
    <Button
      size="small"
      onPress={() =>
        raiseFollowUp({ type: 'source', id: sourceId, sourceId, annotationId: null, quote: title })
      }
    >
      <Plus aria-hidden className="size-3.5" />
      Ask or assign
    </Button>
  ) : null;
  if (rows.length === 0)
    return (
      <div className="px-4">
        <EmptyState title="Nothing to follow up here" action={add}>
          Open the card of a mark and press <kbd>f</kbd> to ask a question about it or to give somebody a
          task. A task of the note can be followed up too.
        </EmptyState>
      </div>
    );
  return (
    <div className="flex flex-col gap-2 px-3 py-2">
      <div className="self-end">{add}</div>
      <ul aria-label="Follow-ups">
        {rows.map((one) => (
          <FollowUpRow
            key={one.id}
            followUp={one}
            today={today}
            mayChange={mayChange(one)}
            isHere
            isRaiserShown={one.raisedBy?.type !== 'source'}
          />
        ))}
      </ul>
    </div>
  );
}
