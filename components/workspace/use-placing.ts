'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import { useActions, useProject } from '../live/project-context';
import type { Reader } from '../reader/article-view';
import { useDecisions } from '../versions/use-decisions';

/** Placing a mark by hand that a version could not place: the address names it, the selected passage becomes its place. */
export function usePlacing(projectId: string, sourceId: string, reader: Reader | null) {
  const router = useRouter();
  const { peek } = useActions();
  const decide = useDecisions(projectId);
  const [id, setId] = useState<string | null>(null);
  useEffect(() => setId(new URLSearchParams(window.location.search).get('place')), []);
  const annotation = useProject((state) => (id === null ? undefined : state.annotations.get(id)));
  const isThere =
    annotation !== undefined && annotation.sourceId === sourceId && annotation.anchoring !== null;
  const leave = useCallback(() => {
    const isOrphan = annotation?.anchoring?.state === 'orphan';
    router.push(`/projects/${projectId}/sources/${sourceId}/report${isOrphan ? '?orphans' : ''}`);
  }, [router, projectId, sourceId, annotation]);
  return useMemo(
    () => ({
      annotation: isThere ? annotation : null,
      leave,
      async place(span: Span) {
        const now = id === null ? undefined : peek().annotations.get(id);
        if (now === undefined || reader === null) return;
        const exact = reader.map.text.slice(span.start, span.end);
        if (await decide(now, { ...span, exact })) leave();
      },
    }),
    [isThere, annotation, leave, id, peek, reader, decide],
  );
}
