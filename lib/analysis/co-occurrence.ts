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
 * Pairs of codings with different codes whose passages share a letter (`apart` 0), or have fewer than `apart` units between
 * them: one for each pair of codings, also of one mark. A sweep over each text in order of the starts.
 */
export function overlapping(codings: readonly Placed[], apart = 0): Pair[] {
  const counts = new Counts();
  const sorted = [...codings].sort((one, other) =>
    one.textId === other.textId ? one.start - other.start : one.textId < other.textId ? -1 : 1,
  );
  let open: Placed[] = [];
  let textId: string | null = null;
  for (const coding of sorted) {
    if (coding.textId !== textId) [open, textId] = [[], coding.textId];
    open = open.filter(({ end }) => end + apart > coding.start);
    for (const before of open) counts.add(before.codeId, coding.codeId);
    open.push(coding);
  }
  return counts.pairs();
}

/**
 * Pairs of codings with at most `within` sentences' steps between them; 0 is the same sentence. `endsOf` gives where the
 * sentences of a text end, ascending, in the units of the codings.
 */
export function withinSentences(
  codings: readonly Placed[],
  within: number,
  endsOf: (textId: string) => readonly number[],
): Pair[] {
  const inSentences = codings.map((coding) => {
    const ends = endsOf(coding.textId);
    return {
      ...coding,
      start: sentenceAt(ends, coding.start),
      end: sentenceAt(ends, Math.max(coding.start, coding.end - 1)) + 1,
    };
  });
  return overlapping(inSentences, within);
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
