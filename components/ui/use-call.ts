'use client';

import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { wordsFor } from './use-action';

type Loaded<T> = { data: T | null; error: string | null };

/** Reads something once the page stands, and again on `reload`. The last answer stays on screen meanwhile. */
export function useCall<T>(read: (signal: AbortSignal) => Promise<T>) {
  const [loaded, setLoaded] = useState<Loaded<T>>({ data: null, error: null });
  const latest = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const data = await read(signal);
      if (!signal.aborted) setLoaded({ data, error: null });
    } catch (cause) {
      if (!signal.aborted) setLoaded((before) => ({ ...before, error: wordsFor(cause) }));
    }
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    // `round` is what a reload raises: naming it makes the effect run again.
    if (round >= 0) void latest(abort.signal);
    return () => abort.abort();
  }, [round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...loaded, reload };
}
