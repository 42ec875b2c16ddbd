import { parentPort, workerData } from 'node:worker_threads';
import { type AgreementJob, agreementOf } from '../../lib/agreement/agreement-of';
import { finish } from '../../lib/agreement/bootstrap';
import { answerOf } from '../sources/in-worker';

parentPort?.postMessage(answerOf(() => finish(agreementOf(workerData as AgreementJob))));
