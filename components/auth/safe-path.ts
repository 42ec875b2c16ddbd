const ELSEWHERE = 'http://gloss.invalid';

/**
 * The path to go to after signing in, when it stays on this site; otherwise `fallback`.
 * Browsers read `\` as `/` and drop tabs and newlines, so `/\host` and `/\t/host` leave the site too.
 */
export function safePath(to: string | null | undefined, fallback = '/projects'): string {
  if (!to?.startsWith('/') || /[\\\p{Cc}]/u.test(to)) return fallback;
  try {
    const url = new URL(to, ELSEWHERE);
    // `/.//host` becomes the path `//host`, which the next reader would take for another site.
    if (url.origin !== ELSEWHERE || url.pathname.startsWith('//')) return fallback;
    if (url.pathname === '/sign-in' || url.pathname.startsWith('/api/')) return fallback;
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return fallback;
  }
}
