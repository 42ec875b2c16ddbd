import { AppError } from '../../lib/errors';
import type { Columns, TableRead } from '../../lib/exchange/columns';
import { readGloss } from '../../lib/exchange/gloss-read';
import { readHypothesis } from '../../lib/exchange/hypothesis';
import type { Incoming, IncomingSource } from '../../lib/exchange/incoming';
import { Losses, type LossReport } from '../../lib/exchange/losses';
import { readQdc, readQdpx } from '../../lib/exchange/qda-read';
import { isTable, readTable } from '../../lib/exchange/table-read';
import { readWebAnnotations } from '../../lib/exchange/web-annotation-read';
import { isZotero, readZotero } from '../../lib/exchange/zotero';
import { cleanHtml } from '../sources/clean-html';
import { articleFromText } from '../sources/import-text';
import { CLEAN_LIMITS } from '../sources/parse-page';
import { readZip } from '../sources/read-zip';
import { isDatabase, readTaguette } from './read-taguette';

/** What a file holds, each of its texts as it would stand here. */
export type FileRead = {
  incoming: Incoming;
  articles: { html: string; text: string }[];
  table?: TableRead;
} & LossReport;

/** A file, and which column of it is what, where it is a table and somebody said so. */
export type ReadJob = { readonly bytes: Uint8Array; readonly columns?: Columns | undefined };

const decoded = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError(
      'invalid',
      'This is no file that can be brought in: it is neither an archive nor UTF-8 text.',
      { cause },
    );
  }
};

const NO_FORMAT =
  'This is no file that can be brought in: QDPX, QDC, W3C annotations, Hypothesis, Taguette, Zotero, a table (CSV) or Gloss.';

type What = { incoming: Incoming; table?: TableRead };

function readArchive(bytes: Uint8Array, losses: Losses): What {
  const files = readZip(bytes);
  if ([...files.keys()].some((name) => /\.qde$/i.test(name))) return { incoming: readQdpx(files, losses) };
  const texts = [...files].filter(([name]) => /\.(json|jsonld)$/i.test(name));
  if (texts.length === 0)
    throw new AppError('invalid', 'This archive holds no .qde file and no annotations in JSON.');
  return {
    incoming: readWebAnnotations(new Map(texts.map(([name, file]) => [name, decoded(file)])), losses),
  };
}

function readText(text: string, { bytes, columns }: ReadJob, losses: Losses): What {
  const begin = text
    .slice(0, 2_000)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (begin.startsWith('<')) return { incoming: readQdc(bytes, losses) };
  if (/^\{"kind":"gloss"/.test(begin)) return { incoming: readGloss(text, losses) };
  if (/w3\.org\/ns\/anno/.test(begin))
    return { incoming: readWebAnnotations(new Map([['The file', text]]), losses) };
  if (!/^[[{]/.test(begin) && isTable(text)) return readTable(text, losses, columns ?? null);
  return { incoming: readJson(text, losses) };
}

function readJson(text: string, losses: Losses): Incoming {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new AppError('invalid', NO_FORMAT, { cause });
  }
  return isZotero(document) ? readZotero(document, losses) : readHypothesis(document, losses);
}

/** The same with nothing that Postgres keeps no letter for. */
function storable<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, storable(inner)])) as T;
}

/** A text as it stands here: laid out as the file says, where that is cleaned to the very text, and in plain paragraphs where not. */
function articleOf(
  { text, title, html = '', url, isForeign }: IncomingSource,
  losses: Losses,
): FileRead['articles'][number] {
  if (html !== '') {
    const clean = layout(html, url);
    if (clean !== null && (isForeign || clean.text === text)) return clean;
    losses.add('How texts are laid out', 'Their layout is not that of their text.', title);
  }
  const article = articleFromText(text, title);
  return { html: article.html, text: article.text };
}

function layout(html: string, url: string | null): FileRead['articles'][number] | null {
  try {
    return cleanHtml(html, url, CLEAN_LIMITS);
  } catch (error) {
    // Too large or too deep: the text still comes in.
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Reads a file of any format that comes in; which, its content tells. @throws AppError invalid with what is wrong. */
export function readFile(job: ReadJob): FileRead {
  const { bytes } = job;
  const losses = new Losses();
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const read = storable(
    isZip
      ? readArchive(bytes, losses)
      : isDatabase(bytes)
        ? { incoming: readTaguette(bytes, losses) }
        : readText(decoded(bytes), job, losses),
  );
  const articles = read.incoming.sources.map((source) => articleOf(source, losses));
  return { ...read, articles, ...losses.report() };
}
