'use client';
import { useMemo } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Target } from '@/lib/annotations/target';
import { colourOf } from '../annotations/kinds';
import { useProject } from '../live/project-context';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';
import type { StoodMark } from './version-text';

/** All that is read to show one version, and the text it is compared with. */
export function useVersionText(projectId: string, sourceId: string, version: number, against: number | null) {
  const params = { projectId, sourceId };
  const html = useCall((signal) => call('source.html', { params, query: { version }, signal }), `${version}`);
  const before = useCall(
    async (signal) =>
      against === null ? null : call('source.text', { params, query: { version: against }, signal }),
    `${against}`,
  );
  const targets = useCall((signal) => targetsOf(params, version, signal), `${version}`);
  const { annotations, codes } = useProject((state) => ({
    annotations: state.annotations,
    codes: state.codes,
  }));
  const stood = useMemo(() => {
    const shown: { annotation: Annotation; target: Target }[] = [];
    const missing: Annotation[] = [];
    for (const target of targets.data ?? []) {
      const annotation = annotations.get(target.annotationId);
      if (annotation === undefined || annotation.deleted !== null) continue;
      if (target.place === null) missing.push(annotation);
      else shown.push({ annotation, target });
    }
    return { shown, missing };
  }, [targets.data, annotations]);
  const marks = useMemo(
    () =>
      stood.shown.map(
        ({ annotation, target }): StoodMark => ({
          id: annotation.id,
          start: target.place?.start ?? 0,
          end: target.place?.end ?? 0,
          colour: colourOf(annotation, 'kind', codes),
        }),
      ),
    [stood, codes],
  );
  const isReady = html.isCurrent && before.isCurrent;
  return {
    html: isReady ? (html.data?.html ?? null) : null,
    before: before.data,
    marks,
    missing: stood.missing,
    error: html.error ?? before.error ?? targets.error,
  };
}

async function targetsOf(
  params: { projectId: string; sourceId: string },
  version: number,
  signal: AbortSignal,
): Promise<Target[]> {
  const all: Target[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('target.list', { params, query: { version, limit: 200, cursor }, signal });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
