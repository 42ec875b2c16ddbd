'use client';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import { useProject } from '../live/project-context';
import { onSignal } from '../live/signals';
import { toast } from '../ui/toasts';
import { useRights } from './use-rights';

const NewFollowUp = lazy(() => import('./new-follow-up').then((module) => ({ default: module.NewFollowUp })));
const OpenFollowUp = lazy(() =>
  import('./open-follow-up').then((module) => ({ default: module.OpenFollowUp })),
);

/** Where follow-ups are begun and opened, on whatever page of the project. */
export function FollowUpHost() {
  const { mayRaise } = useRights();
  const [raised, setRaised] = useState<{ raisedBy: RaisedBy | null; wording: string } | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = useProject((state) => (openId === null ? undefined : state.followUps.get(openId)));
  const known = useProject((state) => state.followUps);
  const raise = useEffectEvent((given: { raisedBy: RaisedBy | null; wording: string }) => {
    if (mayRaise) setRaised(given);
    else toast({ text: 'Readers look on here: only members who may mark can ask or assign.' });
  });
  const show = useEffectEvent(({ id }: { id: string }) => {
    if (known.has(id)) setOpenId(id);
    else toast({ text: 'That follow-up is no longer there.' });
  });
  useEffect(() => {
    const stops = [
      onSignal('follow-up.raise', (given) => raise(given)),
      onSignal('follow-up.open', (given) => show(given)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <Suspense fallback={null}>
      {raised === null ? null : <NewFollowUp {...raised} onClose={() => setRaised(null)} />}
      {open === undefined || raised !== null ? null : (
        <OpenFollowUp key={open.id} followUp={open} onClose={() => setOpenId(null)} />
      )}
    </Suspense>
  );
}
