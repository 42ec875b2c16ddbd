type Id = string;
type Links = readonly { readonly sourceId: Id; readonly originId: Id }[];

export type Circles = {
  /** The circle each source is in, in order of ids; a source in no circle is alone. Named by its first. */
  readonly circleOf: ReadonlyMap<Id, Id[]>;
  /** By name, the names of the other circles that each leads to; what is led to comes before what leads there. */
  readonly originsOfCircle: ReadonlyMap<Id, Id[]>;
};

/** The strongly connected parts of all that can be reached from these sources (Tarjan's algorithm, without recursion). */
export function circlesAnd(from: readonly Id[], links: Links): Circles {
  const next = nextBy(links);
  const circleOf = new Map<Id, Id[]>();
  const originsOfCircle = new Map<Id, Id[]>();
  const met = new Map<Id, number>();
  const low = new Map<Id, number>();
  const open: Id[] = [];
  const isOpen = new Set<Id>();

  const close = (id: Id) => {
    const circle = open.splice(open.lastIndexOf(id)).sort();
    for (const one of circle) {
      isOpen.delete(one);
      circleOf.set(one, circle);
    }
    const name = circle[0] as Id;
    const led = circle.flatMap((one) => next.get(one) ?? []).map((one) => circleOf.get(one)?.[0] as Id);
    originsOfCircle.set(name, [...new Set(led)].filter((one) => one !== name).sort());
  };

  const enter = (id: Id) => {
    met.set(id, met.size);
    low.set(id, met.size - 1);
    open.push(id);
    isOpen.add(id);
    return { id, left: [...(next.get(id) ?? [])] };
  };
  const lower = (id: Id, to: number) => low.set(id, Math.min(low.get(id) as number, to));

  for (const start of from) {
    if (met.has(start)) continue;
    const path = [enter(start)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const to = at.left.pop();
      if (to === undefined) {
        path.pop();
        const before = path.at(-1);
        if (before) lower(before.id, low.get(at.id) as number);
        if (low.get(at.id) === met.get(at.id)) close(at.id);
      } else if (!met.has(to)) path.push(enter(to));
      else if (isOpen.has(to)) lower(at.id, met.get(to) as number);
    }
  }
  return { circleOf, originsOfCircle };
}

/** A list of claims asks with the same links for each of them. */
const known = new WeakMap<Links, ReadonlyMap<Id, Id[]>>();

function nextBy(links: Links): ReadonlyMap<Id, Id[]> {
  const before = known.get(links);
  if (before !== undefined) return before;
  const next = new Map<Id, Id[]>();
  for (const { sourceId, originId } of links) {
    const origins = next.get(sourceId);
    if (origins === undefined) next.set(sourceId, [originId]);
    else origins.push(originId);
  }
  known.set(links, next);
  return next;
}
