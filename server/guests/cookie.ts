import { env } from '../../env';
import { cookieValue } from '../actor';

const NAME = 'gloss-guest';
/** Half a year, in seconds: longer than any link. */
const AGE = 182 * 86_400;

/** The secret in a guest's cookie; `null` for whoever has none, or something else in its place. It is no session. */
export function guestKeyIn(request: Request): string | null {
  const value = cookieValue(request.headers.get('cookie'), NAME);
  return value !== null && /^[\w-]{43}$/.test(value) ? value : null;
}

/** The cookie that a guest is known again by, on the guest pages' own calls alone. */
export function guestCookie(key: string): string {
  const secure = env().GLOSS_URL?.startsWith('https:') ? '; Secure' : '';
  return `${NAME}=${key}; Path=/api/guest; HttpOnly; SameSite=Strict; Max-Age=${AGE}${secure}`;
}
