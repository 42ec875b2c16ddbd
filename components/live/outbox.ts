import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import { type Pending, targetOf } from './changes';
import type { ProjectState } from './project-state';
import type { Action } from './reduce';
import { send } from './send';

export type OutboxNeeds = {
  getState: () => ProjectState;
  dispatch: (action: Action) => void;
  call: typeof Call;
  /** The server said no: the change was taken back. */
  onRefused: (pending: Pending, error: CallError) => void;
  /** Resolves after about this many milliseconds, or sooner when `wake` is called. */
  pause: (ms: number) => Promise<void>;
};

const LATER: readonly CallError['code'][] = ['offline', 'unavailable', 'rate-limited', 'unexpected'];
/** A server that keeps failing in a way it does not explain is taken at its word. */
const UNEXPLAINED_TRIES = 4;

/**
 * Sends the pending changes one after the other, in the order they were made; what can't be delivered now waits in
 * memory and is tried again. `kick` starts it and is harmless when it runs already.
 */
export function createOutbox(needs: OutboxNeeds): { kick: () => void } {
  let running = false;
  const run = async () => {
    for (let tries = 0; ; ) {
      const state = needs.getState();
      const next = state.pending[0];
      if (next === undefined || state.connection === 'closed') return;
      const asOf = state.known.get(targetOf(next.change).id)?.at ?? -1;
      try {
        const told = await send(next, state, needs.call);
        needs.dispatch({ type: 'told', key: next.key, told, asOf });
        tries = 0;
      } catch (error) {
        const refusal =
          error instanceof CallError
            ? error
            : new CallError('unexpected', 'Something went wrong on this page.');
        tries += 1;
        const explained = refusal.code !== 'unexpected';
        if (LATER.includes(refusal.code) && (explained || tries < UNEXPLAINED_TRIES)) {
          await needs.pause(Math.min(30_000, 500 * 2 ** Math.min(tries, 6)));
        } else {
          tries = 0;
          needs.dispatch({ type: 'refused', key: next.key });
          needs.onRefused(next, refusal);
        }
      }
    }
  };
  return {
    kick: () => {
      if (running) return;
      running = true;
      void run().finally(() => {
        running = false;
      });
    },
  };
}
