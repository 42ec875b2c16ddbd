import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import type { WorkerAnswer } from '../sources/in-worker';
import { type Asked, Holder, type Told } from './holder';

/** ms for one answer; beginning with the largest passes takes seconds. */
const TIME = 120_000;
/** ms without a question after which the thread ends and its memory is free. */
const IDLE = 600_000;
const LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 };

/** Something that keeps passes and answers for them. `ended` says that it does not any more. */
export type Thread = {
  readonly ask: (asked: Asked) => Promise<Told>;
  readonly forget: (key: string) => void;
  readonly ended: boolean;
};

/** A thread that keeps passes, so that nobody's keystrokes wait for figures; where programs are not built, this one does. */
export function startThread(): Thread {
  const file = path.join(process.cwd(), 'dist', 'standing-worker.mjs');
  if (existsSync(file)) return new OfWorker(file);
  if (env().NODE_ENV === 'production')
    throw new Error('The worker for agreement is not built. Run npm run build.');
  const holder = new Holder();
  return { ask: async (asked) => holder.tell(asked), forget: (key) => holder.forget(key), ended: false };
}

type Waiting = { readonly resolve: (told: Told) => void; readonly reject: (error: unknown) => void };

class OfWorker implements Thread {
  ended = false;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#worker = new Worker(file, { env: {}, execArgv: [], resourceLimits: LIMITS });
    this.#worker.unref();
    this.#worker.on('message', ({ id, said }: { id: number; said: WorkerAnswer<Told> }) =>
      this.#hear(id, said),
    );
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end());
  }

  ask(asked: Asked): Promise<Told> {
    const id = this.#asked++;
    return new Promise<Told>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, asked });
      this.#watch();
    });
  }

  forget(key: string): void {
    if (!this.ended) this.#worker.postMessage({ forget: key });
  }

  #hear(id: number, said: WorkerAnswer<Told>): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#watch();
    if ('answer' in said) waiting?.resolve(said.answer);
    else if ('fault' in said) waiting?.reject(new AppError(said.fault.code, said.fault.message));
    else waiting?.reject(new Error(`A worker failed: ${said.crash}`));
  }

  /** Ends the thread when an answer takes too long, or nobody asks any more. */
  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), this.#waiting.size > 0 ? TIME : IDLE);
    this.#timer.unref();
  }

  #end(cause?: unknown): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.#timer);
    void this.#worker.terminate();
    for (const { reject } of this.#waiting.values())
      reject(
        new AppError(
          'unavailable',
          'Computing agreement took too long or too much memory. Choose one source or one code, or try again later.',
          { cause, details: { reason: 'too-hard' } },
        ),
      );
    this.#waiting.clear();
  }
}
