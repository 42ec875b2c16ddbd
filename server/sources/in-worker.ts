import { setTimeout as setTimeoutAsync } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../lib/errors';

/** What a worker answers: an error's class does not cross threads, so its parts do. */
export type WorkerAnswer<T> =
  | { readonly answer: T }
  | { readonly fault: { code: ErrorCode; message: string; details: Record<string, unknown> | undefined } }
  | { readonly crash: string };

/** Does a worker's work and puts what comes of it, or what it throws, into words that cross threads. */
export function answerOf<T>(work: () => T): WorkerAnswer<T> {
  try {
    return { answer: work() };
  } catch (error) {
    return inWords(error);
  }
}

/** The same for work that is done later. */
export async function answerLater<T>(work: () => Promise<T>): Promise<WorkerAnswer<T>> {
  try {
    return { answer: await work() };
  } catch (error) {
    return inWords(error);
  }
}

function inWords(error: unknown): WorkerAnswer<never> {
  if (error instanceof AppError)
    return { fault: { code: error.code, message: error.message, details: error.details } };
  return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export type WorkerOptions = {
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  readonly maxMegabytes: number;
  /** For all it holds, also outside its heap, as unpacked bytes are; looked at while it works. Without it only the heap has a limit. */
  readonly maxMegabytesInAll?: number;
  /** What is thrown when time or memory run out. */
  readonly tooHard: (cause?: unknown) => AppError;
};

const LOOK_MS = 50;

/** Megabytes that a worker holds; from an older Node, those by which the process grew. */
async function megabytesOf(worker: Worker, before: number): Promise<number> {
  if (typeof worker.getHeapStatistics !== 'function') return (process.memoryUsage.rss() - before) / 1_048_576;
  const { total_heap_size, external_memory } = await worker.getHeapStatistics();
  return (total_heap_size + external_memory) / 1_048_576;
}

/** Looks at what a worker holds until it is over the limit, or `isDone`. */
async function watchMemory(
  worker: Worker,
  megabytes: number,
  { isDone, over }: { readonly isDone: () => boolean; readonly over: () => void },
): Promise<void> {
  const before = process.memoryUsage.rss();
  while (!isDone()) {
    await setTimeoutAsync(LOOK_MS, undefined, { ref: false });
    // A worker that has just ended tells nothing any more.
    const held = await megabytesOf(worker, before).catch(() => 0);
    if (held > megabytes) return over();
  }
}

/**
 * Runs a built program in a thread of its own with this job, and nothing of the environment; it is ended when the time is
 * up, its memory is used up or the signal aborts.
 * @throws AppError as the worker does, or as `tooHard` makes it; Error when the worker fails; the signal's reason.
 */
export function inWorker<T>(file: string, job: unknown, options: WorkerOptions): Promise<T> {
  const { signal, timeoutMs, tooHard, maxMegabytes } = options;
  const resourceLimits = {
    maxOldGenerationSizeMb: maxMegabytes,
    maxYoungGenerationSizeMb: 16,
    stackSizeMb: 8,
  };
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: job, env: {}, execArgv: [], resourceLimits });
    const abort = () => finish(() => reject(signal?.reason));
    const timer = setTimeout(() => finish(() => reject(tooHard())), timeoutMs);
    let finished = false;
    function finish(settle: () => void): void {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      // Only once it is dead: a worker that still runs would not count among those at work.
      worker.terminate().then(settle, settle);
    }
    signal?.addEventListener('abort', abort, { once: true });
    if (options.maxMegabytesInAll !== undefined)
      void watchMemory(worker, options.maxMegabytesInAll, {
        isDone: () => finished,
        over: () => finish(() => reject(tooHard())),
      });
    worker.once('message', (said: WorkerAnswer<T>) =>
      finish(() => {
        if ('answer' in said) resolve(said.answer);
        else if ('fault' in said)
          reject(new AppError(said.fault.code, said.fault.message, { details: said.fault.details }));
        else reject(new Error(`A worker failed: ${said.crash}`));
      }),
    );
    worker.once('error', (error: NodeJS.ErrnoException) =>
      finish(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHard(error) : error)),
    );
    worker.once('exit', () => finish(() => reject(tooHard())));
  });
}
