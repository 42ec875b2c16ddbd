import { AppError } from '../../lib/errors';

/** Runs work with at most so many pieces at once. */
export type Slots = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * A limit on how much of one kind of work this process does at once. The rest waits in order; when `waiting` pieces wait
 * already, the next is refused.
 * @throws AppError `unavailable` (from the returned function) when too much waits; the signal's reason when it aborts.
 */
export function createSlots(atOnce: number, waiting: number): Slots {
  let running = 0;
  const queue: (() => void)[] = [];

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (queue.length >= waiting)
      throw new AppError('unavailable', 'Many imports are under way. Try again in a minute.', {
        details: { reason: 'busy' },
      });
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(start), 1);
        reject(signal?.reason);
      };
      const start = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(start);
    });
  }

  return async (work, signal) => {
    await enter(signal);
    try {
      return await work();
    } finally {
      const next = queue.shift();
      // The place is handed over rather than freed, so that nobody overtakes.
      if (next) next();
      else running -= 1;
    }
  };
}
