import { existsSync } from 'node:fs';
import path from 'node:path';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import type { Article } from './article';
import { isPdf } from './import-file';
import { inWorker } from './in-worker';
import { type ReadJob, readJob } from './read-job';
import { createSlots } from './slots';

const MEGABYTES = 384;
/** A PDF is unpacked outside the heap of the thread, page by page. */
const PDF_MEGABYTES = 512;
const PDF_MS = 30_000;
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
    if (existsSync(file)) {
      const pdf = job.kind === 'file' && isPdf(job.bytes);
      return inWorker<Article>(file, job, {
        signal: options.signal,
        timeoutMs: options.timeoutMs ?? (pdf ? PDF_MS : 20_000),
        maxMegabytes: MEGABYTES,
        ...(pdf && { maxMegabytesInAll: PDF_MEGABYTES }),
        tooHard,
      });
    }
    if (env().NODE_ENV === 'production')
      throw new Error(`The reader is not built: ${path.basename(file)} is missing. Run npm run build.`);
    return readJob(job);
  }, options.signal);
}
