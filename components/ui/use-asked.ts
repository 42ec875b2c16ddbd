import { useEffect, useEffectEvent } from 'react';
import { useQuery } from './use-query';

/** Opens what a page's address asks for (`?do=…`), as the palette does, and lets the address go: a reload asks no second time. */
export function useAsked(what: string, open: () => void): void {
  const isAsked = useQuery('do') === what;
  const answer = useEffectEvent(open);
  useEffect(() => {
    if (!isAsked) return;
    answer();
    window.history.replaceState(null, '', window.location.pathname);
  }, [isAsked]);
}
