import { parentPort, workerData } from 'node:worker_threads';
import { answerOf } from '../sources/in-worker';
import { type ReadJob, readFile } from './read-job';

parentPort?.postMessage(answerOf(() => readFile(workerData as ReadJob)));
