type Id = string;

export type Group = { readonly root: Id; readonly members: Id[] };

/** Steps the search for a smaller cover may take: far more than people's links need, and a fraction of a second. */
const STEPS = 5_000;

/**
 * The fewest roots such that every source has one of them, each with the sources that stand under it; the groups and their
 * members are in order of ids. (A least hitting set. Where links are so entangled that it is not found within `STEPS`, the
 * smallest cover found by then.)
 */
export function leastCover(has: ReadonlyMap<Id, ReadonlySet<Id>>): Group[] {
  const sets = minimal([...has.values()]);
  const chosen = search(sets);
  const size = new Map(chosen.map((root) => [root, [...has.values()].filter((set) => set.has(root)).length]));
  const largestFirst = [...chosen].sort(
    (a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  const members = new Map<Id, Id[]>(chosen.map((root) => [root, []]));
  for (const id of [...has.keys()].sort()) {
    const root = largestFirst.find((one) => has.get(id)?.has(one));
    if (root !== undefined) members.get(root)?.push(id);
  }
  return [...members]
    .map(([root, under]) => ({ root, members: under }))
    .filter((group) => group.members.length > 0)
    .sort((a, b) => ((a.members[0] as Id) < (b.members[0] as Id) ? -1 : 1));
}

/** The sets that contain no other, each once, in an order that hangs on what is in them alone: who covers these covers all. */
function minimal(sets: readonly ReadonlySet<Id>[]): Id[][] {
  const unique = new Map(sets.map((set) => [[...set].sort().join(' '), set]));
  const ordered = [...unique]
    .sort(([a, one], [b, other]) => one.size - other.size || (a < b ? -1 : 1))
    .map(([, set]) => set);
  const kept: ReadonlySet<Id>[] = [];
  for (const set of ordered)
    if (!kept.some((smaller) => [...smaller].every((root) => set.has(root)))) kept.push(set);
  return kept.map((set) => [...set].sort());
}

function search(sets: readonly Id[][]): Id[] {
  let best = greedy(sets);
  let steps = 0;
  const go = (left: readonly Id[][], chosen: readonly Id[]): void => {
    steps += 1;
    const [first] = left;
    if (first === undefined) {
      if (chosen.length < best.length) best = [...chosen];
      return;
    }
    if (steps > STEPS || chosen.length + apart(left) >= best.length) return;
    for (const root of first)
      go(
        left.filter((set) => !set.includes(root)),
        [...chosen, root],
      );
  };
  go(sets, []);
  return best.sort();
}

/** A cover, not always the least: the root that most sets have, again and again. */
function greedy(sets: readonly Id[][]): Id[] {
  const chosen: Id[] = [];
  for (let left = sets; left.length > 0; ) {
    const counts = new Map<Id, number>();
    for (const root of left.flat()) counts.set(root, (counts.get(root) ?? 0) + 1);
    const [most] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const root = (most as [Id, number])[0];
    chosen.push(root);
    left = left.filter((set) => !set.includes(root));
  }
  return chosen;
}

/** How many of these sets are apart from each other, at least: no cover has fewer roots. */
function apart(sets: readonly Id[][]): number {
  const taken = new Set<Id>();
  let count = 0;
  for (const set of sets) {
    if (set.some((root) => taken.has(root))) continue;
    count += 1;
    for (const root of set) taken.add(root);
  }
  return count;
}
