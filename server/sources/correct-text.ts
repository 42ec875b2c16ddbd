import { diffWordsWithSpace } from 'diff';
import { AppError } from '../../lib/errors';
import { canonicalText, type Piece } from '../../lib/sources/canonical-text';
import type { CleanNode } from '../../lib/sources/clean-tree';
import type { Correction } from '../../lib/sources/version';
import type { Article } from './article';
import { parseClean, settle } from './clean-html';
import { articleFromText } from './import-text';

type Clean = Pick<Article, 'html' | 'text'>;

const WITHIN =
  'A correction stays within one paragraph or line. To change more, paste the whole corrected text instead.';

/**
 * Stored html with words put in place of passages of its canonical text (UTF-16 units, none overlapping); what stands
 * around them keeps its form.
 * @throws AppError invalid when a passage lies outside the text or reaches beyond its line, or the words have lines.
 */
export function correctText(html: string, corrections: readonly Correction[]): Clean {
  const tree = parseClean(html);
  const { text, pieces } = canonicalText<CleanNode>(tree);
  let expected = text;
  // From the last one on: what stands before keeps its place.
  for (const correction of [...corrections].sort((one, two) => two.start - one.start)) {
    const { start, end, text: words } = correction;
    if (start > end || end > text.length)
      throw new AppError(
        'invalid',
        `The passage ${start}-${end} is outside the text (0-${text.length}). Load the source again.`,
      );
    if (/[\n\r\u2028\u2029]/.test(words)) throw new AppError('invalid', WITHIN);
    replaceWithin(pieces, correction);
    expected = expected.slice(0, start) + words + expected.slice(end);
  }
  const made = settle(tree);
  if (flat(made.text) !== flat(expected)) throw new AppError('invalid', WITHIN);
  return made;
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

function replaceWithin(pieces: readonly Piece<CleanNode>[], { start, end, text }: Correction): void {
  const touched = pieces.filter((piece) =>
    start === end ? piece.start <= start && start <= piece.end : piece.start < end && piece.end > start,
  );
  let at = start;
  for (const piece of touched) {
    if (start !== end && piece.start > at) throw new AppError('invalid', WITHIN);
    at = piece.end;
  }
  const [first] = touched;
  if (first === undefined || at < end) throw new AppError('invalid', WITHIN);
  for (const { node, ...piece } of start === end ? [first] : touched) {
    if (node.nodeType !== 3) continue;
    const [from, until] = [Math.max(0, start - piece.start), Math.min(end, piece.end) - piece.start];
    node.data = node.data.slice(0, from) + (node === first.node ? text : '') + node.data.slice(until);
  }
}

/**
 * Stored html with its whole text replaced by a corrected one. Where both have the same lines, only the words that
 * differ are replaced and the form stays; else the corrected text is read as plain text.
 * @throws AppError invalid when there is no text.
 */
export function correctWhole(html: string, corrected: string): Clean {
  const { text } = canonicalText(parseClean(html));
  const corrections = differing(text, corrected.replace(/\r\n?/g, '\n').trim());
  if (corrections !== null) {
    try {
      return correctText(html, corrections);
    } catch (error) {
      // The lines are the same in number and yet not in kind: cells of a table that were joined, for one.
      if (!(error instanceof AppError)) throw error;
    }
  }
  const { html: made, text: read } = articleFromText(corrected);
  return { html: made, text: read };
}

/** What differs line by line; `null` when the lines are not the same ones. */
function differing(old: string, corrected: string): Correction[] | null {
  const [before, after] = [old.split('\n'), corrected.split('\n').map((line) => line.trim())];
  if (before.length !== after.length) return null;
  const found: Correction[] = [];
  let at = 0;
  for (const [nth, line] of before.entries()) {
    const words = after[nth] as string;
    if ((line === '') !== (words === '')) return null;
    if (line !== words) found.push(...wordsThatDiffer(line, words, at));
    at += line.length + 1;
  }
  return found;
}

/** Edits in one line after which they are no longer told apart: it is another line then. */
const MOST_EDITS = 1_000;

/** The words of a line that differ (offsets from `at`), or the whole line where it has become another. */
function wordsThatDiffer(line: string, words: string, at: number): Correction[] {
  const parts = diffWordsWithSpace(line, words, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [{ start: at, end: at + line.length, text: words }];
  const found: Correction[] = [];
  let open: Correction | null = null;
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      at += value.length;
      open = null;
      continue;
    }
    if (open === null) {
      open = { start: at, end: at, text: '' };
      found.push(open);
    }
    if (added) open.text += value;
    else {
      at += value.length;
      open.end = at;
    }
  }
  return found;
}
