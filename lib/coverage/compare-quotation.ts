import { diffWordsWithSpace } from 'diff';
import { anchor } from '../anchoring/anchor';
import { lettersOf } from './letters';

/** A text that a quotation may be from: a mark's words, or a whole source. */
export type Passage = { readonly id: string; readonly text: string };

/** A stretch of a quotation: as in its source, only in the quotation (`added`), or only in the source (`removed`). */
export type Part = { readonly kind: 'same' | 'added' | 'removed'; readonly words: string };

export type QuotationCheck = {
  /**
   * `same`: letter by letter; `cut`: so but for omissions and insertions that it shows itself; `differs`: a passage much
   * like it says something else; `missing`: nothing like it is in any passage.
   */
  readonly result: 'same' | 'cut' | 'differs' | 'missing';
  /** The passage that has it, by the id that was given. */
  readonly passageId: string | null;
  /** Where it differs, in order; empty unless it does. */
  readonly parts: readonly Part[];
};

/** What an editor leaves out or puts in, and shows: dots, alone or in brackets, and words in square brackets. */
const SHOWN = /\s*(?:[[(]\s*\.\.\.\s*[\])]|\.\.\.|\[[^\]]*\])\s*/u;
/** Points that a sentence round a quotation puts inside its marks. */
const LAST_POINT = /[.,;:]$/;
const MISSING: QuotationCheck = { result: 'missing', passageId: null, parts: [] };
/** A quotation has at least this share of its letters in a passage that it differs from. */
const LIKE = 0.6;

/**
 * Compares the words of a quotation letter by letter with passages, best first: the first that has it wins. How quotes and
 * dashes are set does not count, nor does a last point, which the sentence around it may have put there.
 */
export function compareQuotation(words: string, passages: readonly Passage[]): QuotationCheck {
  const { folded } = lettersOf(words);
  const whole = folded.trim().replace(LAST_POINT, '');
  if (whole === '') return MISSING;
  const pieces = folded
    .trim()
    .replace(LAST_POINT, '')
    .split(SHOWN)
    .filter((piece) => piece !== '');
  for (const { id, text } of passages) {
    const source = lettersOf(text).folded;
    if (source.includes(whole)) return { result: 'same', passageId: id, parts: [] };
    if (pieces.length > 0 && SHOWN.test(whole) && haveInOrder(source, pieces))
      return { result: 'cut', passageId: id, parts: [] };
  }
  return nearest(words, passages);
}

function haveInOrder(source: string, pieces: readonly string[]): boolean {
  let at = 0;
  for (const piece of pieces) {
    const found = source.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}

/** The passage most like the quotation, with where they differ. */
function nearest(words: string, passages: readonly Passage[]): QuotationCheck {
  let [best, likest] = [MISSING, LIKE];
  for (const { id, text } of passages) {
    const parts = partsOf(words, stretchLike(words, text));
    const same = lengthOf(parts, 'same');
    const like = same / Math.max(1, same + Math.max(lengthOf(parts, 'added'), lengthOf(parts, 'removed')));
    if (like > likest) [best, likest] = [{ result: 'differs', passageId: id, parts }, like];
  }
  return best;
}

/** The stretch of a long text that a quotation is likely to be from; the text itself when it is hardly longer. */
function stretchLike(words: string, text: string): string {
  if (text.length <= words.length * 1.5) return text;
  const found = anchor(text, [{ type: 'TextQuoteSelector', exact: words, prefix: '', suffix: '' }]);
  const span = 'span' in found ? found.span : found.candidates[0]?.span;
  return span ? text.slice(span.start, span.end) : '';
}

function partsOf(words: string, source: string): Part[] {
  const [said, is] = [lettersOf(words).folded.trim(), lettersOf(source).folded.trim()];
  return diffWordsWithSpace(is, said).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    words: value,
  }));
}

const lengthOf = (parts: readonly Part[], kind: Part['kind']) =>
  parts.reduce((sum, part) => sum + (part.kind === kind ? part.words.length : 0), 0);
