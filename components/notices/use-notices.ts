'use client';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { Notice } from '@/lib/notices/notice';
import { onSignal } from '../live/signals';
import { call } from '../ui/http';
import { wordsFor } from '../ui/use-action';

type State = { notices: readonly Notice[] | null; unseen: number; error: string | null };

/** What the person signed in was told, newest first; read anew when the live socket says so. */
export function useNotices() {
  const [state, setState] = useState<State>({ notices: null, unseen: 0, error: null });
  const read = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const { items, unseen } = await call('notice.list', { signal });
      if (!signal.aborted) setState({ notices: items, unseen, error: null });
    } catch (cause) {
      if (!signal.aborted) setState((before) => ({ ...before, error: wordsFor(cause) }));
    }
  });
  useEffect(() => {
    let abort = new AbortController();
    void read(abort.signal);
    const stop = onSignal('notices', () => {
      abort.abort();
      abort = new AbortController();
      void read(abort.signal);
    });
    return () => {
      stop();
      abort.abort();
    };
  }, []);
  /** What is on screen counts as seen; it stays marked as new until the list is closed. */
  const see = useCallback(async (ids: readonly string[]) => {
    if (ids.length === 0) return;
    try {
      const { unseen } = await call('notice.see', { body: { ids: [...ids] } });
      setState((before) => ({ ...before, unseen }));
    } catch (cause) {
      setState((before) => ({ ...before, error: wordsFor(cause) }));
    }
  }, []);
  return { ...state, see };
}
