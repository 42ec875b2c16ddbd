import * as Y from 'yjs';
import { couldBeBetween, couldBeFirst, couldBeLast } from './between';
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
  #lefts: Set<string | Holder> | null = null;
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
    else if (goesOn(added.last, struct, left)) {
      // What was typed in one go: nothing can have come between.
      added.count++;
      added.last = struct;
      return;
    }
    if (
      right === null
        ? left !== null && !couldBeLast(left)
        : left === null && !couldBeFirst(right, struct.rightClock)
    ) {
      throw new Refusal('a place between two that are not in order');
    }
    if (left instanceof Y.Item) this.#walk(left, struct, right);
    else if (left === null) this.#walkFromStart(struct, holder);
    // Yjs passes over what else is new only where it came beside the same left neighbour.
    const beside = left === null ? holder : `${struct.leftClient}:${struct.leftClock}`;
    this.#lefts ??= new Set();
    if (this.#lefts.has(beside)) this.#spend(added?.count ?? 0);
    else this.#lefts.add(beside);
    if (added === undefined) return;
    added.count++;
    added.last = struct;
  }

  #walk(left: Y.Item, struct: Struct, right: Spot | null): void {
    const { leftClock, before, beforeClock } = struct;
    if (areNeighbours(left, leftClock, before, beforeClock)) return;
    const step = () => this.#spend(1);
    if (before !== null && right === before) {
      if (couldBeBetween(left, leftClock, before, beforeClock, step)) return;
      throw new Refusal('a place between two that are not in order');
    }
    for (let at = left.right; at !== null && at !== before; at = at.right) step();
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

/** Whether it was put right after the last one, before the same neighbour. */
function goesOn(last: Struct, struct: Struct, left: Spot | null): boolean {
  return (
    left === last &&
    struct.leftClock === last.end - 1 &&
    struct.rightClient === last.rightClient &&
    struct.rightClock === last.rightClock
  );
}
