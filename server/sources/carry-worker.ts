import { parentPort, workerData } from 'node:worker_threads';
import { type CarryJob, carryJob } from './carry-job';
import { answerOf } from './in-worker';

parentPort?.postMessage(answerOf(() => carryJob(workerData as CarryJob)));
