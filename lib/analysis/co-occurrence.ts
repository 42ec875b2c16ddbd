/** A code on a passage: from `start` to `end` (exclusive) of one text, in letters or in sentences. */
export type Coding = {
  readonly annotationId: string;
  readonly codeId: string;
  /** Codings of different texts are never together. */
  readonly textId: string;
  readonly start: number;
  readonly end: number;
};

/** How often two codes are together; `a` is before `b` by letters. */
export type Pair = { readonly a: string; readonly b: string; readonly count: number };

type Placed = Omit<Coding, 'annotationId'>;

class Counts {
  readonly #counts = new Map<string, Map<string, number>>();

  add(one: string, other: string): void {
    if (one === other) return;
    const [a, b] = one < other ? [one, other] : [other, one];
    const row = this.#counts.get(a) ?? new Map<string, number>();
    row.set(b, (row.get(b) ?? 0) + 1);
    this.#counts.set(a, row);
  }

  pairs(): Pair[] {
    return [...this.#counts].flatMap(([a, row]) => [...row].map(([b, count]) => ({ a, b, count })));
  }
}

/** Pairs of codes on one and the same mark: one for each mark that has both. */
export function onOneMark(codings: readonly Pick<Coding, 'annotationId' | 'codeId'>[]): Pair[] {
  const marks = new Map<string, string[]>();
  for (const { annotationId, codeId } of codings)
    marks.set(annotationId, [...(marks.get(annotationId) ?? []), codeId]);
  const counts = new Counts();
  for (const codes of marks.values())
    for (const [at, one] of codes.entries()) for (const other of codes.slice(at + 1)) counts.add(one, other);
  return counts.pairs();
}

/**
 * How many pairs of codings with different codes have passages that share a letter (`apart` 0), or fewer than `apart` units
 * between them, also of one mark. One sweep over each text: what a coding meets is counted by code, so that a place with many
 * marks costs as much as it has codes.
 */
export function overlapping(codings: readonly Placed[], apart = 0): Pair[] {
  const ids = [...new Set(codings.map(({ codeId }) => codeId))].sort();
  const place = new Map(ids.map((id, at) => [id, at]));
  const counts = new Map<number, number>();
  const open = new Array<number>(ids.length).fill(0);
  for (const own of Map.groupBy(codings, ({ textId }) => textId).values()) {
    const starts = own.toSorted((one, other) => one.start - other.start);
    const ends = own.toSorted((one, other) => one.end - other.end);
    const met = new Set<number>();
    let passed = 0;
    for (const { codeId, start } of starts) {
      for (; (ends[passed]?.end ?? Number.POSITIVE_INFINITY) + apart <= start; passed += 1) {
        const gone = place.get(ends[passed]?.codeId ?? '') ?? 0;
        open[gone] = (open[gone] ?? 0) - 1;
        if (open[gone] === 0) met.delete(gone);
      }
      const code = place.get(codeId) ?? 0;
      for (const other of met) {
        if (other === code) continue;
        const key = other < code ? other * ids.length + code : code * ids.length + other;
        counts.set(key, (counts.get(key) ?? 0) + (open[other] ?? 0));
      }
      open[code] = (open[code] ?? 0) + 1;
      met.add(code);
    }
    for (const code of met) open[code] = 0;
  }
  return [...counts].map(([key, count]) => ({
    a: ids[Math.floor(key / ids.length)] ?? '',
    b: ids[key % ids.length] ?? '',
    count,
  }));
}

/** The pairs that `overlapping` counts of two codes, text by text in the order in which the second of each begins. */
export function* pairsOf<T extends Placed>(
  codings: readonly T[],
  [a, b]: readonly [string, string],
  apart = 0,
): Generator<[T, T]> {
  const wanted = codings.filter(({ codeId }) => codeId === a || codeId === b);
  for (const own of Map.groupBy(wanted, ({ textId }) => textId).values()) {
    let open: T[] = [];
    for (const coding of own.toSorted((one, other) => one.start - other.start)) {
      open = open.filter(({ end }) => end + apart > coding.start);
      for (const before of open) if (before.codeId !== coding.codeId) yield [before, coding];
      open.push(coding);
    }
  }
}

/**
 * Pairs of codings with at most `within` sentences' steps between them; 0 is the same sentence. `endsOf` gives where the
 * sentences of a text end, ascending, in the units of the codings.
 */
export function withinSentences(codings: readonly Placed[], within: number, endsOf: EndsOf): Pair[] {
  return overlapping(inSentences(codings, endsOf), within);
}

type EndsOf = (textId: string) => readonly number[];

/** The same codings with the number of their first sentence for a start, and that after their last for an end. */
export function inSentences<T extends Placed>(codings: readonly T[], endsOf: EndsOf): T[] {
  return codings.map((coding) => {
    const ends = endsOf(coding.textId);
    return {
      ...coding,
      start: sentenceAt(ends, coding.start),
      end: sentenceAt(ends, Math.max(coding.start, coding.end - 1)) + 1,
    };
  });
}

/** The number of the sentence that a letter is in, from 0. */
function sentenceAt(ends: readonly number[], at: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
