import { sanitiseArticle } from '@/components/reader/sanitise';
import { canonicalText } from '@/lib/sources/canonical-text';

type Shown = {
  readonly text: string;
  readonly html: string;
  readonly ran: number | null;
};

/** Waits until a picture of ours that cannot load has failed: those that stood in the page before have failed by then. */
function pictureFails(): Promise<void> {
  return new Promise((resolve) => {
    const picture = document.createElement('img');
    picture.addEventListener('error', () => resolve());
    picture.src = 'data:,no-picture';
    document.body.append(picture);
  });
}

/** Puts html into the page as the reader does, and tells what stands there and whether any of it ran. */
export async function show(html: string, sanitise: boolean): Promise<Shown> {
  const marked = window as Window & { __xss?: number };
  delete marked.__xss;
  const host = document.createElement('article');
  document.body.replaceChildren(host);
  host.innerHTML = sanitise ? sanitiseArticle(html) : html;
  const shown = { text: canonicalText(host).text, html: host.innerHTML };
  await pictureFails();
  return { ...shown, ran: marked.__xss ?? null };
}
