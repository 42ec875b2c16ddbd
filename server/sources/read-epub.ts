import { AppError } from '../../lib/errors';
import { childOf, childrenOf, parseXml, type XmlElement } from '../../lib/exchange/xml';
import { findTitle } from '../../lib/sources/title';
import type { Article } from './article';
import { checkXml } from './check-xml';
import { cleanHtml, parseClean, settle } from './clean-html';
import { decodeText } from './decode-text';
import { languageTag, oneLine, publishedTime } from './read-metadata';
import type { OpenZip } from './read-zip';

/** Bytes of chapters in a book, unpacked; and of what lists them. */
const MOST_TEXT = 24 * 1_048_576;
const MOST_LIST = 4 * 1_048_576;

const refuse = (why: string, reason: string): never => {
  throw new AppError('invalid', `This book can’t be read: ${why}.`, { details: { reason } });
};

function xmlIn(zip: OpenZip, name: string): XmlElement {
  const entry = zip.get(name) ?? refuse(`“${name.slice(0, 80)}” is not in it`, 'broken');
  if (entry.size > MOST_LIST) refuse('its list of chapters is too long', 'too-hard');
  return parseXml(checkXml(name, entry.unpack()).text);
}

/** Where a file of the book is, by a path that stands in another file of it; `null` for an address elsewhere. */
function pathIn(from: string, href: string): string | null {
  const root = 'epub://book/';
  const url = URL.parse(href, root + from.split('/').map(encodeURIComponent).join('/'));
  if (url === null || !url.href.startsWith(root)) return null;
  try {
    return decodeURIComponent(url.pathname.slice(1));
  } catch {
    return null; // no path that anything is called by
  }
}

type Book = { chapters: string[]; leftOut: string[]; metadata: XmlElement | undefined };

/** The files of the book's text in the order in which they are read. */
function readBook(zip: OpenZip): Book {
  const rootfiles = childOf(xmlIn(zip, 'META-INF/container.xml'), 'rootfiles');
  const listPath =
    childOf(rootfiles, 'rootfile')?.attributes['full-path'] ?? refuse('it names no list', 'broken');
  const list = xmlIn(zip, listPath);
  const items = new Map(
    childrenOf(childOf(list, 'manifest'), 'item').map(({ attributes }) => [attributes.id, attributes]),
  );
  const spine = childrenOf(childOf(list, 'spine'), 'itemref').map(({ attributes }) => ({
    item: items.get(attributes.idref),
    isAside: attributes.linear === 'no',
  }));
  const isList = (properties = '') => properties.split(/\s/).includes('nav');
  const isText = (type = '') => /^(?:application\/xhtml\+xml|text\/html)$/.test(type);
  const read = spine.filter(({ item, isAside }) => item && !isAside && !isList(item.properties));
  const chapters = read.filter(({ item }) => isText(item?.['media-type']));
  const asides = spine.filter(({ item, isAside }) => item && isAside && !isList(item.properties)).length;
  const drawn = read.length - chapters.length;
  const said = (count: number, one: string, more: string) =>
    count === 0 ? [] : [count === 1 ? `1 ${one}.` : `${count} ${more}.`];
  const paths = chapters.map(({ item }) => pathIn(listPath, item?.href ?? ''));
  return {
    chapters: paths.map((path) => path ?? refuse('a chapter of it is elsewhere', 'broken')),
    leftOut: [
      ...(spine.some(({ item }) => isList(item?.properties)) ? ['The table of contents.'] : []),
      ...said(asides, 'part that stands beside the text', 'parts that stand beside the text'),
      ...said(drawn, 'page that is a picture', 'pages that are pictures'),
    ],
    metadata: childOf(list, 'metadata'),
  };
}

/** A book whose chapters are locked says so; locked fonts don't matter. */
function mustBeOpen(zip: OpenZip, chapters: readonly string[]): void {
  if (!zip.has('META-INF/encryption.xml')) return;
  const locked = new Set(
    childrenOf(xmlIn(zip, 'META-INF/encryption.xml'), 'EncryptedData').map(({ children }) => {
      const data = children.find(({ name }) => name === 'CipherData');
      return pathIn('', childOf(data, 'CipherReference')?.attributes.URI ?? '');
    }),
  );
  if (chapters.some((path) => locked.has(path))) refuse('it is locked (DRM)', 'locked');
}

const VOID = 'area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr';
/** An element of XHTML that ends itself; HTML knows that only of those that can't hold anything. */
const ENDED = new RegExp(`<((?!(?:${VOID})\\b)[a-zA-Z][a-zA-Z0-9:]{0,30})(\\s[^<>]{0,2000})?/>`, 'g');

/** A chapter as HTML. */
function asHtml(source: string): string {
  if (/<!DOCTYPE[^<>[]{0,500}\[/i.test(source.slice(0, 4_096)))
    refuse('a chapter has entities of its own', 'xml');
  return source.replace(ENDED, '<$1$2></$1>');
}

/** The chapters, each cleaned, in one. Nothing of them is loaded: pictures, styles and scripts go. */
function joined(zip: OpenZip, chapters: readonly string[]): { html: string; text: string } {
  let total = 0;
  const parts: string[] = [];
  for (const name of new Set(chapters)) {
    const entry = zip.get(name) ?? refuse(`“${name.slice(0, 80)}” is not in it`, 'broken');
    total += entry.size;
    if (total > MOST_TEXT) refuse('it is too long to be read at once', 'too-hard');
    parts.push(cleanHtml(asHtml(decodeText(entry.unpack())), null).html);
  }
  return settle(parseClean(parts.join(''), null));
}

/** A title, where somebody gave one: programs write that there is none. */
const titled = (title: string | null) =>
  /^\s*(?:unknown(?: title)?|untitled|no title|\[?no data\]?)\s*$/i.test(title ?? '') ? null : oneLine(title);

/**
 * Reads an EPUB: its chapters in the order of its spine, one after another.
 * @throws AppError invalid where it is no sound book, locked, too long, or without text.
 */
export function articleFromEpub(zip: OpenZip): Article {
  const { chapters, leftOut, metadata } = readBook(zip);
  mustBeOpen(zip, chapters);
  const clean = joined(zip, chapters);
  if (clean.text === '') refuse('there is no text in it', 'no-text');
  const fact = (name: string) => childOf(metadata, name)?.text ?? null;
  const authors = childrenOf(metadata, 'creator').map(({ text }) => oneLine(text, 200));
  return {
    title: titled(fact('title')) ?? oneLine(findTitle(clean.text)) ?? 'Untitled',
    byline: oneLine(authors.filter((author) => author !== null).join(', ')),
    siteName: oneLine(fact('publisher'), 200),
    publishedAt: publishedTime(fact('date')),
    language: languageTag(fact('language')),
    canonicalUrl: null,
    leftOut,
    ...clean,
  };
}
