import { AppError } from '../../lib/errors';
import type { Article } from './article';
import { decodeText } from './decode-text';
import { articleFromText } from './import-text';
import { articleFromTranscript } from './import-transcript';
import { readArticle } from './read-article';
import { articleFromDocx } from './read-docx';
import { articleFromEpub } from './read-epub';
import { oneLine } from './read-metadata';
import { articleFromMhtml, isMhtml } from './read-mhtml';
import { articleFromOdt, odfKind } from './read-odt';
import { articleFromPdf } from './read-pdf';
import { openZip } from './read-zip';

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
  return head.every((byte, at) => bytes[at] === byte);
}

/** What a file that is no text calls itself, told by its first bytes; `null` for a text. */
function foreignKind(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4_096));
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'an old or locked document of an office program';
  if (head.startsWith('{\\rtf')) return 'a rich text document';
  const wide = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
  return !wide && head.includes('\0') ? 'a binary file' : null;
}

/** Whether a file is a PDF: it says so at its start, if not always with its first byte. */
export function isPdf(bytes: Uint8Array): boolean {
  return /(?:^|[\r\n\0])%PDF-\d/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 1_024)));
}

function unsupported(kind: string): AppError {
  return new AppError(
    'unsupported',
    `This file is ${kind}, which cannot be read yet. PDF files, Word and OpenDocument texts (.docx, .odt), books (.epub), web pages (.html, .mhtml), captions (.vtt, .srt) and plain text (.txt, .md) can: save it as one of those, or paste its text.`,
    { details: { reason: 'file-kind' } },
  );
}

/** Reads a file that is an archive of parts, by the parts it has. */
async function articleFromArchive(bytes: Uint8Array): Promise<Article> {
  const zip = openZip(bytes);
  const has = (folder: string) => [...zip.keys()].some((name) => name.startsWith(folder));
  if (zip.has('META-INF/container.xml')) return articleFromEpub(zip);
  if (zip.has('[Content_Types].xml') && has('word/')) return articleFromDocx(zip);
  if (zip.has('[Content_Types].xml') && has('xl/')) throw unsupported('a workbook');
  if (zip.has('[Content_Types].xml') && has('ppt/')) throw unsupported('a presentation');
  const kind = odfKind(zip);
  if (kind === 'text') return articleFromOdt(zip);
  throw unsupported(kind === null ? 'a ZIP archive' : 'an OpenDocument file that is no text');
}

const PAGE =
  /^\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,1000}-->\s{0,200})?<(?:!doctype\s+html|html|head|body)\b/i;
const TAG = /<(?:p|div|h[1-6]|article|main|section|span|ul|ol|table|br|blockquote)\b[^<>]{0,500}>/i;

/** What a file without a title of its own is called: its name without folder and ending. */
function titleOf(name: string): string {
  const plain = name.replace(/^.{0,400}[/\\]/s, '').replace(/\.[a-z0-9]{1,6}$/i, '');
  return oneLine(plain) ?? 'Untitled';
}

/**
 * Reads an uploaded file: a PDF, a Word or OpenDocument text, a book, a page (also a saved one), captions with times, or plain text (Markdown
 * counts as such). What it is, its content says; its name decides only for html without a head.
 * @throws AppError `unsupported` for any other kind of file, `invalid` when it holds no text.
 */
export async function articleFromFile(name: string, bytes: Uint8Array): Promise<Article> {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return articleFromArchive(bytes);
  if (isPdf(bytes)) return articleFromPdf(bytes, titleOf(name));
  if (isMhtml(bytes)) return articleFromMhtml(bytes);
  const kind = foreignKind(bytes);
  if (kind !== null) throw unsupported(kind);
  const text = decodeText(bytes);
  const isPage =
    PAGE.test(text.slice(0, 4_096)) || (/\.x?html?$/i.test(name) && TAG.test(text.slice(0, 100_000)));
  if (isPage) return readArticle(text, null);
  const transcript = articleFromTranscript(text, titleOf(name));
  if (transcript !== null) return transcript;
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new AppError('invalid', 'There is no text in this file.', { details: { reason: 'no-text' } });
  return articleFromText(text);
}
