import { codesOnlyIn, type Disagreement } from './disagreements';

/** Two codes, in the order of their ids; a code with itself is where it was agreed on, `null` where others marked nothing. */
export type ConfusionPair = { readonly one: string; readonly other: string | null };
/** How often two coders met in a pair of codes at a place, and what that costs (see `Disagreement`). */
export type ConfusionCell = ConfusionPair & { readonly places: number; readonly cost: number };

/** Which codes stand against each other at a place: each pair once. */
export function pairsAt({ kind, codings }: Pick<Disagreement, 'kind' | 'codings'>): ConfusionPair[] {
  const codes = [...new Set(codings.map(({ codeId }) => codeId))];
  if (kind === 'same' || kind === 'boundary') return codes.map((code) => ({ one: code, other: code }));
  if (kind === 'only-one') return codes.map((code) => ({ one: code, other: null }));
  const byCoder = [...Map.groupBy(codings, ({ coderId }) => coderId).values()].map(
    (own) => new Set(own.map(({ codeId }) => codeId)),
  );
  const found = new Map<string, ConfusionPair>();
  for (const [at, mine] of byCoder.entries())
    for (const theirs of byCoder.slice(at + 1))
      for (const one of codesOnlyIn(mine, theirs))
        for (const other of codesOnlyIn(theirs, mine)) {
          const pair = one < other ? { one, other } : { one: other, other: one };
          found.set(`${pair.one} ${pair.other}`, pair);
        }
  return [...found.values()];
}

/** Which codes were confused with which, over all places. */
export function confusionOf(disagreements: readonly Disagreement[]): ConfusionCell[] {
  const cells = new Map<string, { one: string; other: string | null; places: number; cost: number }>();
  for (const disagreement of disagreements)
    for (const pair of pairsAt(disagreement)) {
      const key = `${pair.one} ${pair.other}`;
      const cell = cells.get(key) ?? { ...pair, places: 0, cost: 0 };
      cells.set(key, { ...cell, places: cell.places + 1, cost: cell.cost + disagreement.cost });
    }
  return [...cells.values()].sort((a, b) => b.places - a.places);
}
