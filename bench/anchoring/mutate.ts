import type { Span } from '../../lib/anchoring/describe';

/** A passage, and what became of it: `gone` when none of its words is left, `null` when too much is gone, or its parts
 * were moved apart, so that nobody could say. */
export type Case = {
  readonly span: Span;
  readonly words: number;
  readonly truth: Span | 'gone' | null;
  /** Whether the passage stands in the new text letter for letter, and its surroundings too. */
  readonly untouched: boolean;
};

export type Mutated = { readonly old: string; readonly new: string; readonly cases: readonly Case[] };

/** How much an editor does, each a chance for every word, sentence or paragraph. */
export type Editor = {
  readonly typo: number;
  readonly restyle: number;
  readonly replace: number;
  readonly addWord: number;
  readonly dropWord: number;
  readonly addSentence: number;
  readonly dropSentence: number;
  readonly moveParagraph: number;
  readonly dropPassage: number;
};

export const EDITOR: Editor = {
  typo: 0.012,
  restyle: 0.5,
  replace: 0.025,
  addWord: 0.01,
  dropWord: 0.01,
  addSentence: 0.08,
  dropSentence: 0.05,
  moveParagraph: 0.06,
  dropPassage: 0.2,
};

type Piece = { old: string; now: string; start: number; word: boolean; sentence: number; paragraph: number };

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let sentence = 0;
  let paragraph = 0;
  for (const match of text.matchAll(
    /\p{Script=Han}|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{N}]+)*|\n+|[^\S\n]+|[\s\S]/gu,
  )) {
    const [old] = match;
    const word = /[\p{L}\p{N}]/u.test(old);
    const before = pieces[pieces.length - 1];
    if (before && /^\n/.test(before.old)) {
      paragraph += 1;
      sentence += 1;
    } else if (
      before &&
      /^\s/.test(before.old) &&
      /[.!?…]["”’)»]?$/.test(text.slice(Math.max(0, match.index - 4), match.index).trimEnd())
    )
      sentence += 1;
    pieces.push({ old, now: old, start: match.index, word, sentence, paragraph });
  }
  return pieces;
}

