import { existsSync } from 'node:fs';
import path from 'node:path';
import { env } from '../../env';
import type { CarriedTarget } from '../../lib/annotations/carry-target';
import { AppError } from '../../lib/errors';
import { type CarryJob, carryJob } from './carry-job';
import { inWorker } from './in-worker';
import { createSlots } from './slots';

const slots = createSlots(1, 32);

/** Time for two texts of the largest size with tens of thousands of marks, in ms. */
const TIME = 60_000;

function tooHard(cause?: unknown): AppError {
  return new AppError(
    'unavailable',
    'Comparing the two versions took too long or too much memory. Nothing was changed. Try again when less is going on.',
    { cause, details: { reason: 'too-hard' } },
  );
}

/**
 * Carries marks in a thread of its own, so that nobody's keystrokes wait for it; one at a time in this process.
 * @throws AppError `unavailable` when time or memory run out, or too many wait; the signal's reason when it aborts.
 */
export function runCarry(
  job: CarryJob,
  options: { signal?: AbortSignal; workerPath?: string } = {},
): Promise<CarriedTarget[][]> {
  const { signal, workerPath = path.join(process.cwd(), 'dist', 'carry-worker.mjs') } = options;
  return slots(async () => {
    signal?.throwIfAborted();
    if (existsSync(workerPath))
      return inWorker(workerPath, job, { signal, timeoutMs: TIME, maxMegabytes: 768, tooHard });
    if (env().NODE_ENV === 'production')
      throw new Error(
        `The carrier is not built: ${path.basename(workerPath)} is missing. Run npm run build.`,
      );
    return carryJob(job);
  }, signal);
}
