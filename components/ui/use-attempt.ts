'use client';

import { useEffect, useRef, useState } from 'react';
import { wordsFor } from './use-action';

/** Work that takes its time: it can be called off, a failure is told in words, and either leads back to where it began. */
export function useAttempt<Stage>(first: Stage) {
  const [stage, setStage] = useState<Stage>(first);
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  /** Does the work at `during`, and is at `back` again where it does not succeed. */
  async function attempt(
    { back, during }: { back: Stage; during: Stage },
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const abort = new AbortController();
    running.current = abort;
    setStage(during);
    setError(null);
    try {
      await work(abort.signal);
    } catch (cause) {
      setStage(back);
      if (!abort.signal.aborted) setError(wordsFor(cause));
    } finally {
      if (running.current === abort) running.current = null;
    }
  }

  /** Goes to another stage, without what went wrong at this one. */
  const go = (to: Stage) => {
    setError(null);
    setStage(to);
  };
  return { stage, error, attempt, go, cancel: () => running.current?.abort() };
}
