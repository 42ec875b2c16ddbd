import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import type { Pending } from './changes';
import type { ProjectState } from './project-state';
import type { Queue } from './queue';
import type { Action } from './reduce';
import { refusedWith } from './refused';
import { send } from './send';

export type OutboxNeeds = {
  getState: () => ProjectState;
  dispatch: (action: Action) => void;
  call: typeof Call;
  queue: Queue;
  now: () => Date;
  /** The server said no: the change was taken back and set aside. */
  onRefused: (pending: Pending, error: CallError) => void;
  /** Resolves after about this many milliseconds, or sooner when `wake` is called. */
  pause: (ms: number) => Promise<void>;
};

export type Outbox = {
  /** Starts sending; harmless when it runs already. */
  kick: () => void;
  /** Takes in what waits from before this page, or was left by pages that are gone, and sends it. */
  adopt: () => Promise<void>;
  /** Sets everything aside that waits: it can't be sent any more. It stays in this page's memory only. */
  giveUp: (why: string) => void;
  /** Hears what this person's other pages sent, until the returned function is called. */
  listen: () => () => void;
};

const LATER: readonly CallError['code'][] = ['offline', 'unavailable', 'rate-limited', 'unexpected'];
/** A server that keeps failing in a way it does not explain is taken at its word. */
const UNEXPLAINED_TRIES = 4;

/**
 * Sends the pending changes one after the other, in the order they were made, and one page of a person at a time. What
 * can't be delivered now waits in the queue and is tried again; what is refused is set aside with what was typed.
 */
export function createOutbox(needs: OutboxNeeds): Outbox {
  const { getState, dispatch, queue } = needs;

  /** Delivers one change. Answers why it has to wait, or `null` when it is dealt with. */
  async function deliver(key: string, unexplained: number): Promise<CallError | null> {
    const standing = await queue.standing(key);
    const state = getState();
    const next = state.pending.find((pending) => pending.key === key);
    if (next === undefined || state.connection === 'closed') return null;
    if (standing === 'refused') dispatch({ type: 'refused', key });
    if (standing === 'sent') dispatch({ type: 'told', key, told: {} });
    if (standing !== 'waiting') return null;
    try {
      const told = await send(next, state, needs.call);
      dispatch({ type: 'told', key, told });
      keepRevisions(state.pending);
      await queue.sent(key, told);
      return null;
    } catch (error) {
      const refusal =
        error instanceof CallError
          ? error
          : new CallError('unexpected', 'Something went wrong on this page.');
      if (refusal.code === 'unauthenticated') {
        // Whoever signs in again goes on where they were: it stays in the queue.
        const because = 'You are signed out. Sign in again to go on.';
        dispatch({ type: 'connection', connection: 'closed', because, ended: 'signed-out' });
        return null;
      }
      const explained = refusal.code !== 'unexpected';
      if (LATER.includes(refusal.code) && (explained || unexplained + 1 < UNEXPLAINED_TRIES)) return refusal;
      await refuse(next, refusal);
      return null;
    }
  }

  /** What else waits for the same thing was made from our own revision, also after a reload. */
  function keepRevisions(before: readonly Pending[]): void {
    for (const pending of getState().pending)
      if (before.some(({ key, from }) => key === pending.key && from !== pending.from)) queue.add(pending);
  }

  async function refuse(pending: Pending, error: CallError): Promise<void> {
    const before = getState().pending;
    dispatch({ type: 'refused', key: pending.key });
    const left = new Set(getState().pending);
    const dropped = before.filter((one) => !left.has(one));
    const entries = refusedWith(pending, dropped, error, needs.now());
    dispatch({ type: 'set-aside', entries });
    needs.onRefused(pending, error);
    await queue.refuse(entries);
  }

  async function run(): Promise<void> {
    for (let tries = 0, unexplained = 0; ; ) {
      const { pending, connection } = getState();
      const next = pending[0];
      if (next === undefined || connection === 'closed') return;
      const wait = await queue.alone(() => deliver(next.key, unexplained));
      tries = wait === null ? 0 : tries + 1;
      unexplained = wait?.code === 'unexpected' ? unexplained + 1 : 0;
      if (wait !== null) await needs.pause(Math.min(30_000, 500 * 2 ** Math.min(tries, 6)));
    }
  }

  let running = false;
  const kick = () => {
    if (running) return;
    running = true;
    void run().finally(() => {
      running = false;
    });
  };
  return {
    kick,
    async adopt() {
      const { changes, refused } = await queue.load();
      if (refused.length > 0) dispatch({ type: 'set-aside', entries: refused });
      for (const { key, change, from } of changes) dispatch({ type: 'changed', key, change, from });
      if (changes.length > 0) kick();
    },
    giveUp(why) {
      const { pending } = getState();
      const at = needs.now().toISOString();
      for (const { key } of pending) dispatch({ type: 'refused', key });
      dispatch({ type: 'set-aside', entries: pending.map((one) => ({ ...one, why, at })) });
    },
    listen: () =>
      queue.onNews((news) => {
        if (news.type === 'sent') dispatch({ type: 'told', key: news.key, told: news.told });
        else if (news.type === 'let-go') dispatch(news);
        else {
          for (const { key } of news.entries) dispatch({ type: 'refused', key });
          dispatch({ type: 'set-aside', entries: news.entries });
        }
      }),
  };
}
