'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import type { CodePassage } from '@/lib/codebook/passage';
import { useProject } from '../live/project-context';
import { useRested } from '../live/use-rested';
import { call } from '../ui/http';
import { useAction, wordsFor } from '../ui/use-action';
import { useCall } from '../ui/use-call';

const PAGE = 50;

export type PassageQuery = { source?: string; creator?: string; outdated?: boolean };

/** The passages of a code, page after page, kept up to date. */
export function usePassages(codeId: string, query: PassageQuery) {
  const projectId = useProject((state) => state.project.id);
  const rested = useRested();
  const [state, setState] = useState<{ key: string; items: CodePassage[]; next: string | null }>({
    key: '',
    items: [],
    next: null,
  });
  const key = JSON.stringify([codeId, query]);
  const shown = state.key === key ? state : null;
  const [error, setError] = useState<string | null>(null);
  const read = (limit: number, cursor?: string, signal?: AbortSignal) => {
    const { outdated, ...rest } = query;
    return call('code.passages', {
      params: { projectId, codeId },
      query: { ...rest, limit, cursor, ...(outdated && { outdated: 'true' }) },
      signal,
    });
  };
  const readAnew = useEffectEvent(async (wanted: string, signal: AbortSignal) => {
    const limit = Math.min(500, Math.max(PAGE, shown?.items.length ?? 0));
    try {
      const { items, nextCursor } = await read(limit, undefined, signal);
      if (signal.aborted) return;
      setState({ key: wanted, items, next: nextCursor });
      setError(null);
    } catch (cause) {
      if (!signal.aborted) setError(wordsFor(cause));
    }
  });
  useEffect(() => {
    const abort = new AbortController();
    // What happened meanwhile may be about these passages: naming it makes the effect run again.
    if (rested >= 0) void readAnew(key, abort.signal);
    return () => abort.abort();
  }, [key, rested]);
  const more = useAction(async () => {
    if (shown?.next == null) return;
    const page = await read(PAGE, shown.next);
    setState((before) =>
      before.key === key ? { key, items: [...before.items, ...page.items], next: page.nextCursor } : before,
    );
  });
  return {
    items: shown?.items ?? null,
    hasMore: shown?.next != null,
    isBusy: more.busy,
    error: error ?? more.error,
    more: () => void more.run(),
  };
}

/** How often each code was put on, or how often one was by source and person; kept up to date. */
export function useCodeCounts(code?: string) {
  const projectId = useProject((state) => state.project.id);
  const rested = useRested();
  const { data } = useCall(
    (signal) => call('code.counts', { params: { projectId }, query: { code }, signal }),
    `${projectId} ${code} ${rested}`,
  );
  return data?.items ?? null;
}
