import type { Leaf, Node, Place, Problem, Query } from './query';
import { readField } from './read-field';
import { type Token, tokensOf } from './tokens';

/** Brackets deeper than this are left out. */
const DEEPEST = 20;
const OPERATORS = ['AND', 'OR', 'NOT'];

/**
 * Reads a search: words, "exact phrases", word*, `-` or NOT, OR, brackets, and fields like `code:Denial`. Side by side means
 * both. Every text can be read: what makes no sense is taken for plain words, and `problems` says so. Offsets are UTF-16.
 */
export function parseQuery(text: string): Query {
  const reader = new Reader(tokensOf(text));
  const root = reader.readAny(0);
  return { root, problems: reader.problems.sort((a, b) => a.start - b.start) };
}

/** One node of several; nodes of the same kind within become one with it. */
function join(type: 'and' | 'or', nodes: readonly Node[]): Node | null {
  const flat = nodes.flatMap((node) => (node.type === type ? node.nodes : [node]));
  return flat.length < 2 ? (flat[0] ?? null) : { type, nodes: flat };
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Alternatives until the bracket or the text ends. */
  readAny(depth: number): Node | null {
    const alternatives: Node[] = [];
    for (;;) {
      const all = this.#readAll(depth);
      if (all !== null) alternatives.push(all);
      if (!this.#is('OR')) return join('or', alternatives);
      this.#at += 1;
    }
  }

  /** What stands side by side. It ends before an OR that has something on both sides. */
  #readAll(depth: number): Node | null {
    const nodes: (Node | null)[] = [];
    for (let token = this.#next; token !== undefined; token = this.#next) {
      if (token.type === 'close' && depth > 0) break;
      if (this.#is('OR') && nodes.length > 0 && this.#begins(1)) break;
      nodes.push(this.#readOne(token, depth, nodes.length > 0));
    }
    return join(
      'and',
      nodes.filter((node) => node !== null),
    );
  }

  #readOne(token: Token, depth: number, follows: boolean): Node | null {
    if (token.type === 'minus' || this.#is('NOT')) return this.#readNot(depth);
    const isPlain = this.#is('OR') || (this.#is('AND') && !(follows && this.#begins(1)));
    const isAnd = this.#is('AND');
    this.#at += 1;
    if (isPlain) {
      return this.#asWord(token, `${token.text} stands between two things to look for. Here it is a word.`);
    }
    if (isAnd) return null;
    if (token.type === 'open') return this.#readBracket(token, depth);
    if (token.type === 'close') {
      this.#tell(token, 'This bracket closes nothing. Take it away, or open one before it.');
      return null;
    }
    return this.#leafOf(token);
  }

  #readNot(depth: number): Node | null {
    let isTurned = false;
    for (let token = this.#next; token?.type === 'minus' || this.#is('NOT'); token = this.#next) {
      if (!this.#begins(1)) {
        this.#at += 1;
        return this.#asWord(token as Token, 'NOT stands before what is not to be found. Here it is a word.');
      }
      isTurned = !isTurned;
      this.#at += 1;
    }
    const node = this.#readOne(this.#next as Token, depth, false);
    if (node === null || !isTurned) return node;
    return node.type === 'not' ? node.node : { type: 'not', node };
  }

  #readBracket(open: Token, depth: number): Node | null {
    if (depth >= DEEPEST) {
      this.#tell(open, 'There are too many brackets in one another. This one is left out.');
      return null;
    }
    const node = this.readAny(depth + 1);
    if (this.#next?.type === 'close') this.#at += 1;
    else this.#tell(open, 'This bracket is never closed. Close it, or take it away.');
    return node;
  }

  #leafOf(token: Token): Leaf | null {
    const { start, end, field, unclosed } = token;
    const text = (unclosed ? token.text.slice(1) : token.text).trim();
    if (unclosed)
      this.#tell(token, 'This quote mark is never closed. Close it after the last word of the phrase.');
    if (field === undefined) {
      if (token.type === 'phrase' || unclosed) return text === '' ? null : phrase(text, token);
      return wordOf(text, token);
    }
    const read = readField(field, text);
    if ('field' in read) return { type: 'field', ...read, start, end };
    this.#tell(token, read.fault);
    return token.type === 'phrase'
      ? phrase(`${field} ${text}`.trim(), token)
      : wordOf(`${field}:${text}`, token);
  }

  #asWord(token: Token, why: string): Leaf {
    this.#tell(token, why);
    return phrase(token.text, token);
  }

  /** Whether something to look for begins so many tokens on. */
  #begins(ahead: number): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token !== undefined && token.type !== 'close' && !isOperator(token, 'OR');
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #is(operator: string): boolean {
    return this.#next !== undefined && isOperator(this.#next, operator);
  }

  #tell({ start, end }: Place, words: string): void {
    this.problems.push({ start, end, words });
  }
}

function isOperator({ type, text, field, unclosed }: Token, operator: string): boolean {
  return type === 'word' && field === undefined && !unclosed && text === operator;
}

/** Quote marks inside a phrase are looked for by nobody, and would end it where it is printed. */
const phrase = (words: string, { start, end }: Place): Leaf => ({
  type: 'phrase',
  words:
    words
      .replace(/["“”„«»]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim() || words,
  start,
  end,
});

/** A word; what printed bare would be read as something else is a phrase of one word. */
function wordOf(text: string, place: Place): Leaf {
  if (text.startsWith('-') || OPERATORS.includes(text)) return phrase(text, place);
  const prefix = /[\p{L}\p{N}]\*$/u.test(text);
  const { start, end } = place;
  return { type: 'word', word: prefix ? text.slice(0, -1) : text, prefix, start, end };
}
