import path from 'node:path';
import type { PDFDocumentProxy, TextItem } from 'pdfjs-dist/types/src/display/api';
import { AppError } from '../../lib/errors';
import type { PdfPage, PdfRun } from '../../lib/sources/pdf-run';

const MOST_PAGES = 2_000;
const MOST_RUNS = 600_000;
const MOST_LETTERS = 5_000_000;

/** What a PDF's pages hold, and what it says about itself. */
export type PdfRead = {
  readonly pages: readonly PdfPage[];
  readonly title: string | null;
  /** As the file states it, unchecked. */
  readonly language: string | null;
};

type Library = typeof import('pdfjs-dist');
let library: Promise<Library> | undefined;

/**
 * The library looks for a canvas when it is loaded and warns that there is none: text is read without one, and code that
 * draws need not be near files that are not trusted.
 */
async function loadLibrary(): Promise<Library> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as Library;
  } finally {
    console.warn = warn;
  }
}

function tooMuch(what: string): AppError {
  return new AppError(
    'invalid',
    `This PDF has more than ${what}, which is too much to read at once. Bring in the part you need.`,
    { details: { reason: 'too-hard' } },
  );
}

/** Said of a PDF with a part that unpacks to more than its reader may hold, as a thread says it. */
export const TOO_MUCH_UNPACKED = {
  code: 'invalid',
  message:
    'A part of this PDF unpacks to more than 16 MiB, which no page of text does. Open it, print it to a new PDF, and bring that in.',
  details: { reason: 'too-hard' },
} as const;

function refusal(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof Error && cause.name === 'PasswordException')
    return new AppError(
      'invalid',
      'This PDF is locked with a password. Save a copy without one (open it, then print or export it as a PDF), and bring that in.',
      { details: { reason: 'password' } },
    );
  return new AppError(
    'invalid',
    'This PDF can’t be read: it is damaged or no whole file. Get it once more, or open it and save it anew.',
    { cause, details: { reason: 'broken' } },
  );
}

type Style = { ascent?: number; descent?: number; vertical?: boolean };

const within = (value: number | undefined, low: number, high: number, usual: number) =>
  value !== undefined && value >= low && value <= high ? value : usual;

/** A run as the page shows it: the page's own turn and its corner applied. */
function runOf(item: TextItem, style: Style | undefined, view: readonly number[]): PdfRun {
  const [a, b, c, d, e, f] = view as [number, number, number, number, number, number];
  const [ta, tb, tc, td, x, y] = item.transform as [number, number, number, number, number, number];
  const vertical = style?.vertical === true;
  // Letters set from top to bottom go along the way down of their matrix.
  const [dx, dy] = vertical ? [-tc, -td] : [ta, tb];
  const angle = (Math.atan2(b * dx + d * dy, a * dx + c * dy) * 180) / Math.PI;
  return {
    text: item.str,
    x: a * x + c * y + e,
    y: b * x + d * y + f,
    width: vertical ? item.height : item.width,
    size: vertical ? item.width : Math.hypot(tc, td),
    ascent: vertical ? 0.5 : within(style?.ascent, 0.6, 1.1, 0.8),
    descent: vertical ? -0.5 : within(style?.descent, -0.4, -0.1, -0.2),
    angle,
    font: item.fontName,
    rtl: item.dir === 'rtl',
  };
}

async function pagesOf(document: PDFDocumentProxy): Promise<{ pages: PdfPage[]; lang: string | null }> {
  const pages: PdfPage[] = [];
  let lang: string | null = null;
  let runs = 0;
  let letters = 0;
  if (document.numPages > MOST_PAGES) throw tooMuch(`${MOST_PAGES} pages`);
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { width, height, transform } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent({ disableNormalization: true });
    lang ??= content.lang;
    const items = content.items.filter((item): item is TextItem => 'str' in item && item.str.trim() !== '');
    runs += items.length;
    letters += items.reduce((sum, { str }) => sum + str.length, 0);
    if (runs > MOST_RUNS || letters > MOST_LETTERS) throw tooMuch(`${MOST_LETTERS} letters`);
    const placed = items.map((item) => runOf(item, content.styles[item.fontName], transform));
    pages.push({ width, height, runs: placed });
    page.cleanup();
  }
  return { pages, lang };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/**
 * Reads the text of a PDF with its places. Nothing of the file is run, drawn or fetched; only tables of letters that
 * come with the library are read besides.
 * @throws AppError invalid where it is locked, broken, or larger than any book.
 */
export async function readPages(bytes: Uint8Array): Promise<PdfRead> {
  library ??= loadLibrary();
  const { getDocument, VerbosityLevel } = await library;
  const task = getDocument({
    // The library takes the bytes away from whoever gave them.
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: path.join(process.cwd(), 'node_modules', 'pdfjs-dist', 'cmaps', path.sep),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
  });
  try {
    const document = await task.promise;
    const { pages, lang } = await pagesOf(document);
    const { info } = await document.getMetadata();
    const facts = info as Record<string, unknown>;
    return { pages, title: text(facts.Title), language: lang ?? text(facts.Language) };
  } catch (cause) {
    throw refusal(cause);
  } finally {
    await task.destroy();
  }
}
