/** What a page in another tab said about itself when a person sent it here: nothing in it is trusted. */
export type Clip = {
  /** Its DOM, written as html. */
  readonly html: string;
  /** Its address; `null` for a page that has none a link may lead to, such as a file. */
  readonly url: string | null;
  readonly title: string;
  /** What was selected on it, and up to 200 units of the text around that. */
  readonly selection: { readonly exact: string; readonly prefix: string; readonly suffix: string } | null;
};

/** UTF-16 units of a page's html, as many as one import of html may have. */
export const MOST_CLIP = 20_000_000;
const MOST_SELECTION = 20_000;
const AROUND = 200;

const text = (value: unknown, most: number): string =>
  typeof value === 'string' ? value.slice(0, most) : '';

/** The address of a page, `null` where no link may lead there. */
function pageAddress(given: unknown): URL | null {
  const url = typeof given === 'string' && given.length <= 4_000 ? URL.parse(given) : null;
  const isPlain =
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isPlain ? url : null;
}

function readSelection(given: unknown): Clip['selection'] {
  if (typeof given !== 'object' || given === null) return null;
  const { exact, prefix, suffix } = given as Record<string, unknown>;
  if (typeof exact !== 'string' || exact.trim() === '' || exact.length > MOST_SELECTION) return null;
  return {
    exact: exact.trim(),
    prefix: typeof prefix === 'string' ? prefix.slice(-AROUND) : '',
    suffix: text(suffix, AROUND),
  };
}

/**
 * Reads what the window that opened ours sent. `from` is the origin that the browser says it came from: a page can speak
 * for its own site alone. Answers `null` for a message that is no page, as other scripts talk too; a `fault` says in
 * words why a page is not taken.
 */
export function readClip(message: unknown, from: string): { clip: Clip } | { fault: string } | null {
  if (typeof message !== 'object' || message === null) return null;
  const { gloss, html, url, title, selection } = message as Record<string, unknown>;
  if (gloss !== 'page' || typeof html !== 'string') return null;
  if (html.length > MOST_CLIP)
    return {
      fault: 'This page is too large to be sent: its text and code are more than 20 million characters.',
    };
  if (html.trim() === '') return { fault: 'This page has nothing on it.' };
  const address = pageAddress(url);
  if (address !== null && address.origin !== from)
    return {
      fault: `The page says that it stands at ${address.host}, but it was sent from ${URL.parse(from)?.host ?? 'elsewhere'}. It was not taken.`,
    };
  return {
    clip: {
      html,
      url: address?.href ?? null,
      title: text(title, 500).trim(),
      selection: readSelection(selection),
    },
  };
}
