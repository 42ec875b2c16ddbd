import * as Y from 'yjs';
import type { DocumentView } from './document-view';
import { LIMITS } from './limits';
import { Refusal } from './refusal';
import { areNeighbours, type Spot } from './spot';
import { type Holder, Struct } from './struct';

/** Thrown when an update causes more work than is done at once. The rest is left for the next time. */
export class TooMuchWork extends Error {}

/**
 * Counts what it will cost Yjs to find the place of each new item: it walks from the left neighbour to the right one,
 * which a crafted update can make long for each of thousands of items. On the way it is seen whether the two are in
 * order: Yjs would put the item somewhere all the same, and somewhere else when the note is loaded again.
 */
export class Work {
  readonly #view: DocumentView;
  /** Of each holder, how many came new so far, and the last of them. */
  readonly #added = new Map<Holder, { count: number; last: Struct }>();
  /** The left neighbours that something new came beside. */
  readonly #lefts = new Set<string | Holder>();
  #steps: number;

  constructor(view: DocumentView, steps: number = LIMITS.steps) {
    this.#view = view;
    this.#steps = steps;
  }

  /** @throws Refusal when the two are in the document and out of order. @throws TooMuchWork */
  place(struct: Struct, holder: Holder, left: Spot | null, right: Spot | null): void {
    struct.before = right instanceof Struct ? right.before : right instanceof Y.Item ? right : null;
    struct.beforeClock = right instanceof Struct ? right.beforeClock : struct.rightClock;
    const added = this.#added.get(holder);
    if (added === undefined) this.#added.set(holder, { count: 1, last: struct });
    else if (left === added.last && struct.leftClock === added.last.end - 1) {
      // What was typed in one go: nothing can have come between.
      added.count++;
      added.last = struct;
      return;
    }
    if (left instanceof Y.Item) this.#walk(left, struct);
    else if (left === null) this.#walkFromStart(struct, holder);
    // Yjs passes over what else is new only where it came beside the same left neighbour.
    const beside = left === null ? holder : `${struct.leftClient}:${struct.leftClock}`;
    if (this.#lefts.has(beside)) this.#spend(added?.count ?? 0);
    else this.#lefts.add(beside);
    if (added === undefined) return;
    added.count++;
    added.last = struct;
  }

  #walk(left: Y.Item, struct: Struct): void {
    const { leftClock, before: right, beforeClock } = struct;
    if (areNeighbours(left, leftClock, right, beforeClock)) return;
    if (left === right) {
      if (beforeClock <= leftClock) throw new Refusal('a place between two that are not in order');
      return;
    }
    let at = left.right;
    while (at !== null && at !== right) {
      this.#spend(1);
      at = at.right;
    }
    if (at !== right) throw new Refusal('a place between two that are not in order');
  }

  #walkFromStart(struct: Struct, holder: Holder): void {
    const type = this.#view.typeOf(holder);
    if (type === null) return;
    if (struct.key !== null) {
      for (let at = type._map.get(struct.key) ?? null; at !== null; at = at.left) this.#spend(1);
      return;
    }
    for (let at = type._start; at !== null && at !== struct.before; at = at.right) this.#spend(1);
  }

  #spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new TooMuchWork();
  }
}
