import { AppError } from '../../lib/errors';
import { readGloss } from '../../lib/exchange/gloss';
import { readHypothesis } from '../../lib/exchange/hypothesis';
import type { Incoming } from '../../lib/exchange/incoming';
import { Losses, type LossReport } from '../../lib/exchange/losses';
import { readQdc, readQdpx } from '../../lib/exchange/qda-read';
import { readWebAnnotations } from '../../lib/exchange/web-annotation-read';
import { articleFromText } from '../sources/import-text';
import { readZip } from '../sources/read-zip';

/** What a file holds, each of its texts as it would stand here. */
export type FileRead = { incoming: Incoming; articles: { html: string; text: string }[] } & LossReport;

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

function readArchive(bytes: Uint8Array, losses: Losses): Incoming {
  const files = readZip(bytes);
  if ([...files.keys()].some((name) => /\.qde$/i.test(name))) return readQdpx(files, losses);
  const texts = [...files].filter(([name]) => /\.(json|jsonld)$/i.test(name));
  if (texts.length === 0)
    throw new AppError('invalid', 'This archive holds no .qde file and no annotations in JSON.');
  return readWebAnnotations(new Map(texts.map(([name, file]) => [name, decoded(file)])), losses);
}

function readText(text: string, bytes: Uint8Array, losses: Losses): Incoming {
  const begin = text.slice(0, 2_000).trimStart();
  if (begin.startsWith('<')) return readQdc(bytes, losses);
  if (/^\{"kind":"gloss"/.test(begin)) return readGloss(text, losses);
  if (/w3\.org\/ns\/anno/.test(begin)) return readWebAnnotations(new Map([['The file', text]]), losses);
  try {
    return readHypothesis(JSON.parse(text), losses);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'invalid',
      'This is no file that can be brought in: QDPX, QDC, W3C annotations, Hypothesis or Gloss.',
      { cause },
    );
  }
}

/** The same with nothing that Postgres keeps no letter for. */
function storable<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, storable(inner)])) as T;
}

/** Reads a file of any format that comes in; which, its content tells. @throws AppError invalid with what is wrong. */
export function readFile(bytes: Uint8Array): FileRead {
  const losses = new Losses();
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const incoming = storable(isZip ? readArchive(bytes, losses) : readText(decoded(bytes), bytes, losses));
  for (const { title } of incoming.notes)
    losses.add('Notes', 'Notes do not come in yet. Keep the file, or copy their words.', title);
  const articles = incoming.sources.map(({ text, title }) => {
    const article = articleFromText(text, title);
    return { html: article.html, text: article.text };
  });
  return { incoming, articles, ...losses.report() };
}
