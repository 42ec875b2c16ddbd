import { log } from './log';

/** Work that is looked for from time to time, by any number of processes at once. */
export type Sweep = {
  /** Looks once, after what is under way, and answers how much was done. */
  sweepOnce(): Promise<number>;
  /** Looks now and from time to time, in ms. */
  start(everyMs: number): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
};

/**
 * A sweep of some work. `run` is told whether it is to stop soon; when it fails, `failed` goes to the log, and it is tried again at
 * the next time.
 */
export function createSweep(run: (isStopping: () => boolean) => Promise<number>, failed: string): Sweep {
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<number> = Promise.resolve(0);
  let isStopping = false;
  const once = () => run(() => isStopping);
  const sweepOnce = () => {
    // One after the other.
    underWay = underWay.then(once, once);
    return underWay;
  };
  return {
    sweepOnce,
    start(everyMs) {
      const tick = () => {
        sweepOnce()
          .catch((error: unknown) => log.error({ err: error }, failed))
          .finally(() => {
            if (!isStopping) timer = setTimeout(tick, everyMs);
          });
      };
      tick();
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      // Whoever started it heard of its failure.
      await underWay.catch(() => 0);
    },
  };
}
