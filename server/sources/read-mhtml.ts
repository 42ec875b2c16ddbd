import { AppError } from '../../lib/errors';
import { linkAddress } from '../../lib/sources/allow-list';
import type { Article } from './article';
import { decodeText } from './decode-text';
import { readArticle } from './read-article';

const MOST_HEAD = 64 * 1_024;
const MOST_PARTS = 5_000;
const MOST_DEPTH = 4;

/** A part of a message as it is packed: its headers by lower-case name, its body as one character a byte. */
type Part = { readonly headers: ReadonlyMap<string, string>; readonly body: string };

const latin = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

function readPart(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source.slice(0, MOST_HEAD));
  const head = source.slice(0, end?.index ?? 0).replace(/\r?\n[ \t]{1,99}/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? '' : source.slice(end.index + end[0].length) };
}

/** The value of a content type without its parameters, and those, by lower-case name. */
function typeOf(part: Part): { type: string; parameters: ReadonlyMap<string, string> } {
  const [type = '', ...rest] = (part.headers.get('content-type') ?? '').split(';');
  const parameters = rest.map((given): [string, string] => {
    const equals = given.indexOf('=');
    const value = given.slice(equals + 1).trim();
    return [given.slice(0, equals).trim().toLowerCase(), value.replace(/^"(.{0,400})"$/, '$1')];
  });
  return { type: type.trim().toLowerCase(), parameters: new Map(parameters) };
}

/** What stands between the boundaries of a part of many (RFC 2046, 5.1.1). */
function partsOf(part: Part, boundary: string): Part[] {
  const marks = `\n${part.body}`.split(`\n--${boundary}`);
  const inside: string[] = [];
  for (const mark of marks.slice(1)) {
    // A longer boundary that begins as this one does is part of what stands between.
    if (/^(?:--|[ \t]{0,99}(?:\r?\n|$))/.test(mark)) inside.push(mark);
    else if (inside.length > 0) inside[inside.length - 1] += `\n--${boundary}${mark}`;
  }
  const end = inside.findIndex((piece) => piece.startsWith('--'));
  const parts = end < 0 ? inside : inside.slice(0, end);
  if (parts.length > MOST_PARTS)
    throw new AppError('invalid', `This saved page can’t be read: it has more than ${MOST_PARTS} parts.`, {
      details: { reason: 'too-hard' },
    });
  return parts.map((piece) => readPart(piece.replace(/^[ \t]{0,99}\r?\n/, '')));
}

/** The page that a message is about: the part that it says is the root, else the first that is a page (RFC 2387). */
function pageIn(part: Part, depth: number): Part | null {
  const { type, parameters } = typeOf(part);
  if (type === 'text/html' || type === 'application/xhtml+xml') return part;
  const boundary = parameters.get('boundary');
  if (!type.startsWith('multipart/') || !boundary || depth > MOST_DEPTH) return null;
  const parts = partsOf(part, boundary);
  const start = parameters.get('start');
  const root = start ? parts.filter((one) => one.headers.get('content-id') === start) : [];
  for (const one of [...root, ...parts]) {
    const page = pageIn(one, depth + 1);
    if (page !== null) return page;
  }
  return null;
}

function quotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]{0,99}(?:\r\n|\r|\n)/g, '')
    .replace(/=([\dA-F]{2})/gi, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function unpacked(part: Part): Uint8Array {
  const how = part.headers.get('content-transfer-encoding')?.toLowerCase() ?? '';
  if (how === 'base64') return Uint8Array.from(Buffer.from(part.body, 'base64'));
  return bytesOf(how === 'quoted-printable' ? quotedPrintable(part.body) : part.body);
}

/** Whether a file is a page as browsers save it in one file: headers of a message first, of several parts or one page. */
export function isMhtml(bytes: Uint8Array): boolean {
  const head = latin(bytes.subarray(0, MOST_HEAD)).replace(/^[\r\n]{1,9}/, '');
  if (!/^[A-Za-z][A-Za-z-]{1,40}:/.test(head)) return false;
  const { headers } = readPart(head.includes('\n\n') || head.includes('\r\n\r\n') ? head : `${head}\n\n`);
  const type = headers.get('content-type')?.toLowerCase() ?? '';
  return headers.has('mime-version') && /^(?:multipart\/(?:related|mixed|alternative)|text\/html)/.test(type);
}

/**
 * Reads a saved page (MHTML): its main page as any other, at the address it says it was saved from. Nothing else of the
 * file is read.
 * @throws AppError invalid when there is no page in it, or as `readArticle` does.
 */
export function articleFromMhtml(bytes: Uint8Array): Article {
  const whole = readPart(latin(bytes).replace(/^[\r\n]{1,9}/, ''));
  const page = pageIn(whole, 0);
  if (page === null)
    throw new AppError('invalid', 'There is no web page in this file. Save the page anew, as .html.', {
      details: { reason: 'no-text' },
    });
  const stated = page.headers.get('content-location') ?? whole.headers.get('snapshot-content-location');
  const address = linkAddress(stated ?? '', null);
  const url = address?.startsWith('http') ? address : null;
  const article = readArticle(
    decodeText(unpacked(page), typeOf(page).parameters.get('charset') ?? null),
    url,
  );
  return { ...article, canonicalUrl: article.canonicalUrl ?? url };
}
