'use client';
import { useActions, useProject } from '../live/project-context';
import { call } from '../ui/http';

/** Changes the codes of marks that this page may not hold: each is read first, so that it can be painted and undone. */
export function useCoding() {
  const { learn, peek, codeAnnotation, removeAnnotation } = useActions();
  const projectId = useProject((state) => state.project.id);
  return {
    /** Takes a code off a mark and puts another on, if one is given; a coding that has no code left is deleted. */
    async recode(annotationId: string, off: string, on: string | null): Promise<void> {
      if (!peek().annotations.has(annotationId))
        learn({ annotations: [await call('annotation.get', { params: { projectId, annotationId } })] });
      const annotation = peek().annotations.get(annotationId);
      if (annotation === undefined) return;
      const isLast = annotation.codeIds.every((id) => id === off);
      if (on === null && isLast && annotation.motivation === 'classifying') removeAnnotation(annotationId);
      else codeAnnotation(annotationId, on === null ? [] : [on], [off]);
    },
  };
}
