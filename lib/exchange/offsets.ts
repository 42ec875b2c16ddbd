/** What a program counts as one: a UTF-16 unit, a Unicode code point, or a byte of UTF-8. */
export const UNITS = ['utf-16', 'code-point', 'utf-8'] as const;
export type Unit = (typeof UNITS)[number];

/** How another program counts in a text whose lines we end with LF alone. */
export type Counting = {
  readonly unit: Unit;
  /** How many units a line end counts; 2 where the program has CRLF and counts both. */
  readonly lineEnd: 1 | 2;
  /** What stands before the first character and is counted, such as a byte order mark. */
  readonly before: number;
};

/** How the W3C and REFI-QDA count. */
export const CODE_POINTS: Counting = { unit: 'code-point', lineEnd: 1, before: 0 };

/** Converts places in one text between our UTF-16 units and another program's counting. */
export type Ruler = {
  /** A place of ours in the other counting; one inside a character counts as that character's beginning. */
  readonly out: (utf16: number) => number;
  /** The other way: the beginning of the character that the place is in; `null` where it lies outside the text. */
  readonly in: (place: number) => number | null;
  /** The length of the text in the other counting. */
  readonly length: number;
};

/** Characters between two places that are remembered. */
const STEP = 1_024;

function sizeOf(code: number, { unit, lineEnd }: Counting): number {
  if (code === 10) return lineEnd;
  if (unit === 'code-point') return 1;
  if (unit === 'utf-16') return code > 0xffff ? 2 : 1;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** A ruler for one text: made in one pass, then each place is found within a short stretch. */
export function createRuler(text: string, counting: Counting): Ruler {
  // Places at the beginning of a character, ours and theirs, in order.
  const marks: { ours: number; theirs: number }[] = [];
  let theirs = counting.before;
  let next = 0;
  for (let at = 0; at < text.length; ) {
    if (at >= next) {
      marks.push({ ours: at, theirs });
      next = at + STEP;
    }
    const code = text.codePointAt(at) as number;
    theirs += sizeOf(code, counting);
    at += code > 0xffff ? 2 : 1;
  }
  const length = theirs;
  const walk = (wanted: number, by: 'ours' | 'theirs') => {
    let [low, high] = [0, marks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((marks[middle]?.[by] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    const place = { ...(marks[low] ?? { ours: 0, theirs: counting.before }) };
    while (place.ours < text.length) {
      const code = text.codePointAt(place.ours) as number;
      const ours = place.ours + (code > 0xffff ? 2 : 1);
      const then = place.theirs + sizeOf(code, counting);
      if ((by === 'ours' ? ours : then) > wanted) break;
      place.ours = ours;
      place.theirs = then;
    }
    return place;
  };
  return {
    length,
    out: (utf16) => walk(Math.max(0, Math.min(utf16, text.length)), 'ours').theirs,
    in: (place) =>
      Number.isInteger(place) && place >= counting.before && place <= length
        ? walk(place, 'theirs').ours
        : null,
  };
}

type Sample = { readonly start: number; readonly end: number; readonly quote: string | null };
const COUNTINGS: readonly Counting[] = UNITS.flatMap((unit) =>
  ([1, 2] as const).flatMap((lineEnd) => [0, 1].map((before) => ({ unit, lineEnd, before }))),
);
const isLetter = (text: string, at: number) => /[\p{L}\p{N}]/u.test(text[at] ?? '');
/** Samples that are looked at; more tell no more. */
const MOST_SAMPLES = 400;

function scoreOf(text: string, samples: readonly Sample[], counting: Counting): number {
  const ruler = createRuler(text, counting);
  let score = 0;
  for (const { start, end, quote } of samples.slice(0, MOST_SAMPLES)) {
    const [from, to] = [ruler.in(start), ruler.in(end)];
    if (from === null || to === null) {
      score -= 2;
      continue;
    }
    const begin = quote?.replace(/(…|\.\.\.)$/, '').trim();
    if (begin && text.slice(from, to).trim().startsWith(begin)) score += 4;
    if (!(isLetter(text, from - 1) && isLetter(text, from))) score += 1;
    if (!(isLetter(text, to - 1) && isLetter(text, to))) score += 1;
  }
  return score;
}

/**
 * How a program counted, found by which reading lets its passages be the words they are named after and begin and end at
 * words. The standard's own counting wins where others fit equally; `isCertain` is false where one of them gives other places.
 */
export function findCounting(
  text: string,
  samples: readonly Sample[],
): { counting: Counting; isCertain: boolean } {
  const scored = COUNTINGS.map((counting) => ({ counting, score: scoreOf(text, samples, counting) }));
  const best = Math.max(...scored.map(({ score }) => score));
  const equal = scored.filter(({ score }) => score === best).map(({ counting }) => counting);
  const standard = equal.find(
    ({ unit, lineEnd, before }) => unit === 'code-point' && lineEnd === 1 && before === 0,
  );
  const counting = standard ?? equal[0] ?? CODE_POINTS;
  const places = (one: Counting) => {
    const ruler = createRuler(text, one);
    return samples
      .slice(0, MOST_SAMPLES)
      .map(({ start, end }) => `${ruler.in(start)}-${ruler.in(end)}`)
      .join();
  };
  const chosen = places(counting);
  return { counting, isCertain: equal.every((one) => places(one) === chosen) };
}
