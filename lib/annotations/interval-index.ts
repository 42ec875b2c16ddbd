/** Something that covers part of a text: UTF-16 units, end exclusive. */
export type Interval = { readonly id: string; readonly start: number; readonly end: number };

type Tree<T> = {
  readonly item: T;
  left: Tree<T> | null;
  right: Tree<T> | null;
  size: number;
  /** The furthest end in this subtree: what a query prunes by. */
  reach: number;
};

/**
 * Intervals by id, with logarithmic insertion and removal, and questions that cost the logarithm plus what they find.
 * A search tree by (start, id) in random balance: merging picks each root with the chance its size gives it.
 */
export class IntervalIndex<T extends Interval = Interval> {
  #root: Tree<T> | null = null;
  readonly #byId = new Map<string, T>();
  #state = 0x9e3779b9;

  /** Builds an index of many intervals at once, faster than one by one; of equal ids the last one counts. */
  static of<T extends Interval>(items: readonly T[]): IntervalIndex<T> {
    const index = new IntervalIndex<T>();
    for (const item of items) index.#byId.set(item.id, item);
    const all = [...index.#byId.values()];
    index.#root = balanced(sorted(all), 0, all.length);
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
    const [before, after] = split(this.#root, item);
    this.#root = this.#merge(this.#merge(before, leaf(item)), after);
  }

  /** Takes an interval out and returns it; `undefined` when there is none of this id. */
  remove(id: string): T | undefined {
    const item = this.#byId.get(id);
    if (item === undefined) return undefined;
    this.#byId.delete(id);
    this.#root = this.#without(this.#root, item);
    return item;
  }

  /** The intervals that share at least one unit with start..end, by their starts. */
  overlapping(start: number, end: number): T[] {
    const found: T[] = [];
    if (start < end) collect(this.#root, start, end, found);
    return found;
  }

  /** The intervals that hold the unit at this offset, the shortest first (of equal length: the later start first). */
  containing(offset: number): T[] {
    return this.overlapping(offset, offset + 1).sort(
      (a, b) => a.end - a.start - (b.end - b.start) || b.start - a.start || compare(a, b),
    );
  }

  #without(tree: Tree<T> | null, item: T): Tree<T> | null {
    if (tree === null) return null;
    const order = compare(item, tree.item);
    if (order === 0) return this.#merge(tree.left, tree.right);
    if (order < 0) tree.left = this.#without(tree.left, item);
    else tree.right = this.#without(tree.right, item);
    return measure(tree);
  }

  #merge(a: Tree<T> | null, b: Tree<T> | null): Tree<T> | null {
    if (a === null) return b;
    if (b === null) return a;
    // xorshift32: a seeded source of chance is enough for balance, and every run is the same.
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    if ((x >>> 0) % (a.size + b.size) < a.size) {
      a.right = this.#merge(a.right, b);
      return measure(a);
    }
    b.left = this.#merge(a, b.left);
    return measure(b);
  }
}

function compare(a: Interval, b: Interval): number {
  if (a.start !== b.start) return a.start - b.start;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function leaf<T extends Interval>(item: T): Tree<T> {
  return { item, left: null, right: null, size: 1, reach: item.end };
}

function measure<T extends Interval>(tree: Tree<T>): Tree<T> {
  const { left, right } = tree;
  tree.size = 1 + (left?.size ?? 0) + (right?.size ?? 0);
  tree.reach = Math.max(tree.item.end, left?.reach ?? 0, right?.reach ?? 0);
  return tree;
}

function split<T extends Interval>(tree: Tree<T> | null, item: T): [Tree<T> | null, Tree<T> | null] {
  if (tree === null) return [null, null];
  if (compare(tree.item, item) < 0) {
    const [before, after] = split(tree.right, item);
    tree.right = before;
    return [measure(tree), after];
  }
  const [before, after] = split(tree.left, item);
  tree.left = after;
  return [before, measure(tree)];
}

/** Sorts by start through one array of numbers, which is several times faster than comparing objects. */
function sorted<T extends Interval>(items: readonly T[]): T[] {
  const count = items.length;
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at += 1) keys[at] = (items[at] as T).start * count + at;
  keys.sort();
  const ordered = Array.from(keys, (key) => items[key % count] as T);
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && (ordered[to] as T).start === (ordered[from] as T).start) to += 1;
    if (to - from > 1) {
      const equal = ordered.slice(from, to).sort(compare);
      for (let at = from; at < to; at += 1) ordered[at] = equal[at - from] as T;
    }
    from = to;
  }
  return ordered;
}

function balanced<T extends Interval>(items: readonly T[], from: number, to: number): Tree<T> | null {
  if (from >= to) return null;
  const middle = (from + to) >> 1;
  const tree = leaf(items[middle] as T);
  tree.left = balanced(items, from, middle);
  tree.right = balanced(items, middle + 1, to);
  return measure(tree);
}

function collect<T extends Interval>(tree: Tree<T> | null, start: number, end: number, found: T[]): void {
  if (tree === null || tree.reach <= start) return;
  collect(tree.left, start, end, found);
  if (tree.item.start >= end) return;
  if (tree.item.end > start) found.push(tree.item);
  collect(tree.right, start, end, found);
}
