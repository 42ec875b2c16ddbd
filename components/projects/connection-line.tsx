'use client';

import { useSyncExternalStore } from 'react';
import { noteWaiting } from '@/components/live/note-waiting';
import { useProject } from '@/components/live/project-context';
import { RefusedChanges } from '@/components/live/refused-list';
import { ArchivedLine } from './archived-line';

/** Says when this page is cut off: what is on screen may be old, and what waits is not saved. */
export function ConnectionLine() {
  const connection = useProject((state) => state.connection);
  const because = useProject((state) => state.closedBecause);
  const ended = useProject((state) => state.ended);
  const projectId = useProject((state) => state.project.id);
  const marks = useProject((state) => state.waiting);
  const waiting = marks + useSyncExternalStore(noteWaiting.subscribe, noteWaiting.total, () => 0);
  return (
    <div className="text-[14px]">
      <ArchivedLine />
      <div role="status">
        {connection === 'closed' ? (
          <p className="bg-danger-wash px-4 py-1.5 text-danger">
            {because ?? 'This page is no longer connected. Reload it.'}{' '}
            {ended === 'needs-factor' ? (
              <a href={`/account?for=${projectId}#second-factor`} className="rounded underline">
                Add a second factor
              </a>
            ) : null}
          </p>
        ) : null}
        {connection === 'offline' ? (
          <p className="bg-sunken px-4 py-1.5 text-warning">
            {because ?? 'No connection.'} What others do does not arrive;{' '}
            {waiting > 0
              ? `${waiting} of your changes ${waiting === 1 ? 'waits' : 'wait'} on this machine.`
              : 'nothing of yours waits.'}
          </p>
        ) : null}
      </div>
      <RefusedChanges />
    </div>
  );
}
