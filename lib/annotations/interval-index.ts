/** Something that covers part of a text: UTF-16 units, end exclusive. */
export type Interval = { readonly id: string; readonly start: number; readonly end: number };

/** Intervals in one leaf after building; a leaf that grows to twice as many is halved. */
const LEAF = 64;

/**
 * Intervals by id; insertion and removal take logarithmic time, questions that and what they find.
 * Leaves of neighbours ordered by (start, id) lie under a binary tree of their furthest ends, kept in one flat array:
 * building it for 20,000 marks makes a few hundred objects, where a node a mark would be felt at the first paint.
 */
export class IntervalIndex<T extends Interval = Interval> {
  #leaves: T[][] = [];
  /** A heap: node i has children 2i and 2i+1, leaf k is at `#width + k`. Each holds the furthest end below it. */
  #reach: number[] = [];
  #width = 1;
  readonly #byId = new Map<string, T>();

  /** Builds an index of many intervals at once, faster than one by one; of equal ids the last one counts. */
  static of<T extends Interval>(items: readonly T[]): IntervalIndex<T> {
    const index = new IntervalIndex<T>();
    for (const item of items) index.#byId.set(item.id, item);
    const all = sorted(index.#byId.size === items.length ? items : [...index.#byId.values()]);
    for (let from = 0; from < all.length; from += LEAF) index.#leaves.push(all.slice(from, from + LEAF));
    index.#grow();
    return index;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  values(): IterableIterator<T> {
    return this.#byId.values();
  }

  /** Adds an interval; one with the same id is replaced. */
  insert(item: T): void {
    this.remove(item.id);
    this.#byId.set(item.id, item);
    const at = this.#leafFor(item);
    const leaf = this.#leaves[at];
    if (leaf === undefined) {
      this.#leaves.push([item]);
      this.#grow();
      return;
    }
    leaf.splice(placeIn(leaf, item), 0, item);
    if (leaf.length < LEAF * 2) {
      this.#measure(at);
      return;
    }
    this.#leaves.splice(at + 1, 0, leaf.splice(LEAF));
    this.#grow();
  }

  /** Takes an interval out and returns it; `undefined` when there is none of this id. */
  remove(id: string): T | undefined {
    const item = this.#byId.get(id);
    if (item === undefined) return undefined;
    this.#byId.delete(id);
    const at = this.#leafFor(item);
    const leaf = this.#leaves[at] as T[];
    leaf.splice(placeIn(leaf, item), 1);
    if (leaf.length > 0) this.#measure(at);
    else {
      this.#leaves.splice(at, 1);
      this.#grow();
    }
    return item;
  }

  /** The intervals that share at least one unit with start..end, by their starts. */
  overlapping(start: number, end: number): T[] {
    const found: T[] = [];
    if (start < end) this.#collect(1, start, end, found);
    return found;
  }

  /** The intervals that hold the unit at this offset, the shortest first (of equal length: the later start first). */
  containing(offset: number): T[] {
    return this.overlapping(offset, offset + 1).sort(
      (a, b) => a.end - a.start - (b.end - b.start) || b.start - a.start || compare(a, b),
    );
  }

  /** Walks the tree of ends; `false` once everything further on begins after the question's end. */
  #collect(node: number, start: number, end: number, found: T[]): boolean {
    if ((this.#reach[node] ?? 0) <= start) return true;
    if (node < this.#width)
      return this.#collect(2 * node, start, end, found) && this.#collect(2 * node + 1, start, end, found);
    for (const item of this.#leaves[node - this.#width] ?? []) {
      if (item.start >= end) return false;
      if (item.end > start) found.push(item);
    }
    return true;
  }

  /** The last leaf whose first interval does not come after this one. */
  #leafFor(item: Interval): number {
    let low = 1;
    let high = this.#leaves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const first = this.#leaves[middle]?.[0];
      if (first !== undefined && compare(first, item) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Measures all ends anew after leaves came or went, which happens once in many insertions. */
  #grow(): void {
    this.#width = 1;
    while (this.#width < this.#leaves.length) this.#width *= 2;
    this.#reach = new Array<number>(2 * this.#width).fill(0);
    this.#leaves.forEach((leaf, at) => {
      this.#reach[this.#width + at] = furthest(leaf);
    });
    for (let node = this.#width - 1; node >= 1; node -= 1) this.#lift(node);
  }

  #measure(leaf: number): void {
    let node = this.#width + leaf;
    this.#reach[node] = furthest(this.#leaves[leaf] ?? []);
    for (node >>= 1; node >= 1; node >>= 1) this.#lift(node);
  }

  #lift(node: number): void {
    this.#reach[node] = Math.max(this.#reach[2 * node] ?? 0, this.#reach[2 * node + 1] ?? 0);
  }
}

function compare(a: Interval, b: Interval): number {
  if (a.start !== b.start) return a.start - b.start;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function furthest(leaf: readonly Interval[]): number {
  let end = 0;
  for (const item of leaf) if (item.end > end) end = item.end;
  return end;
}

/** Where an interval stands in a leaf, or would. */
function placeIn(leaf: readonly Interval[], item: Interval): number {
  let low = 0;
  let high = leaf.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(leaf[middle] as Interval, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorts by (start, id), through one array of numbers: several times faster than comparing objects. */
function sorted<T extends Interval>(items: readonly T[]): T[] {
  const count = items.length;
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at += 1) keys[at] = (items[at] as T).start * count + at;
  keys.sort();
  const ordered = new Array<T>(count);
  for (let at = 0; at < count; at += 1) ordered[at] = items[(keys[at] as number) % count] as T;
  // Ties are few and short as a rule: putting each in place beats a sort of every group.
  for (let at = 1; at < count; at += 1) {
    const item = ordered[at] as T;
    let to = at;
    while (to > 0 && compare(ordered[to - 1] as T, item) > 0) to -= 1;
    if (to < at) {
      ordered.copyWithin(to + 1, to, at);
      ordered[to] = item;
    }
  }
  return ordered;
}
