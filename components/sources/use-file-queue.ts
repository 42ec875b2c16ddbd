'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useActions } from '@/components/live/project-context';
import { CallError, call } from '@/components/ui/http';
import { toast } from '@/components/ui/toasts';
import { wordsFor } from '@/components/ui/use-action';
import { newId } from '@/lib/new-id';
import { type FileLine, leftOver, queueWords, runQueue } from './file-queue';
import { fileBody } from './import-request';

const STOPS_ALL = new Set<string>(['rate-limited', 'offline', 'unauthenticated', 'forbidden', 'unavailable']);

/** Brings files in one after another, from when it is first shown; closing it calls off those that have not come in. */
export function useFileQueue(projectId: string, files: readonly File[]) {
  const { learn } = useActions();
  const [lines, setLines] = useState<readonly FileLine[]>(() =>
    files.map(({ name }) => ({ id: newId(), name, state: 'waiting' })),
  );
  const [isRunning, setRunning] = useState(true);
  const running = useRef<AbortController | null>(null);

  async function work(abort: AbortController): Promise<void> {
    running.current = abort;
    setRunning(true);
    await runQueue({
      lines,
      signal: abort.signal,
      // One that was left (the dialog was closed) says nothing more.
      tell: (line) =>
        running.current === abort && setLines((all) => all.map((old) => (old.id === line.id ? line : old))),
      failureOf: (cause) => ({
        why: wordsFor(cause),
        stopsAll: cause instanceof CallError && STOPS_ALL.has(cause.code),
      }),
      send: async ({ id }, signal) => {
        const file = files[lines.findIndex((line) => line.id === id)] as File;
        const saved = await call('source.create', {
          params: { projectId },
          body: fileBody(file, id),
          signal,
        });
        learn({ sources: [saved] });
        return saved;
      },
    });
    if (running.current !== abort) return;
    running.current = null;
    setRunning(false);
  }
  const begin = useEffectEvent((abort: AbortController) => void work(abort));
  const sayLeft = useEffectEvent(() => {
    if (running.current === null) return;
    running.current.abort();
    running.current = null;
    const rest = leftOver(lines).length;
    if (lines.some(({ state }) => state === 'in') && rest > 0)
      toast({
        tone: 'plain',
        text: `${lines.length - rest} of ${lines.length} files are in, the others were cancelled.`,
      });
  });
  useEffect(() => {
    begin(new AbortController());
    return () => sayLeft();
  }, []);

  return {
    lines,
    isRunning,
    words: queueWords(lines),
    cancel: () => running.current?.abort(),
    again: () => void work(new AbortController()),
  };
}
