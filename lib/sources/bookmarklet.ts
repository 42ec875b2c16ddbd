import { MOST_CLIP } from './clip';

/** What our window says to the one that opened it once it listens. It holds nothing, so that anybody may hear it. */
export const CLIP_READY = 'gloss:ready';
/** The part of our address that says that a page is about to be sent. */
export const CLIP_HASH = '#page';

/**
 * Runs on whatever page it is pressed on, so it is plain script without any helper. It loads nothing from anywhere, which
 * a page's policy could forbid, and leaves out what an import would drop anyway: code, styles, and fields with what is
 * typed or hidden in them.
 */
const CODE = `(function () {
  var gloss = ADDRESS;
  if (!/html/.test(document.contentType)) return alert('This is no web page. Save it, and bring the file in.');
  var chosen = getSelection();
  var selection = null;
  if (chosen && chosen.rangeCount && !chosen.isCollapsed) {
    var range = chosen.getRangeAt(0), around = document.createRange(), body = document.body;
    around.setStart(body, 0);
    around.setEnd(range.startContainer, range.startOffset);
    var prefix = String(around).slice(-200);
    around.setEnd(body, body.childNodes.length);
    around.setStart(range.endContainer, range.endOffset);
    selection = { exact: String(chosen), prefix: prefix, suffix: String(around).slice(0, 200) };
  }
  var copy = document.documentElement.cloneNode(true);
  copy.querySelectorAll('script:not([type="application/ld+json"]),style,noscript,template,svg,iframe,object,embed,input,textarea,select')
    .forEach(function (one) { one.remove(); });
  var html = '<!doctype html>' + copy.outerHTML;
  if (html.length > MOST) return alert('This page is too large to be sent to Gloss.');
  var tab = open(gloss + '/clip' + HASH, '_blank');
  if (!tab) return alert('The browser did not let Gloss open. Allow it for this page, and press again.');
  var heard = false;
  function hear(event) {
    if (event.source !== tab || event.origin !== gloss || event.data !== READY) return;
    heard = true;
    removeEventListener('message', hear);
    tab.postMessage({ gloss: 'page', html: html, url: location.href, title: document.title, selection: selection }, gloss);
  }
  addEventListener('message', hear);
  var watch = setInterval(function () {
    if (heard) return clearInterval(watch);
    if (!tab.closed) return;
    clearInterval(watch);
    removeEventListener('message', hear);
    alert('This site cuts itself off from the tabs it opens. Save the page as a file, and bring that in.');
  }, 700);
})()`;

/** The address of a bookmark that sends the page it is pressed on to Gloss, which is served at `origin`. */
export function bookmarklet(origin: string): string {
  const code = CODE.replace('ADDRESS', () => JSON.stringify(new URL(origin).origin))
    .replace('HASH', () => JSON.stringify(CLIP_HASH))
    .replace('READY', () => JSON.stringify(CLIP_READY))
    .replace('MOST', String(MOST_CLIP))
    .replace(/\n\s*/g, ' ');
  return `javascript:void ${encodeURIComponent(code)}`;
}
