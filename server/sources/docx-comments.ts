import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type CommentInFile, timeInFile } from './discussions';
import { MOST_MARKERS, markerOf } from './marked-text';

const WORD: ReadonlySet<string> = new Set([
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
]);
/** Elements within a paragraph whose runs are read as its own. */
const OPEN: ReadonlySet<string> = new Set(
  'hyperlink ins moveTo smartTag customXml sdt sdtContent'.split(' '),
);
const MOST_LETTERS = 100_000;

const isWord = (tag: SaxesTagNS, name: string) => tag.local === name && WORD.has(tag.uri);
const attributeOf = (tag: SaxesTagNS, name: string): string | null =>
  Object.values(tag.attributes).find(({ local }) => local === name)?.value ?? null;

type Open = { key: string; author: string; at: string | null; text: string; paragraphs: string[] };

/** Reads the comments of a document in their order, each with the ids of its paragraphs; `xml` was checked before. */
function readComments(xml: string): Open[] {
  const comments: Open[] = [];
  let open: Open | null = null;
  let words = 0;
  let struck = 0;
  const parser = new SaxesParser({ xmlns: true, position: false });
  const add = (text: string) => {
    // One letter too many says that there were more.
    if (open !== null && struck === 0 && open.text.length < MOST_LETTERS) open.text += text;
  };
  parser.on('opentag', (tag) => {
    if (isWord(tag, 'comment')) {
      const [key, author] = [attributeOf(tag, 'id') ?? '', attributeOf(tag, 'author') ?? ''];
      open = { key, author, at: timeInFile(attributeOf(tag, 'date') ?? ''), text: '', paragraphs: [] };
      comments.push(open);
    } else if (open === null) return;
    else if (isWord(tag, 'p')) {
      if (open.text !== '') add('\n');
      // Programs that write no replies name no paragraphs.
      const id = attributeOf(tag, 'paraId');
      if (id) open.paragraphs.push(id.toUpperCase());
    } else if (isWord(tag, 't')) words += 1;
    else if (isWord(tag, 'tab')) add('\t');
    else if (isWord(tag, 'br') || isWord(tag, 'cr')) add('\n');
    else if (isWord(tag, 'del') || isWord(tag, 'moveFrom')) struck += 1;
  });
  parser.on('closetag', (tag) => {
    if (isWord(tag, 'comment')) open = null;
    else if (isWord(tag, 't') && words > 0) words -= 1;
    else if ((isWord(tag, 'del') || isWord(tag, 'moveFrom')) && struck > 0) struck -= 1;
  });
  const said = (text: string) => {
    if (words > 0) add(text);
  };
  parser.on('text', said);
  parser.on('cdata', said);
  parser.write(xml).close();
  return comments;
}

type Extended = { readonly parent: string | null; readonly isDone: boolean };

/** What replies to what, and what is resolved, by the ids of paragraphs. */
function readExtended(xml: string): ReadonlyMap<string, Extended> {
  const found = new Map<string, Extended>();
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => {
    if (tag.local !== 'commentEx') return;
    const id = attributeOf(tag, 'paraId')?.toUpperCase();
    if (id === undefined) return;
    const parent = attributeOf(tag, 'paraIdParent')?.toUpperCase() ?? null;
    found.set(id, { parent, isDone: /^(?:1|true|on)$/.test(attributeOf(tag, 'done') ?? '') });
  });
  parser.write(xml).close();
  return found;
}

/** One attribute of these elements by another: what a part says of things that another part has. */
function readPairs(
  xml: string | null,
  element: string,
  from: string,
  to: string,
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (xml === null) return pairs;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => {
    if (tag.local !== element) return;
    const [key, value] = [attributeOf(tag, from), attributeOf(tag, to)];
    if (key !== null && value !== null) pairs.set(key.toUpperCase(), value);
  });
  parser.write(xml).close();
  return pairs;
}

/** The parts that speak of comments, each `null` where it is not there. All were checked before. */
export type CommentParts = Readonly<Record<'comments' | 'extended' | 'ids' | 'extensible', string | null>>;

