'use client';

import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { wordsFor } from './use-action';

type Loaded<T> = { data: T | null; key: string | null; error: string | null };

/**
 * Reads something once the page stands, again when the key changes, and again on `reload`. The last answer stays on screen
 * meanwhile; `isCurrent` tells whether it is that of the key.
 */
export function useCall<T>(read: (signal: AbortSignal) => Promise<T>, key = '') {
  const [loaded, setLoaded] = useState<Loaded<T>>({ data: null, key: null, error: null });
  const latest = useEffectEvent(async (wanted: string, signal: AbortSignal) => {
    try {
      const data = await read(signal);
      if (!signal.aborted) setLoaded({ data, key: wanted, error: null });
    } catch (cause) {
      if (!signal.aborted) setLoaded((before) => ({ ...before, error: wordsFor(cause) }));
    }
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    // `round` is what a reload raises: naming it makes the effect run again.
    if (round >= 0) void latest(key, abort.signal);
    return () => abort.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { data: loaded.data, error: loaded.error, isCurrent: loaded.key === key, reload };
}
