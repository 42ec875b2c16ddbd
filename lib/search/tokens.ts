import type { Place } from './query';

/** A piece of what was typed. `text` is what stands between the quotes, or the characters themselves. */
export type Token = Place & {
  readonly type: 'open' | 'close' | 'minus' | 'word' | 'phrase';
  readonly text: string;
  /** The name before the colon, where a field was written. */
  readonly field?: string;
  /** A quote mark that nothing closes. */
  readonly unclosed?: boolean;
};

const SPACE = /\s/u;
const OPENING = '"“„«';
const CLOSING = '"”“»';
const FIELD = /^([\p{L}][\p{L}-]*):(?=[^\s()])/u;

/** Cuts what was typed into words, phrases, fields, brackets and minus signs. Everything but white space comes to be in a token. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] as string;
    if (SPACE.test(character)) at += 1;
    else if (character === '(' || character === ')') {
      tokens.push({ type: character === '(' ? 'open' : 'close', text: character, start: at, end: at + 1 });
      at += 1;
    } else if (character === '-' && /[^\s)-]/.test(text[at + 1] ?? ' ')) {
      tokens.push({ type: 'minus', text: '-', start: at, end: at + 1 });
      at += 1;
    } else {
      const token = tokenAt(text, at);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const [whole = '', field] = FIELD.exec(text.slice(start, start + 60)) ?? [];
  const from = start + whole.length;
  const named = field === undefined ? {} : { field };
  if (OPENING.includes(text[from] as string)) {
    let end = from + 1;
    while (end < text.length && !CLOSING.includes(text[end] as string)) end += 1;
    if (end < text.length)
      return { type: 'phrase', text: text.slice(from + 1, end), start, end: end + 1, ...named };
    const word = wordEnd(text, from + 1);
    return { type: 'word', text: text.slice(from, word), start, end: word, unclosed: true, ...named };
  }
  const end = wordEnd(text, from + 1);
  return { type: 'word', text: text.slice(from, end), start, end, ...named };
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !SPACE.test(text[end] as string) && !'()'.includes(text[end] as string)) {
    if (OPENING.includes(text[end] as string)) break;
    end += 1;
  }
  return end;
}
