import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../lib/errors';
import type { Article } from './article';
import { type ReadJob, readJob } from './read-job';

/** What the worker answers: an error's class does not cross threads, so its parts do. */
export type ReadAnswer =
  | { readonly article: Article }
  | { readonly fault: { code: ErrorCode; message: string; details: Record<string, unknown> | undefined } }
  | { readonly crash: string };

function answer(job: ReadJob): ReadAnswer {
  try {
    return { article: readJob(job) };
  } catch (error) {
    if (error instanceof AppError)
      return { fault: { code: error.code, message: error.message, details: error.details } };
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(answer(workerData as ReadJob));
