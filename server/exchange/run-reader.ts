import { existsSync } from 'node:fs';
import path from 'node:path';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import { inWorker } from '../sources/in-worker';
import { createSlots } from '../sources/slots';
import { type FileRead, type ReadJob, readFile } from './read-job';

const MEGABYTES = 512;
const MOST_MS = 30_000;
const slots = createSlots(1, 8);

const tooHard = (cause?: unknown) =>
  new AppError('invalid', 'Reading this took too long or too much memory. Bring it in in parts.', { cause });

/**
 * Reads a file that is brought in, in a thread of its own that is ended when its time or memory is used up.
 * @throws AppError as `readFile` does, or when it is too hard; the signal's reason.
 */
export function runReader(job: ReadJob, signal?: AbortSignal): Promise<FileRead> {
  const file = path.join(process.cwd(), 'dist', 'exchange-worker.mjs');
  return slots(async () => {
    signal?.throwIfAborted();
    if (existsSync(file))
      return inWorker<FileRead>(file, job, {
        ...(signal && { signal }),
        timeoutMs: MOST_MS,
        maxMegabytes: MEGABYTES,
        tooHard,
      });
    if (env().NODE_ENV === 'production')
      throw new Error(
        'The reader of imports is not built: exchange-worker.mjs is missing. Run npm run build.',
      );
    return readFile(job);
  }, signal);
}
