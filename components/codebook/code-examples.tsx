'use client';
import { X } from 'lucide-react';
import Link from 'next/link';
import { exactOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { useActions, useProject } from '../live/project-context';
import { IconButton } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';

/** Passages that show what is meant, in the words they were picked with. */
export function CodeExamples({ code, canChange }: { code: Code; canChange: boolean }) {
  const projectId = useProject((state) => state.project.id);
  const { updateCode } = useActions();
  const { data, error } = useCall(
    (signal) =>
      Promise.all(
        code.exampleIds.map((annotationId) =>
          call('annotation.get', { params: { projectId, annotationId }, signal }),
        ),
      ),
    code.exampleIds.join(' '),
  );
  if (code.exampleIds.length === 0)
    return canChange ? (
      <p className="text-[14px] text-muted">
        No example yet. Pick one from the passages below: it says more than a definition.
      </p>
    ) : null;
  return (
    <>
      <FormError>{error}</FormError>
      <ul aria-label="Examples" className="flex flex-col gap-1.5">
        {(data ?? [])
          .filter(({ id }) => code.exampleIds.includes(id))
          .map((annotation) => (
            <li key={annotation.id} className="flex items-start gap-2">
              <Link
                href={`/projects/${projectId}/sources/${annotation.sourceId}?mark=${annotation.id}`}
                className="min-w-0 grow border-s-2 border-accent ps-3 font-serif text-[15px] leading-snug [overflow-wrap:anywhere] hover:bg-hover"
              >
                {exactOf(annotation)}
                {annotation.deleted === null ? null : <span className="text-muted"> (deleted since)</span>}
              </Link>
              {canChange ? (
                <IconButton
                  label="No example any more"
                  onPress={() =>
                    updateCode(code.id, { exampleIds: code.exampleIds.filter((id) => id !== annotation.id) })
                  }
                >
                  <X aria-hidden className="size-4" />
                </IconButton>
              ) : null}
            </li>
          ))}
      </ul>
    </>
  );
}
