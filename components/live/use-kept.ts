import { useEffect } from 'react';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import { noteWaiting } from './note-waiting';
import type { ProjectState } from './project-state';
import type { ProjectStore } from './project-store';
import { startWorker } from './start-worker';

/** Writing down what is on screen waits for a pause of this long, and for no longer than `KEEP_AT_LATEST_MS`. */
const KEEP_AFTER_MS = 2_000;
const KEEP_AT_LATEST_MS = 20_000;
/** What a page began with is written down sooner: the line may be lost right away. */
const FIRST_KEEP_AFTER_MS = 300;

const kept = () => import('./kept');
const told = (error: unknown) => console.warn('The browser keeps nothing for reading on offline:', error);

/** Takes in what waits from before this page, and hears what this person's other pages send. */
export function useWaitingChanges(store: ProjectStore): void {
  useEffect(() => {
    const stop = store.listen();
    void store.adopt();
    learnWaiting(store);
    return stop;
  }, [store]);
}

/** Takes in how much waits in notes that are not open here, also from pages that are gone. */
export function learnWaiting({ getState }: Pick<ProjectStore, 'getState'>): void {
  const { me, project } = getState();
  kept()
    .then(({ listKeptNotes }) => listKeptNotes(me.id, project.id))
    .then((notes) => noteWaiting.learn(notes))
    .catch(told);
}

/** Keeps the project, and the source that is open, for reading on without a connection. */
export function useKeeping(live: { store: ProjectStore; source: SourceSnapshot | null }): void {
  useEffect(() => {
    const { store } = live;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since = 0;
    let wasLive = false;
    let last: { state: ProjectState; source: SourceSnapshot | null } | null = null;
    const keep = () => {
      clearTimeout(timer);
      since = 0;
      const now = { state: store.getState(), source: live.source };
      // Only what the server said is kept here, also when the line is lost since, and only while it lets us in.
      if (!wasLive || now.state.connection === 'closed' || isSame(last, now)) return;
      last = now;
      kept()
        .then(({ keepReading }) => keepReading(now.state, now.source))
        .catch(told);
    };
    const soon = () => {
      wasLive ||= store.getState().connection === 'live';
      const now = Date.now();
      if (since === 0) since = now;
      clearTimeout(timer);
      const pause = last === null ? FIRST_KEEP_AFTER_MS : KEEP_AFTER_MS;
      timer = setTimeout(keep, Math.max(0, Math.min(pause, since + KEEP_AT_LATEST_MS - now)));
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') keep();
    };
    const stop = store.subscribe(soon);
    soon();
    document.addEventListener('visibilitychange', hidden);
    kept()
      .then(({ forgetReading }) => forgetReading(store.getState().me.id))
      .catch(told);
    startWorker();
    return () => {
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [live]);
}

function isSame(
  a: { state: ProjectState; source: unknown } | null,
  b: { state: ProjectState; source: unknown },
): boolean {
  return (
    a !== null &&
    a.source === b.source &&
    a.state.base === b.state.base &&
    a.state.lastEventId === b.state.lastEventId &&
    a.state.role === b.state.role
  );
}

/** When the way in is taken away, so is what was kept of the project; what was typed stays on this page. */
export function useForgetting(store: ProjectStore): void {
  useEffect(() => {
    let done = false;
    const look = () => {
      const { connection, ended, me, project } = store.getState();
      if (done || connection !== 'closed') return;
      done = true;
      if (ended === 'no-access') store.giveUp();
      kept()
        .then(({ forget, forgetReading }) =>
          ended === 'no-access' ? forget(me.id, project.id) : forgetReading(null),
        )
        .catch(told);
    };
    look();
    return store.subscribe(look);
  }, [store]);
}
