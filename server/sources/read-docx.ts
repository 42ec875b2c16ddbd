import { zipSync } from 'fflate';
import { AppError } from '../../lib/errors';
import { childOf, parseXml } from '../../lib/exchange/xml';
import { findTitle } from '../../lib/sources/title';
import type { Article } from './article';
import { checkXml } from './check-xml';
import { cleanHtml } from './clean-html';
import { type DiscussionInFile, placed, talksOf } from './discussions';
import { commentsOf, markRanges } from './docx-comments';
import { findRanges } from './marked-text';
import { CLEAN_LIMITS, elementsOf, parseInner, textOf } from './parse-page';
import { oneLine } from './read-metadata';
import type { OpenZip } from './read-zip';

/** Bytes of XML in a document, unpacked: some thousand pages. */
const MOST_XML = 24 * 1_048_576;
/** Parts that hold nothing to read. */
const NO_PROSE = /^(?:customXml|docProps|word\/(?:theme|glossary|fonts|embeddings|media))\//i;
/** The way back from a note to its mark, which no reader needs here. */
const BACK = / ?<a href="#(?:footnote|endnote)-ref-[^"<>]{1,40}">↑<\/a>/g;
/** What Word and LibreOffice call the paragraphs of a quotation. */
const QUOTATIONS = ['Quote', 'Intense Quote', 'Quotations'];
const STYLES = [
  ...["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh", 'u => u'],
  ...QUOTATIONS.map((name) => `p[style-name='${name}'] => blockquote > p:fresh`),
];

/** Parts whose text comments stand in. */
const TELLING = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/i;
/** Bytes of these beyond which the document is not read once more to find its comments' places: that takes as long as the first time. */
const MOST_TO_FIND = 4 * 1_048_576;

type Parts = { files: Record<string, Uint8Array>; counts: Map<string, Map<string, number>> };

/** The parts that a document's text is made of, each checked before anything else reads it. */
function partsOf(zip: OpenZip): Parts {
  const parts: Parts = { files: {}, counts: new Map() };
  let total = 0;
  for (const [name, { size, unpack }] of zip) {
    if (!/\.(?:xml|rels)$/i.test(name) || NO_PROSE.test(name)) continue;
    total += size;
    if (total > MOST_XML)
      throw new AppError(
        'invalid',
        'This document is too long to be read at once. Save it in parts, or paste the part you need.',
        { details: { reason: 'too-hard' } },
      );
    const bytes = unpack();
    parts.counts.set(name, checkXml(name, bytes).counts);
    parts.files[name] = bytes;
  }
  return parts;
}

/** What the document has that does not come in, and how its changes were read. */
function leftOutOf(counts: Parts['counts']): string[] {
  const count = (where: RegExp, ...elements: string[]) =>
    [...counts]
      .filter(([name]) => where.test(name))
      .reduce((sum, [, of]) => sum + elements.reduce((all, element) => all + (of.get(element) ?? 0), 0), 0);
  const body = /\/document\d*\.xml$/i;
  const several = (many: number, one: string, more: string) =>
    many === 0 ? [] : [many === 1 ? `1 ${one}.` : `${many} ${more}.`];
  return [
    ...several(count(body, 'blip', 'imagedata'), 'picture', 'pictures'),
    ...(count(/\/(?:header|footer)\d*\.xml$/i, 't') > 0 ? ['What repeats at the top or foot of pages.'] : []),
    ...(count(body, 'ins', 'del', 'moveFrom', 'moveTo') > 0
      ? ['What was struck out in tracked changes; what was added in them is in the text.']
      : []),
  ];
}

function statedTitle(zip: OpenZip): string | null {
  const core = zip.get('docProps/core.xml');
  if (core === undefined || core.size > 100_000) return null;
  return oneLine(childOf(parseXml(checkXml('docProps/core.xml', core.unpack()).text), 'title')?.text ?? null);
}

function firstHeading(html: string): string | null {
  for (const node of elementsOf(parseInner(html, CLEAN_LIMITS)))
    if (node.tagName === 'h1') return oneLine(textOf(node));
  return null;
}

async function htmlOf(files: Parts['files']): Promise<string> {
  // Packed anew from what was checked: the library sees an honest archive, without pictures and without embedded styles.
  const buffer = Buffer.from(zipSync(files, { level: 0 }));
  // Only where a document is read: a process that reads none does without the library.
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: STYLES,
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    return value.replace(BACK, '');
  } catch (cause) {
    throw new AppError(
      'invalid',
      'This Word document can’t be read: it is damaged or has no text part. Open it and save it anew, or paste its text.',
      { cause, details: { reason: 'broken' } },
    );
  }
}

/** A part as text; it was checked. */
const partOf = (files: Parts['files'], name: string): string | null => {
  const key = Object.keys(files).find((one) => one.toLowerCase() === name);
  return key === undefined ? null : new TextDecoder().decode(files[key]);
};

/** The comments of a document as talks about the words of its text that they stand at. */
async function discussionsOf(
  files: Parts['files'],
  text: string,
): Promise<{ discussions: DiscussionInFile[]; leftOut: string[] }> {
  const part = (name: string) => partOf(files, `word/${name}.xml`);
  const found = talksOf(
    commentsOf({
      ...{ comments: part('comments'), extended: part('commentsextended') },
      ...{ ids: part('commentsids'), extensible: part('commentsextensible') },
    }),
  );
  const nthOf = new Map(found.talks.map(({ key }, nth) => [key, nth]));
  const telling = Object.keys(files).filter((name) => TELLING.test(name));
  const bytes = telling.reduce((sum, name) => sum + (files[name]?.length ?? 0), 0);
  if (found.talks.length === 0 || bytes > MOST_TO_FIND)
    return placed(found, null, 'the document is too long for them to be looked for');
  const marked = telling.map((name) => {
    const xml = markRanges(new TextDecoder().decode(files[name]), nthOf);
    return [name, new TextEncoder().encode(xml)] as const;
  });
  return placed(found, findRanges(await htmlOf({ ...files, ...Object.fromEntries(marked) }), text));
}

/**
 * Reads a Word document (DOCX): headings, lists, tables, links and notes, and its comments as discussions. Who wrote it
 * is not taken from it, as such a name may have to be protected; whoever commented is, and is named in the preview.
 * @throws AppError invalid where it is no honest document, too long, or without text.
 */
export async function articleFromDocx(zip: OpenZip): Promise<Article> {
  const { files, counts } = partsOf(zip);
  const title = statedTitle(zip);
  const clean = cleanHtml(await htmlOf(files), null, CLEAN_LIMITS);
  if (clean.text.trim() === '')
    throw new AppError('invalid', 'There is no text in this document.', { details: { reason: 'no-text' } });
  const { discussions, leftOut } = await discussionsOf(files, clean.text);
  return {
    title: firstHeading(clean.html) ?? title ?? oneLine(findTitle(clean.text)) ?? 'Untitled',
    byline: null,
    siteName: null,
    publishedAt: null,
    language: null,
    canonicalUrl: null,
    leftOut: [...leftOut, ...leftOutOf(counts)],
    discussions,
    ...clean,
  };
}
