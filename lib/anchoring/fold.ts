/** What a character is to the words of a text. */
export const SPACE = 0;
/** Letters, digits and what else joins into words. */
export const WORD = 1;
/** Scripts written without spaces: each character is a word of its own. */
export const SINGLE = 2;
/** Combining marks that tell words apart, as vowel signs do. */
export const MARK = 3;
/** Combining marks that are folded away: accents, points, harakat. */
export const ACCENT = 4;
/** Invisible characters that are folded away: soft hyphens, joiners, direction marks. */
export const HIDDEN = 5;
/** Punctuation. */
export const SIGN = 6;
/** Emoji, currencies and the like: each is a word of its own. */
export const SYMBOL = 7;
export const APOSTROPHE = 8;
export const SURROGATE = 9;

/** Ranges of code points, both ends included. */
type Ranges = readonly (readonly [number, number])[];

const HIDDENS: Ranges = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x640, 0x640],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xe0001, 0xe01ef],
];
const ACCENTS: Ranges = [
  [0x300, 0x36f],
  [0x483, 0x487],
  [0x591, 0x5bd],
  [0x5bf, 0x5bf],
  [0x5c1, 0x5c2],
  [0x5c4, 0x5c5],
  [0x5c7, 0x5c7],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6dc],
  [0x20d0, 0x20f0],
];
const isIn = (ranges: Ranges, character: string) => {
  const code = character.codePointAt(0) as number;
  return ranges.some(([first, last]) => code >= first && code <= last);
};
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;
const QUOTES =
  /[\u0022\u0060\u00ab\u00bb\u2033\u2036\u201c-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff62\uff63]/;
const APOSTROPHES = /[\u0027\u00b4\u02bb\u02bc\u2018-\u201b\u2032\u2035\uff07]/;
const DASHES = /[\p{Pd}\u2212\u2043]/u;

function classOf(character: string): number {
  if (isIn(HIDDENS, character)) return HIDDEN;
  if (isIn(ACCENTS, character)) return ACCENT;
  if (/^\p{Emoji_Modifier}$/u.test(character) || /^\p{M}$/u.test(character)) return MARK;
  if (/^[\s\p{Z}\p{Cc}]$/u.test(character)) return SPACE;
  if (APOSTROPHES.test(character)) return APOSTROPHE;
  if (QUOTES.test(character) || DASHES.test(character)) return SIGN;
  if (UNSPACED.test(character) && /^[\p{L}\p{N}]$/u.test(character)) return SINGLE;
  if (/^[\p{L}\p{N}_]$/u.test(character)) return WORD;
  if (/^[\p{So}\p{Sc}\p{Cn}\p{Co}]$/u.test(character)) return SYMBOL;
  return SIGN;
}

/** Letters as they are compared: decomposed, lower case, without accents and what is invisible. */
export function foldLetters(text: string): string {
  return [...text.normalize('NFKD').toLowerCase()]
    .filter((part) => !isIn(HIDDENS, part) && !isIn(ACCENTS, part))
    .join('');
}

/** The units that a character is compared by: decomposed, lower case, without accents; one sign for all quotes, one for all dashes. */
function foldingOf(character: string): string {
  if (QUOTES.test(character) || APOSTROPHES.test(character)) return '"';
  if (DASHES.test(character)) return '-';
  return foldLetters(character);
}

/** For each unit of the basic plane: its class in four bits, above them the one unit it folds to (0 when not exactly one). */
const table = new Uint32Array(65_536);
const made = new Uint8Array(256);
/** Foldings of none or several units, and everything outside the basic plane. */
const longer = new Map<number, string>();
const astral = new Map<number, number>();

/** Made 256 characters at a time when first needed: a text uses few such pages. */
function makePage(page: number): void {
  made[page] = 1;
  for (let code = page << 8; code < (page + 1) << 8; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) {
      table[code] = SURROGATE;
      continue;
    }
    const character = String.fromCharCode(code);
    const folded = foldingOf(character);
    if (folded.length !== 1) longer.set(code, folded);
    table[code] = classOf(character) | (folded.length === 1 ? folded.charCodeAt(0) << 4 : 0);
  }
}

/** A unit's class in the low four bits (`SURROGATE` for halves: ask `astralClass`), above them the unit it folds to, 0 for `longFolding`. */
export function unitEntry(code: number): number {
  if (made[code >> 8] === 0) makePage(code >> 8);
  return table[code] as number;
}

/** What a UTF-16 unit is to the words of a text; `SURROGATE` for halves. */
export function unitClass(code: number): number {
  return unitEntry(code) & 15;
}

/** The class of a code point outside the basic plane. */
export function astralClass(code: number): number {
  let found = astral.get(code);
  if (found === undefined) {
    const character = String.fromCodePoint(code);
    found = classOf(character);
    astral.set(code, found);
    longer.set(code, foldingOf(character));
  }
  return found;
}

/** The units a character folds to, where they are not exactly one. */
export function longFolding(code: number): string {
  if (code > 0xffff) astralClass(code);
  return longer.get(code) ?? '';
}
