import { parentPort, workerData } from 'node:worker_threads';
import { answerLater } from './in-worker';
import { type ReadJob, readJob } from './read-job';

parentPort?.postMessage(await answerLater(() => readJob(workerData as ReadJob)));
