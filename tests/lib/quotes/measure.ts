import { readFileSync } from 'node:fs';
import { articleFromText } from '@/server/sources/import-text';
import { readArticle } from '@/server/sources/read-article';
import { INPUTS } from '../../support/inputs';
import type { Labelled } from './labels';

/** What a finder says, as far as it is measured. */
export type Said = { readonly spans: readonly { start: number; end: number }[]; readonly speaker: string };

export type Score = {
  readonly page: string;
  readonly quotations: number;
  readonly found: number;
  readonly right: number;
  /** Proposals of what nobody said. */
  readonly wrong: number;
  /** Pieces of a split quotation that were given as quotations of their own. */
  readonly apart: number;
  readonly disputed: number;
  readonly missed: readonly string[];
  readonly mistaken: readonly string[];
  readonly extra: readonly string[];
};

/** A page's canonical text and language, as the importer reads it. */
export function readPage(page: string): { text: string; language: string | null } {
  if (page === 'article.txt') return articleFromText(readFileSync(`${INPUTS}/article.txt`, 'utf8'));
  const html = readFileSync(`${INPUTS}/pages/${page}/source.html`, 'utf8');
  return readArticle(html, 'https://example.com/page.html');
}

/** Compares what was said with the labels of a page: a quotation is found where a piece begins at its first words. */
export function scoreOf(labels: Labelled, text: string, said: readonly Said[]): Score {
  const left = new Set(said);
  const take = (start: number, anyPiece: boolean) => {
    const found = said.find(({ spans }) =>
      (anyPiece ? spans : spans.slice(0, 1)).some((span) => Math.abs(span.start - start) <= 1),
    );
    if (found !== undefined) left.delete(found);
    return found;
  };
  const missed: string[] = [];
  const mistaken: string[] = [];
  let from = 0;
  for (const [words, ...speakers] of labels.quotations) {
    const start = placeOf(text, words, from);
    from = start + 1;
    const found = take(start, true);
    if (found === undefined) missed.push(words);
    else if (!speakers.some((speaker) => plain(speaker) === plain(found.speaker)))
      mistaken.push(`${words}: ${found.speaker || '(nobody)'} for ${speakers[0]}`);
  }
  let apart = 0;
  for (const words of labels.pieces) {
    const piece = take(placeOf(text, words, 0), false);
    if (piece !== undefined) apart += 1;
  }
  let disputed = 0;
  for (const words of labels.disputed) if (take(placeOf(text, words, 0), true) !== undefined) disputed += 1;
  const quotations = labels.quotations.length;
  const found = quotations - missed.length;
  return {
    page: labels.page,
    quotations,
    found,
    right: found - mistaken.length,
    wrong: left.size,
    apart,
    disputed,
    missed,
    mistaken,
    extra: [...left].map(
      ({ spans, speaker }) => `${text.slice(spans[0]?.start, spans[0]?.end).slice(0, 50)}: ${speaker}`,
    ),
  };
}

/** The sums of several pages. */
export function sumOf(page: string, scores: readonly Score[]): Score {
  const sum = (key: 'quotations' | 'found' | 'right' | 'wrong' | 'apart' | 'disputed') =>
    scores.reduce((total, score) => total + score[key], 0);
  return {
    page,
    quotations: sum('quotations'),
    found: sum('found'),
    right: sum('right'),
    wrong: sum('wrong'),
    apart: sum('apart'),
    disputed: sum('disputed'),
    missed: scores.flatMap(({ missed }) => missed),
    mistaken: scores.flatMap(({ mistaken }) => mistaken),
    extra: scores.flatMap(({ extra }) => extra),
  };
}

const MARKS = /["“«‘'„]\s?$/;

/** Where the words stand right behind a quotation mark, or at the beginning of a line. */
function placeOf(text: string, words: string, from: number): number {
  for (let at = text.indexOf(words, from); at !== -1; at = text.indexOf(words, at + 1))
    if (MARKS.test(text.slice(at - 2, at)) || text.charAt(at - 1) === '\n') return at;
  throw new Error(`The labels name a quotation that is not in the text: ${words}`);
}

/** Without article and title, in lower case. */
function plain(speaker: string): string {
  return speaker
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^(?:l'|(?:the|an?|le|la|les|ce|cette|mr|mrs|ms|president|dr)\b\.? )/, '');
}
