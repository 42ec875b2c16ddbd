import DOMPurify, { type Config } from 'dompurify';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from '@/lib/sources/allow-list';

/** The only configuration there is: the server's allow-list, nothing added from outside it. */
const CONFIG: Config = Object.freeze({
  ALLOWED_TAGS: [...ALLOWED_TAGS],
  ALLOWED_ATTR: [...ALLOWED_ATTRIBUTES],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  // DOMPurify holds every attribute to the pattern for addresses, apart from these.
  ADD_URI_SAFE_ATTR: ALLOWED_ATTRIBUTES.filter((name) => name !== 'href'),
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
});

/**
 * Sanitises an article's stored html once more, in the browser, before it becomes part of the page.
 * Throws where the sanitiser cannot work, since it would then hand its input back unchanged.
 */
export function sanitiseArticle(html: string): string {
  if (!DOMPurify.isSupported)
    throw new Error('This browser cannot sanitise html, so the article is not shown.');
  return DOMPurify.sanitize(html, CONFIG);
}
