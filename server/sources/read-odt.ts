import { AppError } from '../../lib/errors';
import { childOf, parseXml } from '../../lib/exchange/xml';
import { findTitle } from '../../lib/sources/title';
import type { Article } from './article';
import { checkXml } from './check-xml';
import { cleanHtml } from './clean-html';
import { placed, talksOf } from './discussions';
import { findRanges } from './marked-text';
import { odtComments } from './odt-comments';
import { odtHtml } from './odt-html';
import { OdtStyles } from './odt-styles';
import { CLEAN_LIMITS, elementsOf, parseInner, textOf } from './parse-page';
import { oneLine } from './read-metadata';
import type { OpenZip } from './read-zip';

/** Bytes of XML, unpacked: of the text, and of what says how it looks. */
const MOST_TEXT = 24 * 1_048_576;
const MOST_STYLES = 4 * 1_048_576;
const MOST_META = 100_000;

const KIND = 'application/vnd.oasis.opendocument.text';

/** What an archive says it is, where it says so as OpenDocument does; `null` otherwise. */
export function odfKind(zip: OpenZip): 'text' | 'other' | null {
  const entry = zip.get('mimetype');
  if (entry === undefined || entry.size > 200) return null;
  const kind = Buffer.from(entry.unpack()).toString('latin1').trim();
  if (!kind.startsWith('application/vnd.oasis.opendocument.')) return null;
  return kind === KIND || kind === `${KIND}-template` ? 'text' : 'other';
}

const refuse = (why: string, reason: string): never => {
  throw new AppError('invalid', `This document can’t be read: ${why}.`, { details: { reason } });
};

function checked(zip: OpenZip, name: string, most: number) {
  const entry = zip.get(name);
  if (entry === undefined) return null;
  if (entry.size > most) refuse('it is too long to be read at once. Save it in parts', 'too-hard');
  return checkXml(name, entry.unpack());
}

/** What the document has that does not come in, and how its changes were read. */
function leftOutOf(text: ReadonlyMap<string, number>, styles: ReadonlyMap<string, number>): string[] {
  const many = (from: ReadonlyMap<string, number>, ...names: string[]) =>
    names.reduce((sum, name) => sum + (from.get(name) ?? 0), 0);
  const several = (count: number, one: string, more: string) =>
    count === 0 ? [] : [count === 1 ? `1 ${one}.` : `${count} ${more}.`];
  return [
    ...several(many(text, 'image'), 'picture', 'pictures'),
    ...several(many(text, 'object', 'object-ole'), 'formula or other object', 'formulas and other objects'),
    ...(many(text, 'table-of-content') > 0 ? ['The table of contents.'] : []),
    ...(many(styles, 'header', 'header-left', 'header-first', 'footer', 'footer-left', 'footer-first') > 0
      ? ['What repeats at the top or foot of pages.']
      : []),
    ...(many(text, 'changed-region') > 0
      ? ['What was struck out in tracked changes; what was added in them is in the text.']
      : []),
  ];
}

function statedTitle(zip: OpenZip): string | null {
  const meta = checked(zip, 'meta.xml', MOST_META);
  return meta === null ? null : oneLine(childOf(childOf(parseXml(meta.text), 'meta'), 'title')?.text ?? null);
}

function firstHeading(html: string): string | null {
  for (const node of elementsOf(parseInner(html, CLEAN_LIMITS)))
    if (node.tagName === 'h1') return oneLine(textOf(node));
  return null;
}

/** The comments of a document as talks about the words of its text that they stand at. */
function discussionsOf(xml: string, styles: OdtStyles, text: string) {
  const found = talksOf(odtComments(xml));
  const nthOf = new Map(found.talks.map(({ key }, nth) => [key, nth]));
  // Its text is written once more, which takes far less time than to clean it.
  return placed(found, nthOf.size === 0 ? null : findRanges(odtHtml(xml, styles, nthOf), text));
}

/**
 * Reads an OpenDocument text (ODT): headings, lists, tables, links and notes, and its comments as discussions. Who wrote it
 * is not taken from it, as such a name may have to be protected; whoever commented is, and is named in the preview.
 * @throws AppError invalid where it is no honest document, locked, too long, or without text.
 */
export function articleFromOdt(zip: OpenZip): Article {
  const manifest = checked(zip, 'META-INF/manifest.xml', MOST_STYLES);
  if ((manifest?.counts.get('encryption-data') ?? 0) > 0)
    refuse('it is locked with a password. Save it without one', 'locked');
  const content = checked(zip, 'content.xml', MOST_TEXT) ?? refuse('it has no text part', 'broken');
  const look = checked(zip, 'styles.xml', MOST_STYLES);
  const styles = new OdtStyles();
  styles.read(content.text);
  if (look !== null) styles.read(look.text);
  const title = statedTitle(zip);
  const clean = cleanHtml(odtHtml(content.text, styles), null, CLEAN_LIMITS);
  if (clean.text.trim() === '') refuse('there is no text in it', 'no-text');
  const { discussions, leftOut } = discussionsOf(content.text, styles, clean.text);
  return {
    title: firstHeading(clean.html) ?? title ?? oneLine(findTitle(clean.text)) ?? 'Untitled',
    byline: null,
    siteName: null,
    publishedAt: null,
    language: null,
    canonicalUrl: null,
    leftOut: [...leftOut, ...leftOutOf(content.counts, look?.counts ?? new Map())],
    discussions,
    ...clean,
  };
}
