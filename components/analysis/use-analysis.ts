'use client';
import { useRef } from 'react';
import type { AnalysisQuery } from '@/lib/analysis/analysis';
import { useProject } from '../live/project-context';
import { CallError, call } from '../ui/http';
import { useCall } from '../ui/use-call';
import { useSettled } from '../ui/use-settled';

/** How often an analysis is made again, at most, while others work. */
const AGAIN_MS = 2_000;

/** Only what says something to the server: parameters that are as they are by themselves stay out of the address. */
export function askedFor(query: Partial<AnalysisQuery>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, String(value)]],
    ),
  );
}

/**
 * The table of an analysis as things are now; it follows what others do. Texts are counted again only when sources changed.
 * `stop` ends the counting, here and on the server, and `again` begins it anew.
 */
export function useAnalysis(query: AnalysisQuery) {
  const { projectId, lastEventId, sources } = useProject((state) => ({
    projectId: state.project.id,
    lastEventId: state.lastEventId,
    sources: state.sources,
  }));
  const isOfTexts = query.kind === 'words' || query.kind === 'kwic';
  const last = useSettled(isOfTexts ? sources.size : lastEventId, AGAIN_MS);
  const asked = askedFor(query);
  const stopping = useRef<AbortController | null>(null);
  const { data, error, isCurrent, reload } = useCall(
    async (signal) => {
      const stop = new AbortController();
      stopping.current = stop;
      try {
        return await call('analysis.get', {
          params: { projectId },
          query: { ...asked, kind: query.kind } as Partial<AnalysisQuery> & Pick<AnalysisQuery, 'kind'>,
          signal: AbortSignal.any([signal, stop.signal]),
        });
      } catch (cause) {
        if (stop.signal.aborted) throw new CallError('unavailable', 'You stopped the counting.');
        throw cause;
      }
    },
    `${last} ${JSON.stringify(asked)}`,
  );
  return {
    table: data?.kind === query.kind ? data : null,
    error,
    isCounting: !isCurrent && error === null,
    projectId,
    stop: () => stopping.current?.abort(),
    again: reload,
  };
}
