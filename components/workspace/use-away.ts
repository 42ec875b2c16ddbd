'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useActions } from '../live/project-context';
import { onSignal } from '../live/signals';

/** Whoever is led to a mark that has no place in the version read here is led on to where its place is decided. */
export function useAway(version: number): void {
  const router = useRouter();
  const { peek } = useActions();
  useEffect(() => {
    const lead = (annotationId: string) => {
      const annotation = peek().annotations.get(annotationId);
      if (annotation === undefined || annotation.version >= version || annotation.deleted !== null) return;
      const base = `/projects/${annotation.projectId}/sources/${annotation.sourceId}/report`;
      const orphans = annotation.anchoring?.state === 'orphan' ? 'orphans&' : '';
      router.push(`${base}?${orphans}mark=${annotation.id}`);
    };
    const named = new URLSearchParams(window.location.search).get('mark');
    if (named !== null) lead(named);
    return onSignal('annotation.focus', ({ annotationId }) => lead(annotationId));
  }, [peek, router, version]);
}
