import { type ConfusionCell, cellsOf } from './confusion';
import { type DisagreementKind, disagreementsOf, type PlacedCoding } from './disagreements';
import { type Outcome, REASON } from './figure';
import { unitsByCoder } from './merge-spans';
import type { Coding, Continuum } from './ratings';
import { type Overlap, ofOverlaps, overlapsOf } from './span-overlap';
import { type Disagreement, disagreementOf, endToEnd, ofDisagreements } from './unitizing-alpha';

/** What follows from the codings of one source alone. */
export type OfSource = {
  readonly overlaps: readonly Overlap[];
  readonly kinds: Readonly<Record<DisagreementKind, number>>;
  readonly confusion: ReadonlyMap<string, ConfusionCell>;
};

/** Codings of one thing (a source, a code), and what was made of them until the next change. */
class Kept<What> {
  readonly codings = new Map<string, PlacedCoding>();
  made: What | null = null;
}

/**
 * What is told of spans as wholes (overlap, unitizing alpha, places), kept while people code: a change costs what its own
 * source and its own code hold, and nothing of the others. What it gives equals what is computed from all codings anew.
 */
export class LiveSpans {
  readonly #continua: ReadonlyMap<string, Continuum>;
  readonly #shifts = new Map<string, number>();
  readonly #joined: Continuum | { reason: string };
  readonly #coders: readonly string[];
  readonly #sources = new Map<string, Kept<OfSource>>();
  readonly #codes = new Map<string, Kept<Disagreement>>();

  /** The sources without codings, with those who were to code each. */
  constructor(continua: readonly Continuum[]) {
    this.#continua = new Map(continua.map((one) => [one.source, one]));
    this.#coders = [...new Set(continua.flatMap((one) => one.coders))].sort();
    this.#joined = endToEnd(continua);
    let length = 0;
    for (const { source, start, end } of continua) {
      this.#shifts.set(source, length - start);
      length += end - start;
    }
  }

  /** Takes a coding in or out, by a key of its own; it must be of one of the sources and their coders. */
  change(key: string, coding: PlacedCoding, by: 1 | -1): void {
    for (const kept of [at(this.#sources, coding.sourceId), at(this.#codes, coding.codeId)]) {
      kept.made = null;
      if (by === 1) kept.codings.set(key, coding);
      else kept.codings.delete(key);
    }
  }

  /** How many people were to code anything. */
  get coders(): number {
    return this.#coders.length;
  }

  /** How many spans each code that was used was put on. */
  times(): Map<string, number> {
    const used = [...this.#codes].filter(([, { codings }]) => codings.size > 0);
    return new Map(used.map(([code, { codings }]) => [code, codings.size]));
  }

  bySource(): Map<string, OfSource> {
    return new Map(
      [...this.#sources].map(([id, kept]) => {
        kept.made ??= this.#ofSource(id, kept);
        return [id, kept.made];
      }),
    );
  }

  /** Unitizing alpha, span F1 and Jaccard, as the measures of those names give them. */
  outcomes(): Readonly<Record<string, Outcome>> {
    const overlaps = [...this.bySource().values()].map((one) => one.overlaps);
    return { ...ofOverlaps(this.#coders, overlaps), 'unitizing-alpha': this.#unitizingAlpha() };
  }

  #ofSource(id: string, { codings }: Kept<OfSource>): OfSource {
    const all = [...codings.values()];
    const continuum = this.#continua.get(id) as Continuum;
    const places = disagreementsOf(all, () => continuum.coders);
    const kinds = { same: 0, boundary: 0, code: 0, 'only-one': 0 };
    for (const { kind } of places) kinds[kind] += 1;
    return {
      overlaps: overlapsOf({ ...continuum, codings: all.map((one) => spanIn(one, 0)) }, this.#coders),
      kinds,
      confusion: cellsOf(places),
    };
  }

  #unitizingAlpha(): Outcome {
    const joined = this.#joined;
    if ('reason' in joined) return joined;
    if (joined.coders.length < 2) return { reason: REASON.oneCoder };
    const used = [...this.#codes].filter(([, { codings }]) => codings.size > 0);
    used.sort(([one], [other]) => (one < other ? -1 : 1));
    return ofDisagreements(
      used.map(([code, kept]) => {
        kept.made ??= disagreementOf(this.#unitsOf(code, kept.codings.values(), joined), joined);
        return kept.made;
      }),
    );
  }

  #unitsOf(code: string, codings: Iterable<PlacedCoding>, { coders }: Continuum) {
    const spans = [...codings].map((one) => spanIn(one, this.#shifts.get(one.sourceId) ?? 0));
    return unitsByCoder(spans, coders, code);
  }
}

function at<What>(map: Map<string, Kept<What>>, key: string): Kept<What> {
  const known = map.get(key) ?? new Kept<What>();
  map.set(key, known);
  return known;
}

function spanIn({ coderId, sourceId, codeId, start, end }: PlacedCoding, by: number): Coding {
  return { coder: coderId, source: sourceId, code: codeId, start: start + by, end: end + by };
}
