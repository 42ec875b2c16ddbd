/** What a person is refused a socket for. */
export type Excess = 'too many sockets' | 'too many rooms a minute';

type Use = { open: number; joined: number };

/** Counts the sockets of each person in this process: how many are open, and how many were opened this minute. */
export class Allowance {
  readonly #limits: () => { sockets: number; joins: number };
  readonly #now: () => number;
  readonly #people = new Map<string, Use>();
  #minute = 0;

  /** `limits`: sockets open at once, and rooms joined a minute. `now` answers ms. */
  constructor(limits: () => { sockets: number; joins: number }, now: () => number = Date.now) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts one more socket of a person, or says why it may not be. */
  take(userId: string): Excess | null {
    this.#turn();
    const use = this.#people.get(userId) ?? { open: 0, joined: 0 };
    const { sockets, joins } = this.#limits();
    if (use.open >= sockets) return 'too many sockets';
    if (use.joined >= joins) return 'too many rooms a minute';
    this.#people.set(userId, { open: use.open + 1, joined: use.joined + 1 });
    return null;
  }

  /** Gives a socket back. */
  leave(userId: string): void {
    const use = this.#people.get(userId);
    if (use !== undefined) this.#people.set(userId, { ...use, open: use.open - 1 });
  }

  /** With a new minute the joins begin anew, and who has no socket is forgotten. */
  #turn(): void {
    const minute = Math.floor(this.#now() / 60_000);
    if (minute === this.#minute) return;
    this.#minute = minute;
    for (const [userId, { open }] of this.#people) {
      if (open > 0) this.#people.set(userId, { open, joined: 0 });
      else this.#people.delete(userId);
    }
  }
}
