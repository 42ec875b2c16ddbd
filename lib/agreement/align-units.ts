/** A unit of one coder (by place) on a continuum. */
export type PlacedUnit = {
  readonly coder: number;
  readonly start: number;
  readonly end: number;
  readonly code: string;
};

/** What a difference of place (alpha) and of code (beta) weighs, and what it costs to leave a coder out (empty). */
export type GammaWeights = { readonly alpha: number; readonly beta: number; readonly empty: number };

/** States and steps that the exact search takes at most. */
const LIMITS = { states: 4_000, steps: 300_000 };
/** A first search keeps so few states; what it finds bounds the exact one. */
const NARROW = 16;
/** Where the exact search gives up, so many are kept. */
const WIDE = 100;
const CLOSE = 1e-9;

/** Disorder of two units: squared shift against mean length, and whether the codes differ (Mathet et al. 2015, 4.3-4.5). */
export function disorderOf(one: PlacedUnit, other: PlacedUnit, { alpha, beta, empty }: GammaWeights): number {
  const shift = Math.abs(one.start - other.start) + Math.abs(one.end - other.end);
  const place = shift / (one.end - one.start + (other.end - other.start));
  return empty * (alpha * place ** 2 + (one.code === other.code ? 0 : beta));
}

/** Units put together so far, those alignments that later ones may still join, and what all cost. */
type State = { open: readonly (readonly number[])[]; cost: number };

/** The cost of the best alignment that was found, and whether it is proven that there is none better. */
export type Alignment = { readonly disorder: number; readonly isProven: boolean };

/**
 * The least sum of disorders of unitary alignments (at most one unit of each coder) that hold every unit once. A unitary
 * alignment's disorder is the mean over all pairs of coders, where a pair with an absent unit costs `empty`.
 *
 * Units are taken by their begin. What matters for those to come is only which alignments they may still join, so states
 * alike in that are one (the cheaper), and a state that can't beat a known alignment is dropped: that is exact. Where it
 * would take too many states, the best 100 are kept at each unit.
 */
export function leastDisorder(
  units: readonly PlacedUnit[],
  coders: number,
  weights: GammaWeights,
  limits = LIMITS,
): Alignment {
  const search = new Search(units, coders, weights);
  const bound = search.run(NARROW, Number.POSITIVE_INFINITY) ?? Number.POSITIVE_INFINITY;
  const exact = search.run(limits, bound);
  if (exact !== null) return { disorder: exact, isProven: true };
  return { disorder: Math.min(bound, search.run(WIDE, bound) ?? bound), isProven: false };
}

class Search {
  readonly #units: readonly PlacedUnit[];
  readonly #empty: number;
  /** What a pair saves, or costs, in one alignment rather than in two; absent where that is never best. */
  readonly #gains: readonly Map<number, number>[];
  /** The last unit that may still join one with this unit. */
  readonly #last: number[];
  /** The least that the units from here on can cost. */
  readonly #least: number[];

  constructor(units: readonly PlacedUnit[], coders: number, weights: GammaWeights) {
    this.#units = [...units].sort((a, b) => a.start - b.start || a.end - b.end || a.coder - b.coder);
    this.#empty = weights.empty;
    const pairs = (coders * (coders - 1)) / 2;
    // In the best alignment no unit does better alone, so none is further from any other of its own than this.
    const furthest = (pairs + coders - 1) * weights.empty + CLOSE;
    this.#last = this.#units.map((_, at) => at);
    this.#gains = this.#units.map((unit, at) => {
      const gains = new Map<number, number>();
      for (let than = 0; than < at; than += 1) {
        const other = this.#units[than] as PlacedUnit;
        if (other.coder === unit.coder) continue;
        const disorder = disorderOf(unit, other, weights);
        if (disorder > furthest) continue;
        gains.set(than, (disorder - weights.empty) / pairs);
        this.#last[than] = at;
      }
      return gains;
    });
    this.#least = new Array<number>(units.length + 1).fill(0);
    for (let at = units.length - 1; at >= 0; at -= 1)
      this.#least[at] = (this.#least[at + 1] ?? 0) + this.#leastOf(at);
  }

  /** The unit joins the best of each other coder, or stands alone: it never costs less. */
  #leastOf(at: number): number {
    const best = new Map<number, number>();
    for (const [than, gain] of this.#gains[at] ?? []) {
      const { coder } = this.#units[than] as PlacedUnit;
      best.set(coder, Math.min(best.get(coder) ?? 0, gain));
    }
    let sum = 0;
    for (const gain of best.values()) sum += gain;
    return Math.min(this.#empty, sum);
  }

  /** The least cost by keeping so many states, or by all within limits; `null` when they are passed. */
  run(keep: number | typeof LIMITS, bound: number): number | null {
    let states: State[] = [{ open: [], cost: 0 }];
    let steps = 0;
    for (let at = 0; at < this.#units.length; at += 1) {
      const next = new Map<string, State>();
      for (const state of states) {
        steps += state.open.length + 1;
        for (const to of this.#steppedFrom(state, at)) {
          if (to.cost + (this.#least[at + 1] ?? 0) > bound + CLOSE) continue;
          const key = to.open.map((one) => one.join()).join('|');
          const known = next.get(key);
          if (known === undefined || to.cost < known.cost) next.set(key, to);
        }
      }
      states = [...next.values()];
      if (typeof keep === 'number') states = states.sort((a, b) => a.cost - b.cost).slice(0, keep);
      else if (states.length > keep.states || steps > keep.steps) return null;
    }
    return states.length === 0 ? null : Math.min(...states.map(({ cost }) => cost));
  }

  *#steppedFrom({ open, cost }: State, at: number): Generator<State> {
    const gains = this.#gains[at] as Map<number, number>;
    yield { open: this.#stillOpen([...open, [at]], at), cost: cost + this.#empty };
    for (let place = 0; place < open.length; place += 1) {
      const members = open[place] as readonly number[];
      let gain = 0;
      for (const than of members) gain += gains.get(than) ?? Number.POSITIVE_INFINITY;
      if (gain === Number.POSITIVE_INFINITY) continue;
      const joined = open.map((one, index) => (index === place ? [...members, at] : one));
      yield { open: this.#stillOpen(joined, at), cost: cost + gain };
    }
  }

  #stillOpen(open: readonly (readonly number[])[], at: number): (readonly number[])[] {
    return open.filter((members) => members.every((than) => (this.#last[than] ?? than) > at));
  }
}
