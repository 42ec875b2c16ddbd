let started = false;

/** Starts what lets pages of projects open without a connection, once the page has nothing better to do. */
export function startWorker(): void {
  if (started || !('serviceWorker' in navigator)) return;
  started = true;
  const start = () => {
    navigator.serviceWorker
      .register('/worker.js', { updateViaCache: 'none' })
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => registration.active?.postMessage({ type: 'keep', files: filesOfPage() }))
      .catch((error: unknown) => console.warn('Pages will not open without a connection:', error));
  };
  if (document.readyState === 'complete') setTimeout(start, 1_000);
  else addEventListener('load', () => setTimeout(start, 1_000), { once: true });
}

/** Fonts and the like that this page came with: a page that starts without a connection needs them too. */
function filesOfPage(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_next/static/'))
    .map(({ pathname }) => pathname);
}