const RESTYLED: readonly (readonly [RegExp, string])[] = [
  [/^[“”„«»]$/u, '"'],
  [/^"$/, '”'],
  [/^[‘’]$/u, "'"],
  [/^'$/, '’'],
  [/^[–—]$/u, '--'],
  [/^-$/, '–'],
  [/^…$/u, '...'],
  [/^ $/, '\u00a0'],
];

const OPENING = /^[“„«‘([]$/u;
const CLOSING = /^[.!?…”»’)\],;:]$/u;

function typo(word: string, random: () => number): string {
  const letters = [...word];
  if (letters.length < 4) return word;
  const at = 1 + Math.floor(random() * (letters.length - 2));
  const kind = random();
  if (kind < 0.35) [letters[at], letters[at - 1]] = [letters[at - 1] as string, letters[at] as string];
  else if (kind < 0.7) letters.splice(at, 1);
  else letters.splice(at, 0, letters[at] as string);
  return letters.join('');
}

/** An edited copy of a text, and where `count` passages of 3 to 80 words of it stand in the copy. Seeded: `random` decides all. */
export function mutate(
  text: string,
  pool: { readonly words: readonly string[]; readonly sentences: readonly string[] },
  editor: Editor,
  count: number,
  random: () => number,
): Mutated {
  const pieces = piecesOf(text);
  const wordAt = pieces.flatMap((piece, at) => (piece.word ? [at] : []));
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const chosen: { first: number; last: number; words: number; dropped: boolean }[] = [];
  const taken = new Uint8Array(pieces.length);
  for (let each = 0; each < count * 3 && chosen.length < count; each += 1) {
    const words = 3 + Math.floor(77 * random() ** 2.5);
    const from = Math.floor(random() * (wordAt.length - words));
    if (from < 0) continue;
    let first = wordAt[from] as number;
    let last = wordAt[from + words - 1] as number;
    if (first > 0 && random() < 0.7 && /^[“"«‘(]$/u.test((pieces[first - 1] as Piece).old)) first -= 1;
    while (
      last + 1 < pieces.length &&
      random() < 0.5 &&
      /^[.!?…”"»’)]$/u.test((pieces[last + 1] as Piece).old)
    )
      last += 1;
    const dropped = random() < editor.dropPassage && !taken.slice(first, last + 1).includes(1);
    chosen.push({ first, last, words, dropped });
    // Passages that go must not take others with them more than by chance: they are the odd one in the count.
    if (dropped) taken.fill(1, first, last + 1);
  }
  const added = new Map<number, string>();
  const restyles = RESTYLED.map(() => random() < editor.restyle);
  const lostSentences = new Set<number>();
  const gainedSentences = new Set<number>();
  for (let sentence = 0; sentence <= (pieces.at(-1)?.sentence ?? 0); sentence += 1) {
    if (random() < editor.dropSentence) lostSentences.add(sentence);
    if (random() < editor.addSentence) gainedSentences.add(sentence);
  }
  pieces.forEach((piece, at) => {
    if (lostSentences.has(piece.sentence) && !/^\n/.test(piece.old)) {
      piece.now = '';
      return;
    }
    const fresh = at > 0 && (pieces[at - 1] as Piece).sentence !== piece.sentence;
    if (fresh && gainedSentences.has(piece.sentence)) added.set(at, `${pick(pool.sentences)} `);
    if (piece.word) {
      const chance = random();
      if (chance < editor.typo) piece.now = typo(piece.old, random);
      else if (chance < editor.typo + editor.replace) piece.now = pick(pool.words);
      else if (chance < editor.typo + editor.replace + editor.addWord) added.set(at, `${pick(pool.words)} `);
      else if (chance < editor.typo + editor.replace + editor.addWord + editor.dropWord) {
        piece.now = '';
        const next = pieces[at + 1];
        if (next && /^[^\S\n]/.test(next.old)) next.old = next.now = '';
      }
    } else {
      RESTYLED.forEach(([pattern, instead], kind) => {
        if (!restyles[kind] || !pattern.test(piece.old)) return;
        if (piece.old !== ' ' || random() < 0.05) piece.now = instead;
      });
    }
  });
  for (const { first, last, dropped } of chosen)
    if (dropped) for (let at = first; at <= last; at += 1) (pieces[at] as Piece).now = '';
  const order = moveParagraphs(pieces, editor, random);
  const rank = new Int32Array(pieces.length);
  order.forEach((at, place) => {
    rank[at] = place;
  });
  const starts = new Int32Array(pieces.length);
  const parts: string[] = [];
  let length = 0;
  for (const at of order) {
    const extra = added.get(at) ?? '';
    starts[at] = length + extra.length;
    const { now } = pieces[at] as Piece;
    parts.push(extra, now);
    length += extra.length + now.length;
  }
  const cases = chosen.map(({ first, last, words }): Case => {
    const mine = pieces.slice(first, last + 1);
    const span = {
      start: (mine[0] as Piece).start,
      end:
        (mine.at(-1) as Piece).start +
        (text
          .slice((mine.at(-1) as Piece).start)
          .match(/^(?:\p{Script=Han}|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{N}]+)*|[\s\S])/u)?.[0].length ?? 1),
    };
    const left = mine.filter(({ word, now }) => word && now !== '');
    const kept = left.filter(
      ({ old, now }) =>
        old === now || (old.length > 3 && Math.abs(old.length - now.length) <= 1 && old[0] === now[0]),
    ).length;
    const standing = mine.flatMap((piece, each) =>
      piece.now === '' || /^\s/.test(piece.now) ? [] : [first + each],
    );
    // Signs that were left over from words that went belong to nobody: only opening ones begin, only closing ones end.
    const low = standing.find(
      (at) => at === first || (pieces[at] as Piece).word || OPENING.test((pieces[at] as Piece).old),
    );
    const high = standing.findLast(
      (at) => at === last || (pieces[at] as Piece).word || CLOSING.test((pieces[at] as Piece).old),
    );
    let truth: Case['truth'] = null;
    if (left.length === 0) truth = 'gone';
    // Paragraphs of it that went separate ways have no one place.
    else if (
      low !== undefined &&
      high !== undefined &&
      kept >= 0.6 * words &&
      (rank[high] as number) - (rank[low] as number) === high - low
    ) {
      const found = {
        start: starts[low] as number,
        end: (starts[high] as number) + (pieces[high] as Piece).now.length,
      };
      const size = found.end - found.start;
      if (size > 0) truth = found;
    }
    return { span, words, truth, untouched: false };
  });
  const now = parts.join('');
  return {
    old: text,
    new: now,
    cases: cases.map((one) => ({ ...one, untouched: isUntouched(text, now, one) })),
  };
}

function isUntouched(old: string, now: string, { span, truth }: Case): boolean {
  if (truth === null || truth === 'gone') return false;
  const around = 60;
  return (
    old.slice(Math.max(0, span.start - around), span.end + around) ===
    now.slice(Math.max(0, truth.start - Math.min(around, span.start)), truth.end + around)
  );
}

/** The order of the pieces once some paragraphs were put elsewhere. A paragraph takes the line ends behind it along. */
function moveParagraphs(pieces: readonly Piece[], editor: Editor, random: () => number): number[] {
  const paragraphs: number[][] = [];
  pieces.forEach(({ paragraph }, at) => {
    paragraphs[paragraph] ??= [];
    paragraphs[paragraph]?.push(at);
  });
  const order = paragraphs.map((_, at) => at);
  // The last one has no line end behind it: it stays.
  for (let paragraph = 0; paragraph < paragraphs.length - 1; paragraph += 1) {
    if (random() >= editor.moveParagraph) continue;
    order.splice(order.indexOf(paragraph), 1);
    order.splice(Math.floor(random() * (order.length - 1)), 0, paragraph);
  }
  return order.flatMap((paragraph) => paragraphs[paragraph] ?? []);
}
