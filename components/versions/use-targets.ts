'use client';
import { useMemo } from 'react';
import type { TargetState } from '@/lib/annotations/anchoring';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Target } from '@/lib/annotations/target';
import { useProject } from '../live/project-context';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';

/** A mark with what is known of its place in the current version. */
export type Placed = { readonly annotation: Annotation; readonly target: Target };

/** The marks of a source whose places stand so, from the page's own store: live, whoever decides. */
export function useMarksIn(sourceId: string, state: TargetState): Annotation[] {
  const annotations = useProject((project) => project.annotations);
  return useMemo(
    () =>
      [...annotations.values()].filter(
        (one) => one.sourceId === sourceId && one.deleted === null && one.anchoring?.state === state,
      ),
    [annotations, sourceId, state],
  );
}

/**
 * The places of a source's marks that stand so, with what is proposed for them, in the order of the text. Read again when
 * the store hears of a decision or a version; what somebody else has decided meanwhile is gone from the list at once.
 */
export function useTargets(projectId: string, sourceId: string, state: TargetState) {
  const marks = useMarksIn(sourceId, state);
  const version = useProject((project) => project.sources.get(sourceId)?.text.version ?? 0);
  const key = useMemo(
    () => marks.map(({ id, anchoring }) => `${id}.${anchoring?.version}.${anchoring?.revision}`).join(' '),
    [marks],
  );
  const { data, error, reload } = useCall(
    (signal) => allTargets(projectId, sourceId, state, signal),
    `${version} ${state} ${key}`,
  );
  const list = useMemo(() => {
    const byId = new Map(marks.map((annotation) => [annotation.id, annotation]));
    const found = (data ?? []).flatMap((target): Placed[] => {
      const annotation = byId.get(target.annotationId);
      return annotation === undefined ? [] : [{ annotation, target }];
    });
    return found.sort((a, b) => (a.target.stood?.start ?? 0) - (b.target.stood?.start ?? 0));
  }, [data, marks]);
  return { list, count: marks.length, isRead: data !== null, error, reload };
}

async function allTargets(
  projectId: string,
  sourceId: string,
  state: TargetState,
  signal: AbortSignal,
): Promise<Target[]> {
  const all: Target[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('target.list', {
      params: { projectId, sourceId },
      query: { state, limit: 200, cursor },
      signal,
    });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
