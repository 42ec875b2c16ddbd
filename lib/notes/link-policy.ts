const SCHEMES = new Set(['http:', 'https:', 'mailto:']);
const LONGEST = 4_000;

/**
 * Whether a note may link there: an absolute http, https or mailto address. Read by the URL parser, which sees
 * through the spellings (case, tabs, line breaks, leading blanks) that browsers see through too.
 */
export function isAllowedHref(href: unknown): href is string {
  if (typeof href !== 'string' || href.length > LONGEST) return false;
  try {
    return SCHEMES.has(new URL(href).protocol);
  } catch {
    return false;
  }
}

/** What somebody typed as the target of a link, as an allowed href (`example.org` gets https), or null. */
export function readHref(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/u.test(text)) return null;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/u.test(text)) return `mailto:${text}`;
  if (/^[a-z][a-z0-9+.-]*:/iu.test(text) && !/^[^/:]+\.[^/:]+:\d/u.test(text)) {
    return isAllowedHref(text) ? text : null;
  }
  const href = `https://${text}`;
  return /^[^/?#]*\.[^/?#]/u.test(text) && isAllowedHref(href) ? href : null;
}
