'use client';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import { useProject } from '../live/project-context';
import { onSignal } from '../live/signals';
import { Dialog } from '../ui/dialog';
import { Spinner } from '../ui/progress';
import { toast } from '../ui/toasts';
import { useRights } from './use-rights';

const loadNew = () => import('./new-follow-up').then((module) => ({ default: module.NewFollowUp }));
const loadOpen = () => import('./open-follow-up').then((module) => ({ default: module.OpenFollowUp }));
const NewFollowUp = lazy(loadNew);
const OpenFollowUp = lazy(loadOpen);
/** The forms weigh much and are wanted at once when a key asks for them: they come when the page has long settled. */
const READY_AFTER_MS = 5_000;

/** Where follow-ups are begun and opened, on whatever page of the project. */
export function FollowUpHost() {
  const { mayRaise } = useRights();
  const [raised, setRaised] = useState<{ raisedBy: RaisedBy | null; wording: string } | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = useProject((state) => (openId === null ? undefined : state.followUps.get(openId)));
  const known = useProject((state) => state.followUps);
  const isComing = useProject((state) => state.coming.has('followUps'));
  const raise = useEffectEvent((given: { raisedBy: RaisedBy | null; wording: string }) => {
    if (mayRaise) setRaised(given);
    else toast({ text: 'Readers look on here: only members who may mark can ask or assign.' });
  });
  const show = useEffectEvent(({ id }: { id: string }) => {
    // One that is still to come opens when it is there.
    if (known.has(id) || isComing) setOpenId(id);
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
  useEffect(() => {
    const timer = setTimeout(() => {
      Promise.all([loadNew(), loadOpen()]).catch((error: unknown) =>
        console.warn('The forms of follow-ups could not be loaded:', error),
      );
    }, READY_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const close = () => {
    setRaised(null);
    setOpenId(null);
  };
  // While a form comes, keys must not do to the page what was meant for the form.
  const waiting = (
    <Dialog title="Follow up" isOpen onClose={close}>
      <Spinner label="Opening the form" />
    </Dialog>
  );
  return (
    <Suspense fallback={waiting}>
      {raised === null ? null : <NewFollowUp {...raised} onClose={() => setRaised(null)} />}
      {open === undefined || raised !== null ? null : (
        <OpenFollowUp key={open.id} followUp={open} onClose={() => setOpenId(null)} />
      )}
    </Suspense>
  );
}
