import { database } from '../../db/client';
import { selectEndsIn } from '../../db/session-ends';
import type { Actor } from '../../lib/access/actor';
import { log } from '../log';

/** A timer takes no longer time (ms); it looks again then. */
const LONGEST = 24 * 3_600_000;
/** After the end as it was looked up, so that it has passed by the database's clock too (ms). */
const GRACE = 50;
/** How long it is kept in mind after its last socket went (ms): pages come back, and it need not be looked up again. */
const LINGER = 5_000;
/** How soon it looks again at what should have ended and still stands (ms). */
const AGAIN = 1_000;

type Held = {
  readonly via: Actor['via'];
  sockets: number;
  timer: NodeJS.Timeout | undefined;
  goodbye: NodeJS.Timeout | undefined;
};

/** One timer for each session and token that sockets stand open by, set to the moment it runs out by itself. */
export class RunOuts {
  readonly #held = new Map<string, Held>();
  readonly #judge: (viaId: string) => Promise<void>;

  /** `judge` judges what stands open by a session or token again. */
  constructor(judge: (viaId: string) => Promise<void>) {
    this.#judge = judge;
  }

  /** A socket was opened by it. */
  enter(via: Actor['via']): void {
    const known = this.#held.get(via.id);
    if (known !== undefined) {
      known.sockets += 1;
      clearTimeout(known.goodbye);
      return;
    }
    const held: Held = { via, sockets: 1, timer: undefined, goodbye: undefined };
    this.#held.set(via.id, held);
    this.#look(held, GRACE);
  }

  /** A socket of it was closed. */
  leave(viaId: string): void {
    const held = this.#held.get(viaId);
    if (held === undefined) return;
    held.sockets -= 1;
    if (held.sockets > 0) return;
    held.goodbye = setTimeout(() => {
      clearTimeout(held.timer);
      this.#held.delete(viaId);
    }, LINGER).unref();
  }

  close(): void {
    for (const { timer, goodbye } of this.#held.values()) {
      clearTimeout(timer);
      clearTimeout(goodbye);
    }
    this.#held.clear();
  }

  /** Sets the timer to when it ends as it stands now; `soonest` ms from now at the least. */
  #look(held: Held, soonest: number): void {
    const isHeld = () => this.#held.get(held.via.id) === held;
    selectEndsIn(database(), held.via)
      .then((ms) => {
        if (!isHeld() || ms === null) return;
        held.timer = setTimeout(
          () => {
            this.#judge(held.via.id)
              // What was used meanwhile ends later.
              .then(() => isHeld() && this.#look(held, AGAIN))
              .catch(failed);
          },
          Math.min(LONGEST, Math.max(soonest, ms + GRACE)),
        ).unref();
      })
      .catch(failed);
  }
}

function failed(error: Error): void {
  log.error({ err: error }, 'a session could not be watched for its end');
}
