// @ts-check
/// <reference lib="webworker" />
/* Lets pages of projects open without a connection. What it keeps is the program: the built files and one page that
   holds nobody's data. People's data is in IndexedDB, where the pages themselves put it and wipe it. */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = 'gloss-program';
const SHELL = '/offline';
const BUILT = '/_next/static/';
/** Built files of earlier versions are let go from this number on. */
const MOST_FILES = 500;
/** How long a server may take to answer for a page, in ms, before what is kept is shown. */
const PATIENCE = 10_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => {
  if (event.data?.type === 'keep') event.waitUntil(keepShell(event.data.files));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname.startsWith(BUILT)) event.respondWith(builtFile(request.url));
  else if (request.mode === 'navigate' && /^\/projects(\/|$)/.test(pathname))
    event.respondWith(page(request));
});

/** The server's answer, or the page that finds on the machine what it can. @param {Request} request */
async function page(request) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error('no answer')), PATIENCE));
  const shell = () => caches.match(SHELL);
  try {
    const answer = await Promise.race([fetch(request), late]);
    return answer.status >= 502 && answer.status <= 504 ? ((await shell()) ?? answer) : answer;
  } catch (error) {
    const kept = await shell();
    if (kept !== undefined) return kept;
    throw error;
  }
}

/** A file whose name changes with what is in it: the kept one is as good as any. @param {string} url */
async function builtFile(url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url);
  if (kept !== undefined) return kept;
  const answer = await fetch(url);
  // In development files keep their names when they change, and say so.
  if (answer.ok && answer.headers.get('cache-control')?.includes('immutable'))
    await cache.put(url, answer.clone());
  return answer;
}

/**
 * Keeps the page for times without a connection, with every file that it names or that those load later; last of all
 * the page itself, so that it never stands there without its files.
 * @param {readonly string[]} files other built files to keep, by path
 */
async function keepShell(files = []) {
  const answer = await fetch(SHELL, { cache: 'no-store', credentials: 'omit' });
  if (!answer.ok) return;
  const html = await answer.clone().text();
  const wanted = new Set([...builtFilesIn(html), ...files.filter((path) => path.startsWith(BUILT))]);
  for (const path of wanted) {
    const file = await builtFile(path);
    if (path.endsWith('.js')) for (const next of builtFilesIn(await file.clone().text())) wanted.add(next);
  }
  const cache = await caches.open(CACHE);
  await cache.put(SHELL, answer);
  const keys = (await cache.keys()).filter(({ url }) => !wanted.has(new URL(url).pathname));
  const over = keys.length + wanted.size - MOST_FILES;
  for (const key of keys.slice(0, Math.max(0, over)))
    if (new URL(key.url).pathname !== SHELL) await cache.delete(key);
}

/** The paths of built files that a text names. @param {string} text */
function builtFilesIn(text) {
  return [...text.matchAll(/static\/chunks\/[\w.~-]+\.(?:js|css)/g)].map(([path]) => `/_next/${path}`);
}
