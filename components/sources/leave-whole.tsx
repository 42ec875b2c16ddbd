'use client';

import { useEffect } from 'react';

/**
 * Makes every link of this page open a document anew. The page that sent something here holds this window; a new
 * document of ours shares none, while one that is only drawn anew would stay in its hands.
 */
export function LeaveWhole() {
  useEffect(() => {
    const leave = (event: MouseEvent) => {
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
      const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (link === null || !isPlain || link.target !== '' || link.origin !== window.location.origin) return;
      event.preventDefault();
      event.stopPropagation();
      window.location.assign(link.href);
    };
    document.addEventListener('click', leave, true);
    return () => document.removeEventListener('click', leave, true);
  }, []);
  return null;
}
