import { parentPort } from 'node:worker_threads';
import { answerOf } from '../sources/in-worker';
import { type Asked, Holder } from './holder';

const holder = new Holder();

parentPort?.on('message', (message: { id: number; asked: Asked } | { forget: string }) => {
  if ('forget' in message) holder.forget(message.forget);
  else parentPort?.postMessage({ id: message.id, said: answerOf(() => holder.tell(message.asked)) });
});
