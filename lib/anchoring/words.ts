import {
  ACCENT,
  APOSTROPHE,
  astralClass,
  HIDDEN,
  longFolding,
  MARK,
  SINGLE,
  SURROGATE,
  SYMBOL,
  unitClass,
  unitEntry,
  WORD,
} from './fold';

/** The words of a text in order: a number that folded spellings share, and where each stands (UTF-16 units, end exclusive). */
export type Words = {
  readonly text: string;
  readonly count: number;
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

/** Numbers the words of several texts alike: two words with one number are spelt the same but for folding. */
export type Lexicon = { size: number; slots: Int32Array; first: Int32Array; second: Int32Array };

/** An empty Lexicon. */
export function createLexicon(): Lexicon {
  return {
    size: 0,
    slots: new Int32Array(8_192),
    first: new Int32Array(4_096),
    second: new Int32Array(4_096),
  };
}

function grow(lexicon: Lexicon): void {
  const slots = new Int32Array(lexicon.slots.length * 2);
  const mask = slots.length - 1;
  for (let id = 0; id < lexicon.size; id += 1) {
    let at = (lexicon.first[id] as number) & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = id + 1;
  }
  const first = new Int32Array(lexicon.first.length * 2);
  const second = new Int32Array(first.length);
  first.set(lexicon.first);
  second.set(lexicon.second);
  Object.assign(lexicon, { slots, first, second });
}

/** Words are told apart by 64 bits of hash; what is finally said of a passage is compared letter for letter. */
function idOf(lexicon: Lexicon, one: number, two: number, grows: boolean): number {
  const { slots, first, second } = lexicon;
  const mask = slots.length - 1;
  let at = one & mask;
  for (let held = slots[at] as number; held !== 0; held = slots[at] as number) {
    if (first[held - 1] === one && second[held - 1] === two) return held - 1;
    at = (at + 1) & mask;
  }
  if (!grows) return -1;
  const id = lexicon.size;
  slots[at] = id + 1;
  first[id] = one;
  second[id] = two;
  lexicon.size += 1;
  if (lexicon.size * 2 >= slots.length) grow(lexicon);
  return id;
}

const JOINER = 0x200d;

function twice(held: Int32Array): Int32Array<ArrayBuffer> {
  const room = new Int32Array(held.length * 2);
  room.set(held);
  return room;
}

/**
 * Splits a text into words, folded for comparison, and numbers them by the Lexicon; punctuation stands between words.
 * Unless the Lexicon `grows`, words it does not know get -1.
 */
export function wordsOf(text: string, lexicon: Lexicon, grows = true): Words {
  const { length } = text;
  let ids = new Int32Array((length >> 2) + 64);
  let starts = new Int32Array(ids.length);
  let ends = new Int32Array(ids.length);
  let count = 0;
  let open = 0;
  let one = 0;
  let two = 0;
  let joins = false;
  for (let at = 0; at < length; at += 1) {
    let code = text.charCodeAt(at);
    const entry = unitEntry(code);
    let kind = entry & 15;
    let unit = entry >>> 4;
    let end = at + 1;
    if (kind !== WORD) {
      if (kind === SURROGATE) {
        code = text.codePointAt(at) as number;
        kind = code > 0xffff ? astralClass(code) : SYMBOL;
        unit = 0;
        if (code > 0xffff) end += 1;
      }
      if (kind === HIDDEN) {
        joins = code === JOINER && open === SYMBOL;
        continue;
      }
      if (kind === ACCENT || kind === MARK) {
        // A mark belongs to the letter before it; alone it is nothing to compare by.
        if (open !== 0) {
          ends[count] = end;
          if (kind === MARK) one = Math.imul(one ^ code, 0x01000193);
          if (kind === MARK) two = Math.imul(two ^ code, 0x5bd1e995) + (two >>> 15);
        }
        at = end - 1;
        continue;
      }
      if (kind === APOSTROPHE && open === WORD && unitClass(text.charCodeAt(end) | 0) === WORD) continue;
    }
    const goesOn = (kind === WORD && open === WORD) || (kind === SYMBOL && joins);
    joins = false;
    if (!goesOn && open !== 0) {
      ids[count] = idOf(lexicon, one ^ (one >>> 16), two, grows);
      count += 1;
      open = 0;
    }
    if (kind === WORD || kind === SINGLE || kind === SYMBOL) {
      if (open === 0) {
        if (count === ids.length) {
          ids = twice(ids);
          starts = twice(starts);
          ends = twice(ends);
        }
        open = kind;
        starts[count] = at;
        one = 0x811c9dc5 | 0;
        two = 0x1b873593;
      }
      if (unit !== 0 || kind === SYMBOL) {
        unit ||= code;
        one = Math.imul(one ^ unit, 0x01000193);
        two = Math.imul(two ^ unit, 0x5bd1e995) + (two >>> 15);
      } else {
        const folded = longFolding(code);
        for (let each = 0; each < folded.length; each += 1) {
          one = Math.imul(one ^ folded.charCodeAt(each), 0x01000193);
          two = Math.imul(two ^ folded.charCodeAt(each), 0x5bd1e995) + (two >>> 15);
        }
      }
      if (kind === WORD) {
        // Most of a text is letters that fold to one unit: they are taken in a loop of their own.
        for (; end < length; end += 1) {
          const next = unitEntry(text.charCodeAt(end));
          if ((next & 15) !== WORD || next < 16) break;
          one = Math.imul(one ^ (next >>> 4), 0x01000193);
          two = Math.imul(two ^ (next >>> 4), 0x5bd1e995) + (two >>> 15);
        }
      }
      ends[count] = end;
    }
    at = end - 1;
  }
  if (open !== 0) {
    ids[count] = idOf(lexicon, one ^ (one >>> 16), two, grows);
    count += 1;
  }
  return {
    text,
    count,
    ids: ids.subarray(0, count),
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
  };
}

/** The first word that ends behind an offset; `count` when there is none. Logarithmic. */
export function wordBehind(words: Words, offset: number): number {
  let low = 0;
  let high = words.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words.ends[middle] as number) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first word that starts at an offset or behind it; `count` when there is none. Logarithmic. */
export function wordFrom(words: Words, offset: number): number {
  let low = 0;
  let high = words.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words.starts[middle] as number) >= offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * What each word tells about its place: near 1 for one that stands once, little for one that stands everywhere.
 * A word the texts do not have weighs most.
 */
export function weightsOf(lexicon: Lexicon, texts: readonly Words[]): Float32Array {
  const counts = new Float64Array(lexicon.size);
  let all = 0;
  for (const { ids, count } of texts) {
    all += count;
    for (let at = 0; at < count; at += 1) (counts[ids[at] as number] as number) += 1;
  }
  const most = Math.log2(2 + all);
  return Float32Array.from(counts, (count) => Math.log2(1 + (1 + all) / Math.max(1, count)) / most);
}
