'use client';

import { useCallback, useState } from 'react';
import { CallError } from './http';

/** What a form or button knows of what it set off: whether it runs, and the words of its refusal. */
export type Running = { busy: boolean; error: string | null };

/** Runs one thing at a time and keeps the refusal for showing; answers whether it worked. */
export function useAction<A extends unknown[]>(
  act: (...given: A) => Promise<void>,
): Running & { run: (...given: A) => Promise<boolean>; clear: () => void } {
  const [state, setState] = useState<Running>({ busy: false, error: null });
  const run = async (...given: A) => {
    if (state.busy) return false;
    setState({ busy: true, error: null });
    try {
      await act(...given);
      setState({ busy: false, error: null });
      return true;
    } catch (cause) {
      setState({ busy: false, error: wordsFor(cause) });
      return false;
    }
  };
  const clear = useCallback(() => setState({ busy: false, error: null }), []);
  return { ...state, run, clear };
}

/** The words to show for a failure; what is not a refusal by the server is also reported to the console. */
export function wordsFor(cause: unknown): string {
  if (cause instanceof CallError) return cause.message;
  reportError(cause);
  return 'Something went wrong on this page. Reload it and try again.';
}
