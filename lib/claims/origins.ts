import { circlesAnd } from './circles';
import { leastCover } from './least-cover';

type Id = string;

/** `sourceId` takes its facts from `originId`. */
export type OriginLink = { readonly sourceId: Id; readonly originId: Id };

export type Origins = {
  /** How many sources there are, each once. */
  readonly sources: number;
  /** The sources as groups that each share a root: one group is one independent origin. */
  readonly roots: Id[][];
  /** For each group the source it comes down to, which may be none of the given; several where that is a circle. */
  readonly origins: Id[][];
  /** Circles among the sources and what they derive from: none of those in one can be the first. */
  readonly cycles: Id[][];
};

/**
 * How many independent origins sources have ("4 sources, 1 origin").
 *
 * A root is a source that derives from nothing; one nobody said anything about is its own. A circle that leads nowhere
 * else is one root: something outside began it, and nothing says that it was more than one thing. A source has every root
 * that a chain of links reaches.
 *
 * The count is the least number of roots such that every source has one of them: so few origins are enough for all of it to
 * be written. It follows that sources with a common root never count twice, that an article which draws on two reports
 * adds nothing to them, and counts as one where it stands alone, and that another source never makes the number smaller,
 * nor bigger by more than one. A source of several chosen roots stands with the one that has most of the others. Ids decide
 * between equals, so that the answer hangs on neither order.
 *
 * Whoever asks for many claims gives the same array of links each time, not changed in between: what is made of it is kept.
 */
export function originsOf(sourceIds: readonly Id[], links: readonly OriginLink[]): Origins {
  const ids = [...new Set(sourceIds)].sort();
  const { circleOf, originsOfCircle } = circlesAnd(ids, links);
  const rootsOf = new Map<Id, Set<Id>>();
  // The circles come with what they lead to first.
  for (const [name, leadsTo] of originsOfCircle) {
    const roots = new Set(leadsTo.flatMap((next) => [...(rootsOf.get(next) ?? [])]));
    rootsOf.set(name, roots.size === 0 ? new Set([name]) : roots);
  }
  const has = new Map(ids.map((id) => [id, rootsOf.get(nameOf(circleOf, id)) ?? new Set<Id>()]));
  const groups = leastCover(has);
  return {
    sources: ids.length,
    roots: groups.map(({ members }) => members),
    origins: groups.map(({ root }) => circleOf.get(root) ?? [root]),
    cycles: [...new Set(circleOf.values())].filter((circle) => circle.length > 1).sort(byFirst),
  };
}

const nameOf = (circleOf: ReadonlyMap<Id, readonly Id[]>, id: Id): Id => circleOf.get(id)?.[0] ?? id;
const byFirst = ([a = '']: readonly Id[], [b = '']: readonly Id[]) => (a < b ? -1 : 1);
