import { strToU8, type Zippable, zipSync } from 'fflate';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
const relations = (...all: string[]) => `<Relationships ${RELATIONS}>${all.join('')}</Relationships>`;

/** The body of a document as WordprocessingML. */
export const documentXml = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><w:document ${W} xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`;

/** A paragraph of a document, in a style where one is given. */
export const para = (text: string, style?: string, inside = '') =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r>${inside}</w:p>`;

/** The parts of a Word document with this body; `more` puts parts in, or other ones in their place. */
export function docxParts(body: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const link = (id: string, type: string, target: string, mode = '') =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${mode}/>`;
  return {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': relations(link('r1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': documentXml(body),
    'word/_rels/document.xml.rels': relations(
      link('n1', 'footnotes', 'footnotes.xml'),
      link('c1', 'comments', 'comments.xml'),
      link('l1', 'hyperlink', 'https://example.org/report', ' TargetMode="External"'),
      link('x1', 'hyperlink', 'javascript:alert(1)', ' TargetMode="External"'),
      link('i1', 'image', 'file:///etc/passwd', ' TargetMode="External"'),
    ),
    ...more,
  };
}

export const note = (id: number, text: string) => `<w:footnote w:id="${id}">${para(text)}</w:footnote>`;
export const footnotesXml = (...notes: string[]) => `<w:footnotes ${W}>${notes.join('')}</w:footnotes>`;
export const commentsXml = (...texts: string[]) =>
  `<w:comments ${W}>${texts.map((text, id) => `<w:comment w:id="${id}" w:author="A">${para(text)}</w:comment>`).join('')}</w:comments>`;

type WordComment = {
  readonly text: string;
  readonly author?: string;
  readonly date?: string;
  /** The place in the list of the comment that it replies to. */
  readonly parent?: number;
  readonly done?: boolean;
};
const paraId = (nth: number) => (nth + 1).toString(16).toUpperCase().padStart(8, '0');

/** The parts that hold the comments of a document, as Word writes them; each has its place in the list as its id. */
export function talkParts(...comments: WordComment[]): Record<string, string> {
  const w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"';
  const w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"';
  const each = comments.map(
    ({ text, author = 'Ada', date = '2026-05-04T09:30:00Z' }, nth) =>
      `<w:comment w:id="${nth}" w:author="${author}" w:date="${date}"><w:p w14:paraId="${paraId(nth)}"><w:r><w:annotationRef/></w:r><w:r><w:t>${text}</w:t></w:r></w:p></w:comment>`,
  );
  const more = comments.map(
    ({ parent, done = false }, nth) =>
      `<w15:commentEx w15:paraId="${paraId(nth)}"${parent === undefined ? '' : ` w15:paraIdParent="${paraId(parent)}"`} w15:done="${done ? 1 : 0}"/>`,
  );
  return {
    'word/comments.xml': `<w:comments ${W} ${w14}>${each.join('')}</w:comments>`,
    'word/commentsExtended.xml': `<w15:commentsEx ${w15}>${more.join('')}</w15:commentsEx>`,
  };
}
/** A run, and the ends of a comment's range. */
export const wordRun = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const rangeStart = (id: number) => `<w:commentRangeStart w:id="${id}"/>`;
export const rangeEnd = (id: number) =>
  `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;

const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const ODF_NAMES = ['office', 'text', 'table', 'style']
  .map((name) => `xmlns:${name}="${ODF}:${name}:1.0"`)
  .concat(
    `xmlns:draw="${ODF}:drawing:1.0"`,
    `xmlns:fo="${ODF}:xsl-fo-compatible:1.0"`,
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
  )
  .join(' ');

/** The text of an OpenDocument with this body, and the styles that only it has. */
export const odtXml = (body: string, styles = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${ODF_NAMES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`;

/** The parts of an OpenDocument text; `more` puts parts in, or other ones in their place. */
export function odtParts(
  body: string,
  { styles, ...more }: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': odtXml(body, styles),
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0"/>`,
    ...more,
  };
}

/** A part of an OpenDocument that is not its text. */
export const odtPart = (name: string, inside: string) =>
  `<office:document-${name} ${ODF_NAMES}>${inside}</office:document-${name}>`;

type Chapter = {
  readonly href: string;
  readonly body: string;
  readonly item?: string;
  readonly ref?: string;
};

/** The parts of a book with these chapters; `more` puts parts in, or other ones in their place. */
export function epubParts(chapters: readonly Chapter[], more: Readonly<Record<string, string>> = {}) {
  const items = chapters.map(
    ({ href, item = 'media-type="application/xhtml+xml"' }, at) =>
      `<item id="i${at}" href="${href}" ${item}/>`,
  );
  const refs = chapters.map(({ ref = '' }, at) => `<itemref idref="i${at}" ${ref}/>`).reverse();
  const page = (body: string) =>
    `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><style/></head><body>${body}</body></html>`;
  return {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
    'OEBPS/content.opf': `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The book</dc:title><dc:creator>Ada B.</dc:creator><dc:language>de</dc:language><dc:date>2024-05-06</dc:date></metadata><manifest>${items.join('')}</manifest><spine>${refs.join('')}</spine></package>`,
    ...Object.fromEntries(
      chapters.map(({ href, body }) => [`OEBPS/${decodeURIComponent(href.replace('./', ''))}`, page(body)]),
    ),
    ...more,
  };
}

/** An archive of texts. */
export function archive(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array<ArrayBuffer> {
  const files: Zippable = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
  );
  return new Uint8Array(zipSync(files));
}

/** The same archive with a value of every entry in its list replaced: 16 or 32 bits at this offset of the entry. */
export function relisted(
  zip: Uint8Array,
  offset: number,
  value: number,
  bits: 16 | 32 = 32,
): Uint8Array<ArrayBuffer> {
  const changed = Buffer.from(zip);
  for (
    let at = changed.indexOf('PK\x01\x02', 0, 'latin1');
    at >= 0;
    at = changed.indexOf('PK\x01\x02', at + 4, 'latin1')
  ) {
    if (bits === 16) changed.writeUInt16LE(value, at + offset);
    else changed.writeUInt32LE(value, at + offset);
  }
  return new Uint8Array(changed);
}

const MANY = 60 * 1_048_576;
const lines = (count: number) => '<w:r>'.repeat(count) + '</w:r>'.repeat(count);

/** Archives that want to do harm, each as the parts of an honest one with something wrong; `parts` are those of the honest one. */
export function hostileArchives(
  parts: Record<string, string>,
  main: string,
): [what: string, bytes: Uint8Array<ArrayBuffer>][] {
  const withMain = (text: string) => archive({ ...parts, [main]: text });
  const honest = archive(parts);
  const head = '<?xml version="1.0"?>';
  return [
    [
      'a part that unpacks to a thousand times its size',
      archive({ ...parts, 'word/big.xml': new Uint8Array(MANY) }),
    ],
    ['a main part of nothing but spaces', withMain(`${parts[main]}${' '.repeat(MANY)}`)],
    ['a name that leads out of it', archive({ ...parts, '../../etc/cron.d/x': 'x' })],
    ['a name from the root', archive({ ...parts, '/etc/x.xml': 'x' })],
    ['a name with a drive', archive({ ...parts, 'C:\\x.xml': 'x' })],
    ['the same name twice', archive({ ...parts, [main.toUpperCase()]: 'x' })],
    ['a lock', relisted(honest, 8, 1, 16)],
    ['a link', relisted(honest, 38, 0xa1ff0000)],
    ['sizes that are not true', relisted(honest, 24, 7)],
    ['an unknown way of packing', relisted(honest, 10, 99, 16)],
    ['its end cut off', honest.slice(0, honest.length - 40)],
    ['a damaged part', relisted(honest, 16, 12_345)],
    ['a DOCTYPE', withMain(`${head}<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`)],
    ['a DOCTYPE of elsewhere', withMain(`${head}<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>`)],
    ['an entity of its own', withMain(`${head}<x>&a;</x>`)],
    ['XML a thousand deep', withMain(documentXml(lines(1_000)))],
    ['XML with no end', withMain('<x>')],
    ['no XML', withMain('\0\u0001')],
  ];
}
