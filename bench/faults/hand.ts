import { newId } from '../../lib/new-id';
import type { SyncPair } from '../../tests/support/sync-pair';
import type { SyncPlace } from '../../tests/support/sync-processes';
import { pause } from './waiting';

/** An answer that takes longer is given up, and asked for again. */
const PATIENCE_MS = 15_000;

/**
 * Somebody who marks passages and comments on them through the API, one after the other. What was not answered is sent
 * again under the same id, to the other server, as a page does.
 */
export class Hand {
  readonly annotations: string[] = [];
  readonly comments: string[] = [];
  /** Answers other than yes and "not now" (503), by what they were. */
  readonly faults: string[] = [];
  /** How long the slowest answer of any kind took, and the slowest "not now", since they were last set to 0, ms. */
  slowest = 0;
  slowestRefusal = 0;
  refusals = 0;
  readonly #place: SyncPlace;
  readonly #pair: SyncPair;
  readonly #token: string;
  readonly #sourceId: string;
  #home: number;
  #going: Promise<void> | null = null;
  #isOn = false;

  constructor(
    place: SyncPlace,
    pair: SyncPair,
    { person, home, sourceId }: { person: number; home: number; sourceId: string },
  ) {
    this.#place = place;
    this.#pair = pair;
    this.#token = place.tokens[person % place.tokens.length] ?? '';
    this.#home = home;
    this.#sourceId = sourceId;
  }

  begin(everyMs: number): void {
    this.#isOn = true;
    this.#going ??= this.#go(everyMs);
  }

  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#going;
    this.#going = null;
  }

  async #go(everyMs: number): Promise<void> {
    while (this.#isOn) {
      const [id, threadId, commentId] = [newId(), newId(), newId()];
      const selector = [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }];
      const mark = { id, sourceId: this.#sourceId, motivation: 'highlighting', selector };
      if (await this.#send('annotations', mark)) this.annotations.push(id);
      await pause(everyMs);
      const thread = { id: threadId, commentId, sourceId: this.#sourceId, text: 'Who says so?' };
      if (this.#isOn && (await this.#send('threads', thread))) this.comments.push(commentId);
      await pause(everyMs);
    }
  }

  /** Tries until it is taken, or is refused for good, or nobody goes on. */
  async #send(noun: string, body: object): Promise<boolean> {
    do {
      const answer = await this.#attempt(noun, body);
      if (answer === 200 || answer === 201) return true;
      if (typeof answer === 'number' && answer !== 503) {
        this.faults.push(`${noun} ${answer}`);
        return false;
      }
      this.#home = 1 - this.#home;
      await pause(150);
    } while (this.#isOn);
    return false;
  }

  async #attempt(noun: string, body: object): Promise<number | string> {
    const start = performance.now();
    try {
      const response = await fetch(
        `${this.#pair.at(this.#home).url}/api/projects/${this.#place.projectId}/${noun}`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(PATIENCE_MS),
        },
      );
      await response.arrayBuffer();
      if (response.status === 503) {
        this.refusals++;
        this.slowestRefusal = Math.max(this.slowestRefusal, performance.now() - start);
      }
      return response.status;
    } catch (error) {
      // Nobody listens there, or the answer broke off: whether it was done is not known, so it is asked again.
      return (error as Error).name;
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - start);
    }
  }
}
