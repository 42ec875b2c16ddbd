'use client';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { noteWaiting } from '../live/note-waiting';
import { useProject } from '../live/project-context';
import { buttonClass } from '../ui/button';
import { Spinner } from '../ui/progress';

/** Whether what was marked and written is in the database, and how much of it waits on this machine. */
export function StateLine() {
  const { connection, marks } = useProject((state) => ({
    connection: state.connection,
    marks: state.waiting,
  }));
  const inNotes = useSyncExternalStore(noteWaiting.subscribe, noteWaiting.total, () => 0);
  // While all is well, the note says of itself whether it is saved.
  const waiting = connection === 'live' ? marks : marks + inNotes;
  const changes = waiting === 1 ? '1 change' : `${waiting} changes`;
  if (connection === 'closed') return null;
  const offline = connection === 'offline';
  const words =
    waiting > 0
      ? offline
        ? `Offline, ${changes} ${waiting === 1 ? 'waits' : 'wait'}`
        : `Saving ${changes}`
      : offline
        ? 'Offline, trying again'
        : connection === 'connecting'
          ? 'Connecting'
          : 'Marks saved';
  return (
    <div
      role="status"
      title={
        offline && waiting > 0 ? 'Kept on this machine, and sent when the connection is back.' : undefined
      }
      className={`flex items-center gap-1.5 whitespace-nowrap text-[13px] ${offline ? 'text-warning' : 'text-muted'}`}
    >
      {waiting > 0 && !offline ? <Spinner label="Saving" size={12} /> : <Dot connection={connection} />}
      <span className={waiting === 0 && !offline ? 'max-sm:sr-only' : ''}>{words}</span>
    </div>
  );
}

function Dot({ connection }: { connection: string }) {
  const colour = { live: 'bg-accent', connecting: 'bg-edge', offline: 'bg-warning' }[connection] ?? 'bg-edge';
  return <span aria-hidden className={`size-2 rounded-full ${colour}`} />;
}

function notSaved(waiting: number, ended: string | null): string {
  const words = waiting === 1 ? '1 change is' : `${waiting} changes are`;
  if (ended === 'signed-out') return `${words} not saved: kept on this machine until you sign in again.`;
  if (ended === 'needs-factor') return `${words} not saved: kept on this machine until you come back.`;
  return `${words} not saved.`;
}

/** Says that the way in was taken away, and where one can still go. */
export function AccessLost() {
  const { closedBecause, connection, ended, waiting, projectId } = useProject((state) => ({
    closedBecause: state.closedBecause,
    ended: state.ended,
    connection: state.connection,
    waiting: state.waiting,
    projectId: state.project.id,
  }));
  if (connection !== 'closed') return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 border-b border-danger bg-danger-wash px-4 py-2"
    >
      <p className="grow">
        {closedBecause} {waiting > 0 ? notSaved(waiting, ended) : ''}
      </p>
      {ended === 'needs-factor' ? (
        <a href={`/account?for=${projectId}#second-factor`} className={buttonClass('primary', 'small')}>
          Add a second factor
        </a>
      ) : (
        <a
          href={`/sign-in?callbackUrl=${typeof location === 'undefined' ? '' : encodeURIComponent(location.pathname)}`}
          className={buttonClass('secondary', 'small')}
        >
          Sign in
        </a>
      )}
      <Link href="/projects" className={buttonClass('secondary', 'small')}>
        Your projects
      </Link>
    </div>
  );
}
