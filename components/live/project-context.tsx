'use client';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Event } from '@/lib/events/event';
import type { Whereabouts } from '@/lib/live/protocol';
import type { ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import { type CallError, call } from '../ui/http';
import { toast } from '../ui/toasts';
import { wordsFor } from '../ui/use-action';
import type { Pending } from './changes';
import { keptQueue } from './kept-queue';
import { LiveSocket, NOWHERE } from './live-socket';
import type { Told } from './merge-news';
import type { ProjectState } from './project-state';
import { createProjectStore, type ProjectStore } from './project-store';
import type { Queue } from './queue';
import { signal } from './signals';
import { nameOf } from './undo';
import { useForgetting, useKeeping, useWaitingChanges } from './use-kept';
import { useRest } from './use-rest';

type Live = {
  store: ProjectStore;
  queue: Queue;
  socket: { current: LiveSocket | null };
  /** Ends the wait before the next try to send. */
  wake: () => void;
  firstEventId: number;
  /** Where this page is; kept for a socket that is not there yet. */
  at: Whereabouts;
  /** The source that is open, as it was when it was opened. */
  source: SourceSnapshot | null;
};
const LiveContext = createContext<Live | null>(null);

function createLive(snapshot: ProjectSnapshot): Live {
  let wake: () => void = () => {};
  const queue = keptQueue(snapshot.me.id, snapshot.project.id);
  const store = createProjectStore({
    snapshot,
    call,
    queue,
    now: () => new Date(),
    pause: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    onRefused: (pending: Pending, error: CallError) => {
      toast({ tone: 'danger', text: `Your ${nameOf(pending.change)} was not saved. ${error.message}` });
      signal('change.refused', { change: pending.change });
    },
    onNotUndone: ({ name }, error) => {
      toast({ tone: 'danger', text: `The ${name} stays as it is. ${wordsFor(error)}` });
    },
  });
  return {
    store,
    queue,
    socket: { current: null },
    wake: () => wake(),
    firstEventId: snapshot.lastEventId,
    at: NOWHERE,
    source: null,
  };
}

/** Holds an open project for everything below it: one store, one socket, undo and redo. */
export function ProjectProvider({ snapshot, children }: { snapshot: ProjectSnapshot; children: ReactNode }) {
  const [live] = useState(() => createLive(snapshot));
  const first = useRef(snapshot);
  useEffect(() => {
    if (first.current !== snapshot) live.store.dispatch({ type: 'project', snapshot });
    first.current = snapshot;
  }, [live, snapshot]);
  useLiveSocket(live);
  useRest(live.store);
  useUndoKeys(live.store);
  useLeaveWarning(live);
  useWaitingChanges(live.store);
  useKeeping(live);
  useForgetting(live.store);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useLiveSocket(live: Live) {
  useEffect(() => {
    const { store } = live;
    const { protocol, host } = window.location;
    const socket = new LiveSocket({
      url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/live/${store.getState().project.id}`,
      after: () => store.getState().lastEventId,
      onEvents: (events) => {
        store.dispatch({ type: 'events', events });
        for (const { happening } of events) tellOfVersion(happening);
      },
      onMessage: (message) => {
        if (message.type === 'presence' || message.type === 'presence-change') store.dispatch(message);
        else if (message.type === 'notices') signal('notices', {});
        else if (message.type === 'deliveries')
          signal('webhook.deliveries', { webhookId: message.webhookId });
        // What is shown is not what may be seen any more: what was typed and not sent is kept, and comes back with the page.
        else if (message.type === 'anew') window.location.reload();
        else {
          const { connectionId } = message;
          store.dispatch({ type: 'ready', connectionId, role: message.role as ProjectState['role'] });
          live.wake();
          void store.adopt();
        }
      },
      onConnection: (connection, because, ended) =>
        store.dispatch({ type: 'connection', connection, because, ended }),
    });
    live.socket.current = socket;
    socket.setWhereabouts(live.at);
    const online = () => {
      socket.reopen();
      live.wake();
    };
    const offline = () => socket.lineIsDead();
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    return () => {
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      live.socket.current = null;
      socket.close();
    };
  }, [live]);
}

/** Nouns that show or hold something that the store does not keep hear of it. */
function tellOfVersion(happening: Event['happening']): void {
  if (
    happening.type === 'source.watch-set' ||
    happening.type === 'source.watch-removed' ||
    happening.type === 'source.watch-stopped'
  )
    signal('source.watch', { sourceId: happening.subject.id });
  if (happening.type.startsWith('webhook.')) signal('webhooks', {});
  if (happening.type === 'note.signed-off' || happening.type === 'note.unsigned')
    signal('note.sign-offs', { noteId: happening.subject.noteId });
  if (happening.type !== 'note.version-created' && happening.type !== 'note.version-updated') return;
  const { noteId, kind } = happening.subject;
  signal('note.versions', { noteId });
  if (happening.type === 'note.version-created' && kind === 'restored') signal('note.restored', { noteId });
}

/** Whether the keys belong to what is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null)
  );
}

function useUndoKeys(store: ProjectStore) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      const redo = key === 'y' || event.shiftKey;
      const said = (name: string | null) =>
        name === null ? null : toast({ text: redo ? `Done again: ${name}` : `Undone: ${name}` });
      void (redo ? store.actions.redo() : store.actions.undo()).then(said);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [store]);
}

/** Asks before the page is left with changes that this machine could not keep. */
function useLeaveWarning({ store, queue }: Live) {
  useEffect(() => {
    const listen = (event: BeforeUnloadEvent) => {
      if (store.getState().waiting > 0 && !queue.isKept()) event.preventDefault();
    };
    window.addEventListener('beforeunload', listen);
    return () => window.removeEventListener('beforeunload', listen);
  }, [store, queue]);
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('There is no ProjectProvider above this component');
  return live;
}

/** The store itself, for what was answered to a call made elsewhere: `dispatch({ type: 'told', told: { sources: [source] } })`. */
export function useProjectStore(): ProjectStore {
  return useLive().store;
}

/** A part of the open project. The result may be a new array or object each time: it is compared member by member. */
export function useProject<T>(select: (state: ProjectState) => T): T {
  const { store } = useLive();
  const last = useRef<{ value: T } | null>(null);
  const read = () => {
    const value = select(store.getState());
    if (last.current === null || !sameMembers(last.current.value, value)) last.current = { value };
    return last.current.value;
  };
  return useSyncExternalStore(store.subscribe, read, read);
}

function sameMembers(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const plain = Object.getPrototypeOf(a);
  if (plain !== Object.getPrototypeOf(b) || (plain !== Object.prototype && plain !== Array.prototype))
    return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.is(left[key], right[key]));
}

/** Everything a component can do to the open project. The object never changes. */
export function useActions() {
  const live = useLive();
  return useMemo(
    () => ({
      ...live.store.actions,
      /** The state at this moment, for event handlers; components read with `useProject`. */
      peek: live.store.getState,
      /** Takes in what the server answered to a call made elsewhere. */
      learn: (told: Told) => live.store.dispatch({ type: 'told', told }),
      /** Takes in a source with its annotations and threads. */
      loadSource: (snapshot: SourceSnapshot) => {
        live.source = snapshot;
        live.store.dispatch({ type: 'source', snapshot });
        // Read before the project was: what happened in between is asked for again, and what is known does no harm.
        if (snapshot.lastEventId < live.firstEventId) {
          live.store.dispatch({ type: 'rewind', to: snapshot.lastEventId });
          live.socket.current?.reopen();
        }
      },
      /** Goes along with a person, or with nobody any more. */
      follow: (userId: string | null) => {
        live.store.dispatch({ type: 'follow', userId });
        live.at = { ...live.at, following: userId };
        live.socket.current?.setWhereabouts(live.at);
      },
      /** Says where this page is; what is not named stays as it was. */
      setWhereabouts: (at: Partial<Whereabouts>) => {
        live.at = { ...live.at, ...at };
        live.socket.current?.setWhereabouts(live.at);
      },
    }),
    [live],
  );
}
