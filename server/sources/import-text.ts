import { canonicalText } from '../../lib/sources/canonical-text';
import { type CleanNode, element, ROOT, text as textNode } from '../../lib/sources/clean-tree';
import { cutPlaces } from '../../lib/sources/pdf-places';
import { findTitle, firstLine } from '../../lib/sources/title';
import type { Article } from './article';
import { parseClean, settle } from './clean-html';

/** A paragraph's lines, with a line break between them. */
function lines(paragraph: string): CleanNode[] {
  return paragraph
    .split('\n')
    .flatMap((line, at) => (at === 0 ? [textNode(line)] : [element('br', []), textNode(line)]));
}

/**
 * An article from plain text: paragraphs stand between blank lines, or are the lines themselves where no line is
 * blank. Without a `title` the first line is it. A title that the text begins with stays in the text, as its heading.
 */
export function articleFromText(source: string, title?: string | null): Article {
  const plain = source
    .replace(/^\ufeff/, '')
    .replace(/\r\n?|\u2028/g, '\n')
    .replace(/[\u2029\f]/g, '\n\n')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/^\n+/, '');
  const parts = plain.includes('\n\n') ? plain.split(/\n{2,}/) : plain.split('\n');
  const name = title?.trim() || findTitle(plain);
  const blocks = parts.map((part, at) =>
    element(at === 0 && part === name && firstLine(part) === name ? 'h1' : 'p', lines(part)),
  );
  return {
    title: name || 'Untitled',
    byline: null,
    siteName: null,
    publishedAt: null,
    language: null,
    canonicalUrl: null,
    ...settle(element(ROOT, blocks)),
  };
}

/**
 * The article up to an offset of its canonical text (UTF-16 units); what stands from there on goes, as when page
 * furniture is trimmed before saving.
 */
export function trimArticle(article: Article, start: number): Article {
  const tree = parseClean(article.html);
  for (const piece of canonicalText<CleanNode>(tree).pieces) {
    if (piece.end > start && piece.node.nodeType === 3)
      piece.node.data = piece.node.data.slice(0, Math.max(0, start - piece.start));
  }
  const clean = settle(tree);
  const { places } = article;
  return { ...article, ...clean, ...(places && { places: cutPlaces(places, clean.text.length) }) };
}
