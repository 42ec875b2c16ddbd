import { AppError } from '../../lib/errors';
import { element, ROOT, text as textNode } from '../../lib/sources/clean-tree';
import { linesOf } from '../../lib/sources/pdf-flow';
import { type PdfParagraph, paragraphsOf } from '../../lib/sources/pdf-paragraphs';
import { placesIn } from '../../lib/sources/pdf-places';
import { findTitle } from '../../lib/sources/title';
import type { Article } from './article';
import { settle } from './clean-html';
import { readPages } from './pdf-pages';
import { languageTag, oneLine } from './read-metadata';

const TAGS = { 0: 'p', 1: 'h1', 2: 'h2' } as const;

/** Numbers in words, runs of them as ranges: “2–5, 8 and 11”. */
function inWords(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const words = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  if (words.length > 12) return `${words.slice(0, 12).join(', ')} and others`;
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function pictures(numbers: readonly number[]): string[] {
  if (numbers.length === 0) return [];
  return [
    numbers.length === 1
      ? `Page ${numbers[0]} holds only pictures, or nothing: there is no text to mark on it.`
      : `Pages ${inWords(numbers)} hold only pictures, or nothing: there is no text to mark on them.`,
  ];
}

/** What programs write as a title when nobody gave one: the name of a file, or their own. */
const NO_TITLE =
  /\.(?:docx?|odt|rtf|pdf|tex|dvi|indd|qxp|pptx?|xlsx?|pages)$|^(?:untitled|microsoft word|unknown|title)\b/i;

function titleFrom(paragraphs: readonly PdfParagraph[], stated: string | null): string | null {
  const heading = paragraphs.find(({ level }) => level === 1)?.text ?? '';
  if (heading.length >= 4) return oneLine(heading);
  return stated !== null && !NO_TITLE.test(stated.trim()) ? oneLine(stated) : null;
}

/**
 * Reads a PDF: its text in reading order as paragraphs and headings, and where each part of it stands on its pages.
 * Who wrote it is not taken from it, as such a name may have to be protected.
 * @throws AppError invalid where it is locked, broken, too large, or holds only pictures.
 */
export async function articleFromPdf(bytes: Uint8Array, name: string): Promise<Article> {
  const { pages, title, language } = await readPages(bytes);
  const { lines, behind } = linesOf(pages);
  const paragraphs = paragraphsOf(lines);
  const tree = element(
    ROOT,
    paragraphs.map(({ level, text }) => element(TAGS[level], [textNode(text)])),
  );
  const clean = settle(tree);
  if (!/[\p{L}\p{N}]/u.test(clean.text))
    throw new AppError(
      'invalid',
      'This PDF holds only pictures of its pages, as scanners make them: there is no text in it to mark. Let a program recognise the text first (OCRmyPDF does, so do most scanners’ own programs), and bring in the file that makes.',
      { details: { reason: 'no-text' } },
    );
  const places = placesIn(clean.text, paragraphs, pages);
  const bare = pages.flatMap(({ runs }, page) => (runs.length === 0 ? [page + 1] : []));
  return {
    title: titleFrom(paragraphs, title) ?? oneLine(findTitle(clean.text)) ?? name,
    byline: null,
    siteName: null,
    publishedAt: null,
    language: languageTag(language),
    canonicalUrl: null,
    leftOut: [
      ...(behind.repeated > 0 ? ['What repeats at the top or foot of pages, and their numbers.'] : []),
      ...(behind.slanted > 0 ? ['What is set at a slant, as watermarks are.'] : []),
      ...pictures(bare),
    ],
    places,
    ...clean,
  };
}
