/**
 * What a clean article may hold. The server keeps only this at import, the browser's sanitiser keeps only this before
 * anything is shown: one list, so that the two never disagree.
 */

const LINES_OF_TEXT = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'hr', 'br'] as const;
const LISTS = ['ul', 'ol', 'li', 'dl', 'dt', 'dd'] as const;
const TABLES = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'] as const;
const FIGURES = ['figure', 'figcaption'] as const;
const INLINE = [
  ...['a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'rt', 'ruby'],
  ...['s', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'var'],
] as const;

/** The elements of a clean article, by lower-case name. */
export const ALLOWED_TAGS: readonly string[] = [...LINES_OF_TEXT, ...LISTS, ...TABLES, ...FIGURES, ...INLINE];

/** Elements that may hold nothing and end themselves. */
export const VOID_TAGS: ReadonlySet<string> = new Set(['br', 'hr']);

/** Elements that only group: dissolved at import, their inline runs become paragraphs. */
export const WRAPPER_TAGS: ReadonlySet<string> = new Set(
  (
    'address article aside body center details dialog div fieldset footer form header hgroup html main nav section ' +
    'search summary'
  ).split(' '),
);

/** Elements that leave with everything in them: their content is code, a control or a picture, never prose. */
export const DROPPED_TAGS: ReadonlySet<string> = new Set(
  (
    'applet area audio base button canvas datalist embed frame frameset head iframe image img input link map math meta ' +
    'meter noembed noframes noscript object option optgroup output param picture plaintext progress rp script select ' +
    'selectedcontent slot source style svg template textarea title track video xmp'
  ).split(' '),
);

/** What a link may begin with. */
export const ALLOWED_PROTOCOLS: readonly string[] = ['http:', 'https:', 'mailto:'];
/** Said of every link: the page behind it learns nothing of ours and earns nothing by it. */
export const LINK_REL = 'noopener noreferrer nofollow';

const EVERYWHERE = ['lang', 'dir'];
const BY_TAG: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel'],
  ol: ['start'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
};
/** Every attribute that some element may have. */
export const ALLOWED_ATTRIBUTES: readonly string[] = [
  ...EVERYWHERE,
  ...new Set(Object.values(BY_TAG).flat()),
];

const VALUES: Readonly<Record<string, RegExp>> = {
  lang: /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/,
  dir: /^(?:ltr|rtl|auto)$/,
  rel: /^noopener noreferrer nofollow$/,
  start: /^-?[0-9]{1,6}$/,
  colspan: /^[1-9][0-9]{0,2}$/,
  rowspan: /^[1-9][0-9]{0,2}$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/,
};

/** The address of a link as a clean article keeps it, resolved against the page's; `null` when it is no safe address. */
export function linkAddress(href: string, base: string | null): string | null {
  if (href.length > 4_000 || href.trim().startsWith('#')) return null;
  const url = URL.parse(href, base ?? undefined);
  if (url === null || !ALLOWED_PROTOCOLS.includes(url.protocol)) return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

/** Whether a clean element may have this attribute with this value; names in lower case. */
export function isAllowedAttribute(tag: string, name: string, value: string): boolean {
  if (!EVERYWHERE.includes(name) && !BY_TAG[tag]?.includes(name)) return false;
  if (name === 'href') return linkAddress(value, null) === value;
  return VALUES[name]?.test(value) ?? false;
}
