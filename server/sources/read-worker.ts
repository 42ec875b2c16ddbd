import { parentPort, workerData } from 'node:worker_threads';
import { answerOf } from './in-worker';
import { type ReadJob, readJob } from './read-job';

parentPort?.postMessage(answerOf(() => readJob(workerData as ReadJob)));
