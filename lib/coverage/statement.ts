import type { Node } from '@tiptap/pm/model';
import { QUOTE_CHIP, REFERENCE } from '../notes/note-content';
import { quotedIn } from '../quotes/marks';
import { endsOf } from './sentences';

/** Stands in a statement's words for each chip and each link to a thing. */
export const OBJECT = '\uFFFC';

/** A passage of a note that is given as somebody's very words; positions are the document's, end exclusive. */
export type Quotation = { readonly from: number; readonly to: number; readonly words: string };

/** A sentence of a note that says something, with what it names; positions are the document's, end exclusive. */
export type Statement = {
  readonly from: number;
  readonly to: number;
  /** Its words, with U+FFFC for each chip and link. */
  readonly words: string;
  /** The same with what each chip and link stands for: two statements say the same when these are equal. */
  readonly text: string;
  readonly annotationIds: readonly string[];
  readonly claimIds: readonly string[];
  readonly sourceIds: readonly string[];
  readonly quotations: readonly Quotation[];
};

/** What says nothing by itself: titles, program text, tasks still to be done. */
const PASSED_OVER = new Set(['heading', 'codeBlock', 'taskItem']);
const LETTER = /[\p{L}\p{N}]/u;

/**
 * The sentences of a note in its order. A heading, a task and program text state nothing; a sentence goes on through a
 * quotation of several sentences; a chip behind the full stop belongs to the sentence it follows.
 */
export function statementsOf(doc: Node): Statement[] {
  const found: Statement[] = [];
  doc.descendants((node, pos, parent) => {
    if (PASSED_OVER.has(node.type.name)) return false;
    if (!node.isTextblock) return true;
    found.push(...ofBlock(node, pos + 1, parent?.type.name === 'blockquote'));
    return false;
  });
  return found;
}

function ofBlock(block: Node, start: number, isQuotation: boolean): Statement[] {
  const { words, things } = readBlock(block);
  const quoted = quotationsOf(words, isQuotation);
  const found: Statement[] = [];
  let from = 0;
  for (const end of endsOf(
    words,
    quoted.map(({ outer }) => outer),
  )) {
    const [first, last] = trimmed(words, from, end);
    const named = things.filter(({ at }) => at >= first && at < last);
    from = end;
    if (named.length === 0 && !LETTER.test(words.slice(first, last))) continue;
    const ids = (kind: string) => [...new Set(named.filter((one) => one.kind === kind).map(({ id }) => id))];
    found.push({
      from: start + first,
      to: start + last,
      words: words.slice(first, last),
      text: textOf(words, first, last, named),
      annotationIds: ids('annotation'),
      claimIds: ids('claim'),
      sourceIds: ids('source'),
      quotations: quoted
        .filter(({ outer }) => outer.start >= first && outer.start < last)
        .map(({ inner }) => ({
          from: start + inner.start,
          to: start + inner.end,
          words: words.slice(inner.start, inner.end),
        })),
    });
  }
  return found;
}

type Thing = { readonly at: number; readonly kind: string; readonly id: string };

/** A block's words, one unit for each unit of its content, so that offsets are positions. */
function readBlock(block: Node): { words: string; things: Thing[] } {
  let words = '';
  const things: Thing[] = [];
  block.forEach((node) => {
    const at = words.length;
    if (node.isText) words += node.text ?? '';
    else if (node.type.name === 'hardBreak') words += '\n';
    else words += OBJECT;
    if (node.type.name === QUOTE_CHIP)
      things.push({ at, kind: 'annotation', id: String(node.attrs.annotationId) });
    if (node.type.name === REFERENCE)
      things.push({ at, kind: String(node.attrs.kind), id: String(node.attrs.id) });
  });
  return { words, things };
}

function textOf(words: string, first: number, last: number, things: readonly Thing[]): string {
  let text = '';
  let at = first;
  for (const thing of things) {
    text += `${words.slice(at, thing.at)}[${thing.kind}:${thing.id}]`;
    at = thing.at + 1;
  }
  return (text + words.slice(at, last)).replace(/\s+/gu, ' ').trim();
}

function trimmed(words: string, from: number, to: number): [number, number] {
  let [first, last] = [from, to];
  while (first < last && /\s/u.test(words.charAt(first))) first++;
  while (last > first && /\s/u.test(words.charAt(last - 1))) last--;
  return [first, last];
}

type Span = { start: number; end: number };

/** What stands between quotation marks; a block quotation without any is one whole. */
function quotationsOf(words: string, isQuotation: boolean): { outer: Span; inner: Span }[] {
  const found = quotedIn(words).map(({ outer, pieces }) => ({
    outer: { ...outer },
    inner: { start: pieces[0]?.start ?? outer.start, end: pieces.at(-1)?.end ?? outer.end },
  }));
  if (found.length > 0 || !isQuotation) return found;
  // A chip at its end says whose words they are, and is none of them.
  const own = words.replace(new RegExp(`[\\s${OBJECT}—–-]+$`, 'u'), '');
  const [start] = trimmed(words, 0, own.length);
  return LETTER.test(own) ? [{ outer: { start, end: own.length }, inner: { start, end: own.length } }] : [];
}
