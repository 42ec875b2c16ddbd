/** That a coder codes a source. */
export type Dealt = { readonly sourceId: string; readonly coderId: string };

/**
 * Gives each source to `perSource` coders (to all where there are fewer), so that the coders get as much as each other, give
 * or take one. What is `held` already stays and counts. Answers what is to be added. The same call gives the same answer.
 */
export function deal(
  sourceIds: readonly string[],
  coderIds: readonly string[],
  perSource: number,
  held: readonly Dealt[] = [],
): Dealt[] {
  const load = new Map(coderIds.map((id) => [id, 0]));
  const has = new Map<string, Set<string>>(sourceIds.map((id) => [id, new Set()]));
  for (const { sourceId, coderId } of held) {
    const of = has.get(sourceId);
    if (of === undefined || !load.has(coderId) || of.has(coderId)) continue;
    of.add(coderId);
    load.set(coderId, (load.get(coderId) ?? 0) + 1);
  }
  const added: Dealt[] = [];
  // Pairs of coders change from source to source: of equally loaded ones another begins each time.
  let turn = 0;
  for (const [sourceId, of] of has) {
    while (of.size < Math.min(perSource, coderIds.length)) {
      let chosen: string | null = null;
      for (let nth = 0; nth < coderIds.length; nth += 1) {
        const id = coderIds[(turn + nth) % coderIds.length] as string;
        if (of.has(id)) continue;
        if (chosen === null || (load.get(id) ?? 0) < (load.get(chosen) ?? 0)) chosen = id;
      }
      if (chosen === null) break;
      of.add(chosen);
      load.set(chosen, (load.get(chosen) ?? 0) + 1);
      added.push({ sourceId, coderId: chosen });
      turn += 1;
    }
  }
  return added;
}
