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

/** Which codes were confused with which, over all places: those that met most often first, then the dearest. */
export function confusionOf(disagreements: readonly Disagreement[]): ConfusionCell[] {
  const bySource = Map.groupBy(disagreements, ({ sourceId }) => sourceId);
  return addedUp(new Map([...bySource].map(([source, own]) => [source, cellsOf(own)])));
}

/** The same of one source alone, by a key of the pair. */
export function cellsOf(disagreements: readonly Disagreement[]): Map<string, ConfusionCell> {
  const cells = new Map<string, ConfusionCell>();
  for (const disagreement of disagreements)
    for (const pair of pairsAt(disagreement))
      add(cells, `${pair.one} ${pair.other}`, { ...pair, places: 1, cost: disagreement.cost });
  return cells;
}

/** The cells of each source as one table. Sources are taken by their ids: costs are fractions, and add up in one order only. */
export function addedUp(bySource: ReadonlyMap<string, ReadonlyMap<string, ConfusionCell>>): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const [, own] of [...bySource].sort(([one], [other]) => (one < other ? -1 : 1)))
    for (const [key, cell] of own) add(cells, key, cell);
  return [...cells]
    .sort(([one, a], [other, b]) => b.places - a.places || b.cost - a.cost || (one < other ? -1 : 1))
    .map(([, cell]) => cell);
}

function add(cells: Map<string, ConfusionCell>, key: string, { places, cost, ...pair }: ConfusionCell): void {
  const cell = cells.get(key) ?? { ...pair, places: 0, cost: 0 };
  cells.set(key, { ...cell, places: cell.places + places, cost: cell.cost + cost });
}
