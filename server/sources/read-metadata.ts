import { attributeOf, elementsOf, type PageDocument, textOf } from './parse-page';

/** What a page says about itself, before anything is read from its prose. */
export type PageMetadata = {
  readonly title: string | null;
  readonly byline: string | null;
  readonly siteName: string | null;
  readonly publishedAt: string | null;
  readonly language: string | null;
  /** As written on the page: perhaps relative. */
  readonly canonicalUrl: string | null;
  /** The `href` of the page's `base`, as written. */
  readonly base: string | null;
};

/** One line of at most `longest` characters, `null` when nothing is left. */
export function oneLine(value: unknown, longest = 500): string | null {
  if (typeof value !== 'string') return null;
  const line = value
    .slice(0, 4 * longest)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed();
  return line === '' ? null : line.slice(0, longest).toWellFormed();
}

/** A moment as the contract keeps it: ISO 8601 as given, else as a time that could be parsed, else `null`. */
export function publishedTime(value: unknown): string | null {
  const line = oneLine(value, 60);
  if (line === null) return null;
  if (/^\d{4}-\d{2}(?:-\d{2})?(?:[T ][\d:.,+\-Z ]{1,24})?$/.test(line)) return line.slice(0, 40);
  const time = Date.parse(line);
  return /\d{4}/.test(line) && !Number.isNaN(time) ? new Date(time).toISOString() : null;
}

/** A BCP 47 tag, where a text is one. */
export function languageTag(value: string | null): string | null {
  const tag = value?.trim().replaceAll('_', '-') ?? '';
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}$/.test(tag) ? tag : null;
}

type Json = { [key: string]: unknown };
const ARTICLES =
  /^(?:\w{0,20}Article|NewsArticle|Report|BlogPosting|ScholarlyArticle|TechArticle|SocialMediaPosting|WebPage)$/;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema.org things of a JSON-LD block, at its top or in a list or `@graph`. */
function things(value: unknown): Json[] {
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(things);
  if (!isObject(value)) return [];
  const graph = value['@graph'];
  return [value, ...(Array.isArray(graph) ? graph.slice(0, 50).filter(isObject) : [])];
}

function isArticle(thing: Json): boolean {
  return [thing['@type']].flat().some((type) => typeof type === 'string' && ARTICLES.test(type));
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null; // a page's broken block says nothing; the page itself can still be read
  }
}

/** The names in a schema.org `author` or `publisher`: a text, a thing with a `name`, or a list of either. */
function names(value: unknown): string | null {
  const found = [value]
    .flat()
    .slice(0, 20)
    .map((one) => oneLine(isObject(one) ? [one.name].flat()[0] : one, 200))
    .filter((name) => name !== null && !/^https?:/.test(name));
  return found.length === 0 ? null : oneLine([...new Set(found)].join(', '));
}

/** Reads the metadata of a page: JSON-LD first, then `meta` elements, then `time`, `title` and `html`. */
export function readMetadata(document: PageDocument): PageMetadata {
  const metas = new Map<string, string>();
  const articles: Json[] = [];
  let [title, language, canonicalUrl, base, time]: (string | null)[] = [null, null, null, null, null];
  for (const node of elementsOf(document)) {
    if (node.tagName === 'meta') {
      const content = attributeOf(node, 'content');
      const keys = [attributeOf(node, 'property'), attributeOf(node, 'name'), attributeOf(node, 'itemprop')];
      for (const key of keys) {
        const name = key?.toLowerCase();
        if (name && content && !metas.has(name)) metas.set(name, content);
      }
    } else if (node.tagName === 'script' && attributeOf(node, 'type') === 'application/ld+json') {
      articles.push(...things(parseJson(textOf(node))).filter(isArticle));
    } else if (node.tagName === 'html')
      language ??= attributeOf(node, 'lang') ?? attributeOf(node, 'xml:lang');
    else if (node.tagName === 'base') base ??= attributeOf(node, 'href');
    else if (node.tagName === 'time') time ??= attributeOf(node, 'datetime');
    else if (node.tagName === 'title' && node.namespaceURI.endsWith('xhtml')) title ??= textOf(node);
    else if (node.tagName === 'link' && /\bcanonical\b/i.test(attributeOf(node, 'rel') ?? ''))
      canonicalUrl ??= attributeOf(node, 'href');
  }
  const meta = (...keys: string[]) => keys.map((key) => metas.get(key)).find((value) => value !== undefined);
  const fact = (key: string) => articles.map((thing) => thing[key]).find((value) => value !== undefined);
  const dates = [
    fact('datePublished'),
    meta('article:published_time', 'og:article:published_time', 'datepublished'),
    meta(
      'date',
      'dc.date',
      'dc.date.issued',
      'dcterms.date',
      'dcterms.created',
      'pubdate',
      'parsely-pub-date',
    ),
    time,
  ];
  const author = meta('author', 'article:author', 'dc.creator', 'parsely-author', 'byl');
  return {
    title: oneLine(meta('og:title', 'twitter:title') ?? title),
    byline: names(fact('author')) ?? names(author),
    siteName: oneLine(meta('og:site_name'), 200) ?? names(fact('publisher')),
    publishedAt: dates.map(publishedTime).find((date) => date !== null) ?? null,
    language: languageTag(language ?? null) ?? languageTag(meta('og:locale') ?? null),
    canonicalUrl: oneLine(canonicalUrl ?? meta('og:url'), 4_000),
    base: oneLine(base, 4_000),
  };
}
