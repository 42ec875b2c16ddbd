import type { Span } from './discussions';
import { CLEAN_LIMITS, parseInner, textOf } from './parse-page';

/*
 * Places of comments are led through a reader as letters in its text: one for each begin, one for each end, from the two planes of
 * Unicode that are for private use. Each is two UTF-16 units, of which the first begins no other letter.
 */
const BEGIN = 0xf0000;
const END = 0x100000;
const MARKER = /[\udb80-\udbff]/;
/** What a text may have more or less of when it is cleaned, and what it is not compared by. */
const AIR = /[\s\u200b\ufeff\p{Cc}]/u;

/** Whether a UTF-16 unit is air; most are told without a look at the table. */
function isAir(unit: number): boolean {
  if (unit <= 0xa0) return unit <= 0x20 || unit >= 0x7f;
  return unit >= 0x1680 && unit < 0xff00 && AIR.test(String.fromCharCode(unit));
}
const isMarker = (unit: number): boolean => unit >= 0xdb80 && unit <= 0xdbff;

/** The most places that have letters of their own. */
export const MOST_MARKERS = 0xfffd;

/** The letter that stands where the nth range begins or ends. */
export const markerOf = (nth: number, side: 'begin' | 'end'): string =>
  String.fromCodePoint((side === 'begin' ? BEGIN : END) + nth);

/**
 * Where the ranges stand in a text (UTF-16 units, without white space at their edges), told by html of the same text with their
 * letters in it. One that has no words is not in the answer; `null` where the html is not of this text, or
 * that has letters which could be taken for places.
 */
export function findRanges(markedHtml: string, text: string): ReadonlyMap<number, Span> | null {
  if (MARKER.test(text)) return null;
  const marked = textOf(parseInner(markedHtml, CLEAN_LIMITS));
  const begins = new Map<number, number>();
  const ends = new Map<number, number>();
  // Where each begins and ends, in letters that are not air.
  let ink = 0;
  let at = 0;
  const skipAir = () => {
    while (at < text.length && isAir(text.charCodeAt(at))) at += 1;
  };
  for (let place = 0; place < marked.length; place += 1) {
    const unit = marked.charCodeAt(place);
    if (isMarker(unit)) {
      const point = marked.codePointAt(place) as number;
      if (point >= END) keep(ends, point - END, ink);
      else if (point >= BEGIN) keep(begins, point - BEGIN, ink);
      place += 1;
    } else if (!isAir(unit)) {
      skipAir();
      if (text.charCodeAt(at) !== unit) return null;
      at += 1;
      ink += 1;
    }
  }
  skipAir();
  return at < text.length ? null : spansOf(text, ink, begins, ends);
}

function keep(places: Map<number, number>, nth: number, ink: number): void {
  if (!places.has(nth)) places.set(nth, ink);
}

/** Turns counts of ink into places: a range begins before its first letter and ends behind its last. */
function spansOf(
  text: string,
  ink: number,
  begins: ReadonlyMap<number, number>,
  ends: ReadonlyMap<number, number>,
): ReadonlyMap<number, Span> {
  const places = new Uint32Array(ink);
  let nth = 0;
  for (let at = 0; at < text.length; at += 1)
    if (!isAir(text.charCodeAt(at))) {
      places[nth] = at;
      nth += 1;
    }
  const spans = new Map<number, Span>();
  for (const [range, begin] of begins) {
    const end = ends.get(range);
    if (end === undefined || end <= begin) continue;
    spans.set(range, { start: places[begin] as number, end: (places[end - 1] as number) + 1 });
  }
  return spans;
}
