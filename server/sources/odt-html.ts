import { SaxesParser, type SaxesTagNS } from 'saxes';
import { xmlText } from '../../lib/exchange/xml';
import { MOST_MARKERS, markerOf } from './marked-text';
import { type OdtStyles, odtAttribute, odtName } from './odt-styles';

/** What leaves with everything in it: what was struck out, what is made anew from the text, and what only a program reads. */
const SKIPPED: ReadonlySet<string> = new Set([
  ...['office:annotation', 'office:forms', 'office:scripts', 'office:event-listeners'],
  ...['text:tracked-changes', 'text:table-of-content', 'text:note-citation', 'text:index-title-template'],
  ...['table:covered-table-cell', 'svg:title', 'svg:desc', 'draw:object', 'draw:object-ole', 'draw:image'],
]);
/** What stands beside a paragraph though it is written within it. */
const ASIDE: ReadonlySet<string> = new Set(['draw:text-box', 'draw:custom-shape']);
const MOST_SPACES = 100;

type Buffer = { readonly parts: string[]; readonly asides: string[]; lines: number };

/** Writes the text of a document as html; what it makes is not trusted, and cleaned as any other html is. */
class Writer {
  readonly #styles: OdtStyles;
  /** The text, and within it notes and boxes that are open. */
  readonly #buffers: Buffer[] = [{ parts: [], asides: [], lines: 0 }];
  readonly #ends: string[] = [];
  readonly #lists: { style: string | undefined }[] = [];
  readonly notes: string[] = [];
  #heads = 0;

  constructor(styles: OdtStyles) {
    this.#styles = styles;
  }

  get #now(): Buffer {
    return this.#buffers.at(-1) as Buffer;
  }

  get html(): string {
    const notes = this.notes.map((note) => `<li>${note}</li>`).join('');
    return this.#now.parts.join('') + (notes === '' ? '' : `<ol>${notes}</ol>`);
  }

  text(part: string): void {
    // What stands between paragraphs is only how the file is laid out.
    if (this.#now.lines > 0) this.#now.parts.push(xmlText(part));
  }

  open(name: string, tag: SaxesTagNS): void {
    if (ASIDE.has(name) || name === 'text:note-body') this.#buffers.push({ parts: [], asides: [], lines: 0 });
    const tags = this.#tagsFor(name, tag);
    if (name === 'text:p' || name === 'text:h') this.#now.lines += 1;
    if (name === 'table:table-header-rows') this.#heads += 1;
    this.#now.parts.push(...tags.map((one) => `<${one}>`), this.#inside(name, tag));
    this.#ends.push(
      tags
        .map((one) => `</${one.split(' ')[0]}>`)
        .reverse()
        .join(''),
    );
  }

  close(name: string): void {
    this.#now.parts.push(this.#ends.pop() ?? '');
    if (name === 'text:list') this.#lists.pop();
    if (name === 'table:table-header-rows') this.#heads -= 1;
    if (name === 'text:p' || name === 'text:h') this.#closeLine();
    if (name === 'text:note-body') this.notes.push(this.#leave());
    if (ASIDE.has(name)) {
      const box = this.#leave();
      if (this.#now.lines > 0) this.#now.asides.push(box);
      else this.#now.parts.push(box);
    }
  }

  #closeLine(): void {
    this.#now.lines -= 1;
    if (this.#now.lines === 0) this.#now.parts.push(...this.#now.asides.splice(0));
  }

  #leave(): string {
    return (this.#buffers.pop() as Buffer).parts.join('');
  }

  /** What an element that has no end of its own stands for. */
  #inside(name: string, tag: SaxesTagNS): string {
    if (name === 'text:line-break') return '<br>';
    if (name === 'text:tab') return ' ';
    if (name === 'text:note') return `<sup>[${this.notes.length + 1}]</sup>`;
    if (name !== 'text:s') return '';
    return ' '.repeat(Math.min(MOST_SPACES, Math.max(1, Number(odtAttribute(tag, 'c') ?? 1) || 1)));
  }

  #tagsFor(name: string, tag: SaxesTagNS): string[] {
    const style = odtAttribute(tag, 'style-name');
    switch (name) {
      case 'text:h':
        return [`h${Math.min(6, Math.max(1, Number(odtAttribute(tag, 'outline-level') ?? 1) || 1))}`];
      case 'text:p':
        if (this.#styles.comesFrom(style, 'Title')) return ['h1'];
        return this.#styles.comesFrom(style, 'Quotations') ? ['blockquote', 'p'] : ['p'];
      case 'text:span':
        return [...this.#styles.tagsOf(style)];
      case 'text:a':
        return [`a href="${xmlText(odtAttribute(tag, 'href') ?? '')}"`];
      case 'text:list': {
        // A list within another one goes on in its style.
        const own = style ?? this.#lists.at(-1)?.style;
        this.#lists.push({ style: own });
        return [this.#styles.isNumbered(own, this.#lists.length) ? 'ol' : 'ul'];
      }
      case 'table:table-cell':
        return [this.#cell(tag)];
      default:
        return TAGS[name] ?? [];
    }
  }

  #cell(tag: SaxesTagNS): string {
    const spans = (
      [
        ['colspan', 'number-columns-spanned'],
        ['rowspan', 'number-rows-spanned'],
      ] as const
    ).map(([to, from]) => {
      const value = odtAttribute(tag, from) ?? '1';
      return /^\d{1,3}$/.test(value) && value !== '1' ? ` ${to}="${value}"` : '';
    });
    return `${this.#heads > 0 ? 'th' : 'td'}${spans.join('')}`;
  }
}

const TAGS: Readonly<Record<string, string[]>> = {
  'text:list-item': ['li'],
  'text:list-header': ['li'],
  'table:table': ['table'],
  'table:table-row': ['tr'],
  'text:ruby': ['ruby'],
  'text:ruby-text': ['rt'],
};

/** The letter that stands for an element in the text: where a comment begins or ends. */
function markerFor(name: string, tag: SaxesTagNS, nthOf: ReadonlyMap<string, number>): string {
  const nth = nthOf.get(odtAttribute(tag, 'name') ?? '');
  if (nth === undefined || nth >= MOST_MARKERS) return '';
  if (name === 'office:annotation') return markerOf(nth, 'begin');
  return name === 'office:annotation-end' ? markerOf(nth, 'end') : '';
}

/**
 * The text of a document as html that is not clean yet, with the places of comments in it where `nthOf` says by a comment's name which
 * range it has. `xml` was checked before.
 */
export function odtHtml(
  xml: string,
  styles: OdtStyles,
  nthOf: ReadonlyMap<string, number> = new Map(),
): string {
  const writer = new Writer(styles);
  const parser = new SaxesParser({ xmlns: true, position: false });
  let skipped = 0;
  let body = 0;
  const add = (part: string) => {
    if (skipped === 0 && body > 0) writer.text(part);
  };
  parser.on('opentag', (tag) => {
    const name = odtName(tag);
    if (nthOf.size > 0) add(markerFor(name, tag, nthOf));
    if (skipped > 0 || SKIPPED.has(name)) skipped += 1;
    else if (body > 0) writer.open(name, tag);
    if (body > 0 || name === 'office:text') body += 1;
  });
  parser.on('closetag', (tag) => {
    if (body > 0) body -= 1;
    if (skipped > 0) skipped -= 1;
    else if (body > 0) writer.close(odtName(tag));
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(xml).close();
  return writer.html;
}
