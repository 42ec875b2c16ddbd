import { type ChainedEntry, canonicalText, NO_HASH, personalText } from './entry';

/** What is wrong with a chain, from the first place on that it is seen at. */
export type ChainFault = { readonly nr: number; readonly what: string };

/** Where a chain ends, by its own account. */
export type ChainHead = { readonly nr: number; readonly hash: string };

/**
 * Goes along a chain, entry by entry in the order of their numbers. `digest` answers a text's SHA-256, hexadecimal; `erased` are the
 * people who erased themselves, whose names entries lose.
 */
export class ChainCheck {
  readonly #chain: string;
  readonly #digest: (text: string) => string;
  readonly #erased: ReadonlySet<string>;
  #nr = 0;
  #hash = NO_HASH;
  #unnamed = 0;
  readonly faults: ChainFault[] = [];

  constructor(chain: string, digest: (text: string) => string, erased: ReadonlySet<string> = new Set()) {
    this.#chain = chain;
    this.#digest = digest;
    this.#erased = erased;
  }

  /** Entries without their names, because somebody of them was erased: all else of them is as it was written, or, of older ones, only their place. */
  get unnamed(): number {
    return this.#unnamed;
  }

  /** How far it went. */
  get head(): ChainHead {
    return { nr: this.#nr, hash: this.#hash };
  }

  take(entry: ChainedEntry): void {
    const { nr, prevHash, hash } = entry;
    if (nr !== this.#nr + 1) this.#fault(this.#nr + 1, missing(this.#nr + 1, nr - 1));
    // After a gap nobody knows what stood before.
    else if (prevHash !== this.#hash)
      this.#fault(
        nr,
        `entry ${nr} does not follow the one before it: they were put in another order, or one was put in`,
      );
    this.#read(entry);
    this.#nr = nr;
    this.#hash = hash;
  }

  #read(entry: ChainedEntry): void {
    const { nr, prevHash, hash, salt, personal, actor, subjectId } = entry;
    const isErased = [actor.id, subjectId].some((id) => id !== null && this.#erased.has(id));
    const fits = this.#digest(canonicalText(this.#chain, entry, prevHash)) === hash;
    const isNamed = salt === null ? personal === null : this.#digest(personalText(salt, entry)) === personal;
    if (fits && isNamed) return;
    if (isErased && salt === null && (fits || personal === null)) this.#unnamed += 1;
    else if (fits && salt === null)
      this.#fault(nr, `entry ${nr} lost its names, and nobody of it was erased`);
    else this.#fault(nr, `entry ${nr} was changed after it was written`);
  }

  /** Compares where the entries end with where they should: the last ones may be gone. */
  end(head: ChainHead | null): readonly ChainFault[] {
    if (head === null) this.#fault(1, 'the chain has entries, and no record of where it ends');
    else if (head.nr > this.#nr) this.#fault(this.#nr + 1, missing(this.#nr + 1, head.nr));
    else if (head.nr < this.#nr || head.hash !== this.#hash)
      this.#fault(head.nr, `the record of where the chain ends (entry ${head.nr}) is not of this chain`);
    return this.faults;
  }

  #fault(nr: number, what: string): void {
    this.faults.push({ nr, what });
  }
}

function missing(first: number, last: number): string {
  return first === last ? `entry ${first} is missing` : `entries ${first} to ${last} are missing`;
}
