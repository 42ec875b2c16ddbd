import { parentPort, workerData } from 'node:worker_threads';
import { isPdf } from './import-file';
import { answerLater } from './in-worker';
import { limitBuffers } from './limit-buffers';
import { TOO_MUCH_UNPACKED } from './pdf-pages';
import { type ReadJob, readJob } from './read-job';

/** Bytes of a PDF: far more than a page of print has, and than all pages of a book. */
const PDF_LIMITS = { one: 16 * 1_048_576, all: 2_048 * 1_048_576 };

const job = workerData as ReadJob;
const tell = (answer: Awaited<ReturnType<typeof answerLater>>) => parentPort?.postMessage(answer);
// A PDF is read by a library that unpacks all it is told to. The first answer counts, and ends this thread.
if (job.kind === 'file' && isPdf(job.bytes))
  limitBuffers(PDF_LIMITS, () => tell({ fault: TOO_MUCH_UNPACKED }));
tell(await answerLater(() => readJob(job)));
