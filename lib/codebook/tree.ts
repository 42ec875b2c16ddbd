import type { Code, CodeMove } from './code';
import { rankBetween } from './rank';

/** What a tree needs to know of a code. */
export type Placed = Pick<Code, 'id' | 'parentId' | 'rank'>;
/** A code in the order of the tree; `depth` is 0 at the top. */
export type TreeRow<T> = { readonly code: T; readonly depth: number; readonly children: readonly T[] };

/** The deepest a code may stand: further in, no line of text has room for it. */
export const MOST_DEPTH = 8;

function byRank(a: Placed, b: Placed): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1;
}

/** The codes under each code in their order, those at the top under `null`; one whose parent is missing is at the top. */
export function childrenOf<T extends Placed>(codes: readonly T[]): Map<string | null, T[]> {
  const ids = new Set(codes.map(({ id }) => id));
  const found = new Map<string | null, T[]>();
  for (const code of [...codes].sort(byRank)) {
    const parent = code.parentId !== null && ids.has(code.parentId) ? code.parentId : null;
    const siblings = found.get(parent);
    if (siblings === undefined) found.set(parent, [code]);
    else siblings.push(code);
  }
  return found;
}

/** All codes from top to bottom as the tree shows them, each once, whatever their parents say. */
export function treeOf<T extends Placed>(codes: readonly T[]): TreeRow<T>[] {
  const under = childrenOf(codes);
  const rows: TreeRow<T>[] = [];
  const seen = new Set<string>();
  const visit = (code: T, depth: number): void => {
    if (seen.has(code.id)) return;
    seen.add(code.id);
    const children = under.get(code.id) ?? [];
    rows.push({ code, depth, children });
    for (const child of children) visit(child, depth + 1);
  };
  for (const code of under.get(null) ?? []) visit(code, 0);
  // A page may know of half a move: what seems to stand under itself is shown at the top until the rest arrives.
  for (const code of codes) visit(code, 0);
  return rows;
}

/** A code and all that stand below it. */
export function subtreeOf(codes: readonly Placed[], id: string): Set<string> {
  const under = childrenOf(codes);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const child of under.get(next) ?? []) open.push(child.id);
  }
  return found;
}

/** The codes from the top down to this one, itself the last. */
export function pathTo<T extends Placed>(codes: readonly T[], id: string): T[] {
  const known = new Map(codes.map((code) => [code.id, code]));
  const path: T[] = [];
  for (let at = known.get(id); at !== undefined && !path.includes(at); at = known.get(at.parentId ?? ''))
    path.unshift(at);
  return path;
}

/**
 * The place that a move gives a code, or what is wrong with it: no code comes to stand below itself, or too deep.
 * `after` that does not stand there is taken as the end.
 */
export function placeOf(
  codes: readonly Placed[],
  id: string,
  { parentId, after }: CodeMove,
): { parentId: string | null; rank: string } | { fault: string } {
  if (parentId !== null) {
    if (!codes.some((code) => code.id === parentId))
      return { fault: 'The code it should stand under is not in the codebook any more.' };
    const below = subtreeOf(codes, id);
    if (below.has(parentId)) return { fault: 'A code can’t stand below itself.' };
    const height = Math.max(...[...below].map((each) => pathTo(codes, each).length), 0);
    const own = pathTo(codes, id).length;
    if (pathTo(codes, parentId).length + Math.max(height - own, 0) + 1 > MOST_DEPTH)
      return { fault: `A codebook is at most ${MOST_DEPTH} levels deep.` };
  }
  const siblings = (childrenOf(codes).get(parentId) ?? []).filter((code) => code.id !== id);
  const found = after == null ? -1 : siblings.findIndex((code) => code.id === after);
  const at = after === null ? -1 : found === -1 ? siblings.length - 1 : found;
  return {
    parentId,
    rank: rankBetween(siblings[at]?.rank ?? null, siblings[at + 1]?.rank ?? null),
  };
}

/** The code that this one stands behind among its siblings; `null` when it is the first. */
export function standsAfter(codes: readonly Placed[], id: string): string | null {
  const code = codes.find((one) => one.id === id);
  const siblings = childrenOf(codes).get(code?.parentId ?? null) ?? [];
  return siblings[siblings.findIndex((one) => one.id === id) - 1]?.id ?? null;
}

export type Step = 'up' | 'down' | 'in' | 'out';

/** The move that a step by keyboard means: past a sibling, under the one above, or out behind its parent; `null` where there is no way. */
export function stepOf(codes: readonly Placed[], id: string, step: Step): CodeMove | null {
  const under = childrenOf(codes);
  const code = codes.find((one) => one.id === id);
  if (code === undefined) return null;
  const parent = codes.find((one) => one.id === code.parentId);
  const siblings = under.get(parent?.id ?? null) ?? [];
  const at = siblings.findIndex((one) => one.id === id);
  const parentId = parent?.id ?? null;
  if (step === 'up') return at === 0 ? null : { parentId, after: siblings[at - 2]?.id ?? null };
  if (step === 'down') {
    const next = siblings[at + 1];
    return next === undefined ? null : { parentId, after: next.id };
  }
  if (step === 'out') return parent === undefined ? null : { parentId: parent.parentId, after: parent.id };
  const above = siblings[at - 1];
  return above === undefined ? null : { parentId: above.id };
}
