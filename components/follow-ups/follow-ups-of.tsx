'use client';
import { ListTodo } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import { byPlace } from '@/lib/follow-ups/place';
import { useProject } from '../live/project-context';
import { isRaiseKey, raiseFollowUp } from '../live/raise-follow-up';
import { Button } from '../ui/button';
import { Section } from '../ui/section';
import { FollowUpRow } from './follow-up-row';
import { useRights } from './use-rights';
import { useToday } from './use-today';

/** The follow-ups that a thing raised; nothing where there are none. */
export function FollowUpsOf({ raiserIds }: { raiserIds: readonly string[] }) {
  const all = useProject((state) => state.followUps);
  const today = useToday();
  const { mayChange } = useRights();
  const key = raiserIds.join();
  const found = useMemo(() => {
    const ids = key.split(',');
    return [...all.values()].filter(({ raisedBy }) => raisedBy && ids.includes(raisedBy.id)).sort(byPlace);
  }, [all, key]);
  if (found.length === 0) return null;
  return (
    <ul aria-label="Follow-ups" className="flex flex-col">
      {found.map((one) => (
        <FollowUpRow
          key={one.id}
          followUp={one}
          today={today}
          mayChange={mayChange(one)}
          isRaiserShown={false}
        />
      ))}
    </ul>
  );
}

/** The follow-ups of a claim, on its page: `f` begins another. */
export function FollowUpsOfClaim({ claimId }: { claimId: string }) {
  const wording = useProject((state) => state.claims.get(claimId)?.wording ?? null);
  const { mayRaise } = useRights();
  useEffect(() => {
    if (wording === null || !mayRaise) return;
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || !isRaiseKey(event)) return;
      if ((event.target as Element).closest('[role="dialog"], [role="listbox"]') !== null) return;
      event.preventDefault();
      raiseFollowUp(raiserOf(claimId, wording));
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [claimId, wording, mayRaise]);
  if (wording === null) return null;
  return (
    <Section title="Follow-ups">
      <FollowUpsOf raiserIds={[claimId]} />
      {mayRaise ? (
        <Button
          size="small"
          className="self-start"
          aria-keyshortcuts="f"
          onPress={() => raiseFollowUp(raiserOf(claimId, wording))}
        >
          <ListTodo aria-hidden className="size-3.5" />
          Ask or assign
        </Button>
      ) : null}
    </Section>
  );
}

const raiserOf = (id: string, quote: string): RaisedBy => ({
  type: 'claim',
  id,
  sourceId: null,
  annotationId: null,
  quote,
});
