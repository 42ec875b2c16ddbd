import { AppError } from '../../lib/errors';
import type { Article } from './article';
import { decodeText } from './decode-text';
import { articleFromText } from './import-text';
import { readArticle } from './read-article';

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
  return head.every((byte, at) => bytes[at] === byte);
}

/** What a file that is no text calls itself, told by its first bytes; `null` for a text. */
function foreignKind(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4_096));
  if (head.slice(0, 1_024).includes('%PDF-')) return 'a PDF';
  if (startsWith(bytes, 0x50, 0x4b)) {
    if (head.includes('application/epub+zip')) return 'an EPUB';
    return head.includes('word/') || head.includes('[Content_Types].xml')
      ? 'a Word document'
      : 'a ZIP archive';
  }
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'an old Word document';
  if (head.startsWith('{\\rtf')) return 'a rich text document';
  const wide = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
  return !wide && head.includes('\0') ? 'a binary file' : null;
}

const PAGE =
  /^\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,1000}-->\s{0,200})?<(?:!doctype\s+html|html|head|body)\b/i;
const TAG = /<(?:p|div|h[1-6]|article|main|section|span|ul|ol|table|br|blockquote)\b[^<>]{0,500}>/i;

/**
 * Reads an uploaded file: a page, or plain text (Markdown counts as such). What it is, its content says; its name
 * decides only for html without a head.
 * @throws AppError `unsupported` for any other kind of file, `invalid` when it holds no text.
 */
export function articleFromFile(name: string, bytes: Uint8Array): Article {
  const kind = foreignKind(bytes);
  if (kind !== null)
    throw new AppError(
      'unsupported',
      `This file is ${kind}, which cannot be read yet. Web pages (.html) and plain text (.txt, .md) can: save it as one of those, or paste its text.`,
      { details: { reason: 'file-kind' } },
    );
  const text = decodeText(bytes);
  const isPage =
    PAGE.test(text.slice(0, 4_096)) || (/\.x?html?$/i.test(name) && TAG.test(text.slice(0, 100_000)));
  if (isPage) return readArticle(text, null);
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new AppError('invalid', 'There is no text in this file.', { details: { reason: 'no-text' } });
  return articleFromText(text);
}