/** The comments of a document in their order, each with what it replies to. */
export function commentsOf({ comments, extended, ids, extensible }: CommentParts): CommentInFile[] {
  if (comments === null) return [];
  const more: ReadonlyMap<string, Extended> = extended === null ? new Map() : readExtended(extended);
  // Newer programs say there when it was; beside the comment they write the time of a clock on the wall.
  const durable = readPairs(ids, 'commentId', 'paraId', 'durableId');
  const times = readPairs(extensible, 'commentExtensible', 'durableId', 'dateUtc');
  const timeOf = (id: string) => timeInFile(times.get(durable.get(id)?.toUpperCase() ?? '') ?? '');
  const seen = new Set<string>();
  // Two with one id could not be told apart in the text.
  const all = readComments(comments).filter(({ key }) => !seen.has(key) && seen.add(key));
  const byParagraph = new Map(
    all.flatMap(({ key, paragraphs }) => paragraphs.map((id) => [id, key] as const)),
  );
  return all.map(({ paragraphs, at, ...one }) => {
    // Word names a comment by its last paragraph; others do so by any.
    const ex = paragraphs.map((id) => more.get(id)).findLast((found) => found !== undefined);
    const exact = paragraphs.map(timeOf).findLast((time) => time !== null) ?? null;
    const parent = ex?.parent ? (byParagraph.get(ex.parent) ?? null) : null;
    return {
      ...one,
      at: exact ?? at,
      parent: parent === one.key ? null : parent,
      isResolved: ex?.isDone ?? false,
    };
  });
}

/** Something to put into a text, at a place of it. */
type Insert = { readonly at: number; readonly xml: string };
/** Elements that hold all paragraphs of what is read in one. */
const WHOLE: ReadonlySet<string> = new Set(['body', 'footnote', 'endnote']);

/**
 * A part of a document with a letter put in wherever the range of one of these comments begins and ends, in a run of its own: at the
 * next place where a run is read. `nthOf` says by a comment's id which range it has. `xml` was checked before.
 */
export function markRanges(xml: string, nthOf: ReadonlyMap<string, number>): string {
  const inserts: Insert[] = [];
  const seen = new Set<string>();
  /** Of each open element: whether a run may stand in it, and whether it is one that is never read. */
  const open: { takes: boolean; isSkipped: boolean }[] = [];
  let waiting = '';
  const parser = new SaxesParser({ xmlns: true, position: true });
  const flush = (prefix: string, at: number, isBare = false) => {
    if (waiting === '') return;
    const p = prefix === '' ? '' : `${prefix}:`;
    const run = `<${p}r><${p}t>${waiting}</${p}t></${p}r>`;
    inserts.push({ at, xml: isBare ? `<${p}p>${run}</${p}p>` : run });
    waiting = '';
  };
  parser.on('opentag', (tag) => {
    const above = open.at(-1);
    const isWords = WORD.has(tag.uri);
    const takes = isWords && (tag.local === 'p' || (OPEN.has(tag.local) && above?.takes === true));
    const isSkipped = above?.isSkipped === true || (tag.local === 'Choice' && !isWords);
    open.push({ takes, isSkipped });
    if (takes && tag.local === 'p' && !isSkipped && !tag.isSelfClosing) flush(tag.prefix, parser.position);
  });
  parser.on('closetag', (tag) => {
    const { isSkipped } = open.pop() as (typeof open)[number];
    const side = isWord(tag, 'commentRangeStart') ? 'begin' : isWord(tag, 'commentRangeEnd') ? 'end' : null;
    const nth = side === null ? undefined : nthOf.get(attributeOf(tag, 'id') ?? '');
    if (
      side !== null &&
      nth !== undefined &&
      nth < MOST_MARKERS &&
      !isSkipped &&
      !seen.has(`${side} ${nth}`)
    ) {
      seen.add(`${side} ${nth}`);
      waiting += markerOf(nth, side);
    }
    const above = open.at(-1);
    if (!WORD.has(tag.uri)) return;
    if (above?.takes === true && !above.isSkipped) flush(tag.prefix, parser.position);
    else if (WHOLE.has(tag.local)) flush(tag.prefix, xml.lastIndexOf('</', parser.position - 1), true);
  });
  parser.write(xml).close();
  return spliced(xml, inserts);
}

/** A text with something put in at places of it, which are in their order. */
function spliced(xml: string, inserts: readonly Insert[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, xml: piece } of inserts) {
    parts.push(xml.slice(from, at), piece);
    from = at;
  }
  return parts.join('') + xml.slice(from);
}
