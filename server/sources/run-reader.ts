import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import type { Article } from './article';
import { type ReadJob, readJob } from './read-job';
import type { ReadAnswer } from './read-worker';
import { createSlots } from './slots';

const MEMORY = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 };
const slots = createSlots(2, 32);

export type ReaderOptions = {
  readonly signal?: AbortSignal;
  /** Milliseconds from the start of the work; waiting for a free place does not count. */
  readonly timeoutMs?: number;
  /** The built worker, where it is not `dist/read-worker.mjs` below the working directory. */
  readonly workerPath?: string;
};

function tooHard(cause?: unknown): AppError {
  return new AppError(
    'invalid',
    'Reading this took too long or too much memory. Copy the part you need and paste it as text instead.',
    { cause, details: { reason: 'too-hard' } },
  );
}

function inWorker(file: string, job: ReadJob, options: ReaderOptions): Promise<Article> {
  const { signal, timeoutMs = 20_000 } = options;
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: job, env: {}, execArgv: [], resourceLimits: MEMORY });
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
    worker.once('message', (answer: ReadAnswer) =>
      finish(() => {
        if ('article' in answer) resolve(answer.article);
        else if ('fault' in answer)
          reject(new AppError(answer.fault.code, answer.fault.message, { details: answer.fault.details }));
        else reject(new Error(`The reader failed: ${answer.crash}`));
      }),
    );
    worker.once('error', (error: NodeJS.ErrnoException) =>
      finish(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHard(error) : error)),
    );
    worker.once('exit', () => finish(() => reject(tooHard())));
  });
}

/**
 * Reads something untrusted in a thread of its own, which is ended when the time is up, its memory is used up or the
 * signal aborts. At most two run at once in this process; more wait.
 * @throws AppError as `readJob` does; `invalid` when time or memory run out; `unavailable` when too many wait; the
 * signal's reason when it aborts.
 */
export function runReader(job: ReadJob, options: ReaderOptions = {}): Promise<Article> {
  const file = options.workerPath ?? path.join(process.cwd(), 'dist', 'read-worker.mjs');
  return slots(async () => {
    options.signal?.throwIfAborted();
    if (existsSync(file)) return inWorker(file, job, options);
    if (env().NODE_ENV === 'production')
      throw new Error(`The reader is not built: ${path.basename(file)} is missing. Run npm run build.`);
    return readJob(job);
  }, options.signal);
}
