import { constants, deflateRawSync, deflateSync } from 'node:zlib';

/** A piece of text on a page: where its base line begins, from the page's top left corner, in PDF points. */
export type PdfText = {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly bold?: boolean;
  /** Degrees clockwise that its base line is turned by. */
  readonly turn?: number;
};

export type PdfPageGiven = {
  readonly texts?: readonly PdfText[];
  readonly width?: number;
  readonly height?: number;
  /** As a viewer shows the page: turned clockwise by so many degrees. */
  readonly rotate?: 0 | 90 | 180 | 270;
  /** A picture that fills the page, as of a scan. */
  readonly picture?: boolean;
  /** What stands for the page's own content: the bytes of a stream and the entries of its dictionary. */
  readonly content?: { readonly dictionary: string; readonly bytes: Uint8Array };
};

type PdfGiven = {
  readonly pages: readonly PdfPageGiven[];
  readonly title?: string;
  readonly language?: string;
  /** Whether a password is asked for. */
  readonly locked?: boolean;
};

const latin = (text: string) => Buffer.from(text, 'latin1');
/** WinAnsi has no ligatures: the fonts here give these two bytes to them. */
const bytesOf = (text: string) => text.replaceAll('ﬁ', '\x01').replaceAll('ﬂ', '\x02');
const escaped = (text: string) => bytesOf(text).replace(/[\\()]/g, '\\$&');

function contentOf({ texts = [], height = 842, picture }: PdfPageGiven): string {
  const shown = texts.map(({ x, y, text, size = 10, bold = false, turn = 0 }) => {
    const angle = (-turn * Math.PI) / 180;
    const matrix = [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), x, height - y];
    return `/F${bold ? 2 : 1} ${size} Tf ${matrix.map((n) => n.toFixed(4)).join(' ')} Tm (${escaped(text)}) Tj`;
  });
  return `${picture ? 'q 500 0 0 700 40 60 cm /I1 Do Q\n' : ''}BT\n${shown.join('\n')}\nET`;
}

/** A PDF with these pages, small and unpacked, in Helvetica. */
export function pdfFile({ pages, title, language, locked = false }: PdfGiven): Uint8Array<ArrayBuffer> {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer) => objects.push(typeof body === 'string' ? latin(body) : body);
  const stream = (dictionary: string, bytes: Uint8Array) =>
    Buffer.concat([
      latin(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
      bytes,
      latin('\nendstream'),
    ]);
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >> >>`;
  const first = 7;
  const kids = pages.map((_, at) => `${first + 2 * at} 0 R`).join(' ');
  add(`<< /Type /Catalog /Pages 2 0 R${language ? ` /Lang (${language})` : ''} >>`);
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  add(font('Helvetica'));
  add(font('Helvetica-Bold'));
  add(
    stream(
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      Uint8Array.of(128),
    ),
  );
  add(`<< ${title ? `/Title (${escaped(title)})` : ''} >>`);
  pages.forEach((page, at) => {
    const { width = 595, height = 842, rotate = 0, content } = page;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Contents ${first + 2 * at + 1} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I1 5 0 R >> >> >>`,
    );
    add(content ? stream(content.dictionary, content.bytes) : stream('', latin(contentOf(page))));
  });
  const held = '0'.repeat(64);
  if (locked) add(`<< /Filter /Standard /V 1 /R 2 /O <${held}> /U <${held}> /P -4 >>`);
  return assemble(objects, locked);
}

function assemble(objects: readonly Buffer[], locked: boolean): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
  let at = parts[0]?.length ?? 0;
  const offsets = objects.map((body, index) => {
    const object = Buffer.concat([latin(`${index + 1} 0 obj\n`), body, latin('\nendobj\n')]);
    const offset = at;
    parts.push(object);
    at += object.length;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const encrypt = locked ? `/Encrypt ${objects.length} 0 R /ID [<00> <00>] ` : '';
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R ${encrypt}>>`;
  parts.push(
    latin(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Uint8Array.from(Buffer.concat(parts));
}

/** Lines below each other, as a column has them. */
export function column(
  lines: readonly string[],
  {
    x = 60,
    y = 100,
    size = 10,
    leading = 12,
  }: { x?: number; y?: number; size?: number; leading?: number } = {},
): PdfText[] {
  return lines.map((text, nth) => ({ x, y: y + nth * leading, text, size }));
}

/** A stream of some kilobytes that unpacks to so many megabytes of spaces, packed twice. */
function bombStream(megabytes: number): Uint8Array {
  // A full flush ends on a whole byte and forgets what was before, so that the piece can be repeated.
  const flushed = { finishFlush: constants.Z_FULL_FLUSH, level: 9 };
  const piece = deflateRawSync(Buffer.alloc(1_048_576, 0x20), flushed);
  const inner = Buffer.concat([latin('\x78\x9c'), ...Array.from({ length: megabytes }, () => piece)]);
  return deflateSync(inner, { level: 9 });
}

/** Files that are no honest PDF, each with what it is. */
export function hostilePdfs(): [what: string, bytes: Uint8Array<ArrayBuffer>][] {
  const whole = pdfFile({ pages: [{ texts: [{ x: 60, y: 100, text: 'The port was closed.' }] }] });
  const text = Buffer.from(whole).toString('latin1');
  const changed = (from: string, to: string) => Uint8Array.from(latin(text.replace(from, to)));
  return [
    ['a first line and nothing else', Uint8Array.from(latin('%PDF-1.7\n'))],
    ['noise', Uint8Array.from(latin(`%PDF-1.7\n${'\xf0\x28\x8c\x00<<[('.repeat(2_000)}`))],
    ['pages that are their own parents', changed('/Kids [7 0 R]', '/Kids [2 0 R]')],
    ['no pages', changed('/Kids [7 0 R]', '/Kids []')],
    ['a password', pdfFile({ pages: [{ texts: [{ x: 60, y: 100, text: 'Words' }] }], locked: true })],
    ['pictures only', pdfFile({ pages: [{ picture: true }, { picture: true }] })],
    [
      'a page that unpacks to gigabytes',
      pdfFile({
        pages: [{ content: { dictionary: '/Filter [/FlateDecode /FlateDecode]', bytes: bombStream(8_000) } }],
      }),
    ],
  ];
}
