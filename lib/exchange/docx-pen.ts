import { attributes, xmlText } from './xml';

/** The parts of a Word document that are written as its story is told; each is one file of the archive. */
export const DOCX_PARTS = ['document', 'comments', 'commentsExtended', 'footnotes'] as const;
export type DocxPart = (typeof DOCX_PARTS)[number];

/** What one person said at a place: a comment, or a reply to the one before. */
export type Said = { readonly by: string; readonly at: string; readonly text: string };
/** A talk about a place, its first words first. */
export type Talk = { readonly said: readonly Said[]; readonly isResolved: boolean };

export type RunStyle = { readonly marks?: readonly string[]; readonly style?: string };
export type ParagraphStyle = {
  readonly style?: string;
  /** A list's number, from `list`, and how deep the item stands, from 0. */
  readonly list?: { readonly id: number; readonly level: number };
  /** How deep a paragraph of a list stands that is no item itself. */
  readonly indent?: number;
  readonly isRule?: boolean;
};

const MARKS: Record<string, string> = {
  ...{ bold: '<w:b/>', italic: '<w:i/>', strike: '<w:strike/>', underline: '<w:u w:val="single"/>' },
  code: '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
};
/** The order that the schema asks for. */
const IN_ORDER = ['code', 'bold', 'italic', 'strike', 'underline'];
/** Levels that a list of Word has. */
const DEEPEST = 8;
const RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>';

/** Marks that Word has letters for. */
export const isRunMark = (mark: string): boolean => mark in MARKS;

/** A piece of text in one look; line ends and tabs are what Word has for them. */
export function run(text: string, { marks = [], style }: RunStyle = {}): string {
  if (text === '') return '';
  const look =
    (style ? `<w:rStyle w:val="${style}"/>` : '') +
    IN_ORDER.filter((mark) => marks.includes(mark))
      .map((mark) => MARKS[mark])
      .join('');
  const words = text
    .split(/(\r\n|[\n\t\r])/)
    .map((part, at) => {
      if (at % 2 === 1) return part === '\t' ? '<w:tab/>' : '<w:br/>';
      return part === '' ? '' : `<w:t xml:space="preserve">${xmlText(part)}</w:t>`;
    })
    .join('');
  return `<w:r>${look && `<w:rPr>${look}</w:rPr>`}${words}</w:r>`;
}

/** Runs that lead to an address of the web or of mail; any other is not linked. */
export function linked(url: string, runs: string): string {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return runs;
  const address = url.replace(/["\\\s<>]/g, (sign) => encodeURIComponent(sign));
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  // A field needs no entry in a list of addresses that would have to be held.
  return `${field('begin')}<w:r><w:instrText xml:space="preserve"> HYPERLINK "${xmlText(address)}" </w:instrText></w:r>${field('separate')}${runs}${field('end')}`;
}

/** A paragraph of these runs. */
export function paragraph(runs: string, { style, list, indent, isRule }: ParagraphStyle = {}): string {
  const look =
    (style ? `<w:pStyle w:val="${style}"/>` : '') +
    (list
      ? `<w:numPr><w:ilvl w:val="${Math.min(DEEPEST, list.level)}"/><w:numId w:val="${list.id}"/></w:numPr>`
      : '') +
    (isRule ? RULE : '') +
    (indent === undefined ? '' : `<w:ind w:left="${720 * (Math.min(DEEPEST, indent) + 1)}"/>`);
  return `<w:p>${look && `<w:pPr>${look}</w:pPr>`}${runs}</w:p>`;
}

/** Where a comment begins and ends in the text: runs to put before and behind the words. */
export type CommentEnds = { readonly start: string; readonly end: string };

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
    .join('')
    .slice(0, 3);

/**
 * Writes the parts of a document at once, and is emptied part by part. Its numbers are the same whenever the same story is told,
 * so that a part may be written in a telling of its own.
 */
export class Pen {
  readonly #written: Record<DocxPart, string> = {
    ...{ document: '', comments: '', commentsExtended: '', footnotes: '' },
  };
  #comments = 0;
  #footnotes = 0;
  #lists = 1;

  /** Adds paragraphs or tables to the text. */
  write(blocks: string): void {
    this.#written.document += blocks;
  }

  /** What was written of a part since it was taken last; what of the others, is dropped. */
  take(part: DocxPart): string {
    const taken = this.#written[part];
    for (const each of DOCX_PARTS) this.#written[each] = '';
    return taken;
  }

  /** Lists that count for themselves, which `list` gave out; the first of all is that of points. */
  get lists(): number {
    return this.#lists;
  }

  /** The number of a list: of points, which all share one, or of an own count from 1. */
  list(isOrdered: boolean): number {
    if (!isOrdered) return 1;
    this.#lists += 1;
    return this.#lists;
  }

  /** A footnote of these runs; answers the run that stands for it in the text. */
  footnote(runs: string): string {
    this.#footnotes += 1;
    const id = this.#footnotes;
    const sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>';
    this.#written.footnotes += `<w:footnote w:id="${id}">${paragraph(sign + run(' ') + runs, { style: 'FootnoteText' })}</w:footnote>`;
    return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${id}"/></w:r>`;
  }

  /** Comments beside a place: each talk one, with its replies below it. */
  comment(talks: readonly Talk[]): CommentEnds {
    let [start, end] = ['', ''];
    for (const { said, isResolved } of talks) {
      let first = '';
      for (const one of said) {
        const id = this.#comments;
        this.#comments += 1;
        // Any number below 0x80000000 but 0, told apart from all others.
        const key = (id + 1).toString(16).toUpperCase().padStart(8, '0');
        this.#written.comments += commentXml(one, id, key);
        const parent = first === '' ? {} : { 'w15:paraIdParent': first };
        this.#written.commentsExtended += `<w15:commentEx${attributes({ 'w15:paraId': key, ...parent, 'w15:done': isResolved ? 1 : 0 })}/>`;
        if (first === '') first = key;
        start += `<w:commentRangeStart w:id="${id}"/>`;
        end += `<w:commentRangeEnd w:id="${id}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="${id}"/></w:r>`;
      }
    }
    return { start, end };
  }
}

function commentXml({ by, at, text }: Said, id: number, key: string): string {
  const who = attributes({
    'w:id': id,
    'w:author': by || 'Somebody',
    'w:date': at.replace(/\.\d+(?=Z$)/, ''),
    'w:initials': initialsOf(by),
  });
  const sign = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>';
  const lines = text.split('\n');
  // The key stands on the last paragraph, by which replies name their comment.
  const paragraphs = lines.map((line, nth) => {
    const own = nth === lines.length - 1 ? ` w14:paraId="${key}"` : '';
    return `<w:p${own}><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>${nth === 0 ? sign : ''}${run(line)}</w:p>`;
  });
  return `<w:comment${who}>${paragraphs.join('')}</w:comment>`;
}
