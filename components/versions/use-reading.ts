'use client';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { wordsFor } from '../ui/use-action';

/** Reads something for a key, and again when the key changes; what was read last stays on screen meanwhile. */
export function useReading<T>(key: string, read: (signal: AbortSignal) => Promise<T>) {
  const [state, setState] = useState<{ data: T | null; key: string | null; error: string | null }>({
    data: null,
    key: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const begin = useEffectEvent(async (wanted: string, signal: AbortSignal) => {
    try {
      const data = await read(signal);
      if (!signal.aborted) setState({ data, key: wanted, error: null });
    } catch (cause) {
      if (!signal.aborted) setState((before) => ({ ...before, error: wordsFor(cause) }));
    }
  });
  useEffect(() => {
    const abort = new AbortController();
    // `round` is what a reload raises: naming it makes the effect run again.
    if (round >= 0) void begin(key, abort.signal);
    return () => abort.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { data: state.data, error: state.error, isCurrent: state.key === key, reload };
}
