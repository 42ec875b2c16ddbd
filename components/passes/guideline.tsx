'use client';
import Link from 'next/link';
import { useProject } from '../live/project-context';
import { Sheet } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { useCall } from '../ui/use-call';

/** The note that says how to code, to be read beside the article. */
export function Guideline({ noteId, onClose }: { noteId: string; onClose: () => void }) {
  const { projectId, note } = useProject((state) => ({
    projectId: state.project.id,
    note: state.notes.get(noteId),
  }));
  const params = { projectId, noteId };
  const { data, error } = useCall(() => call('note.get', { params }), `${noteId} ${note?.modified ?? ''}`);
  return (
    <Sheet title={note?.title ?? 'Guideline'} isOpen onClose={onClose} side="right">
      <FormError>{error}</FormError>
      {data === null && error === null ? <Spinner label="Opening the guideline" /> : null}
      <p className="whitespace-pre-wrap font-serif leading-relaxed">
        {data?.text === '' ? 'The note says nothing yet.' : data?.text}
      </p>
      <Link
        href={`/projects/${projectId}/notes/${noteId}`}
        className="text-[13px] text-accent underline underline-offset-2"
      >
        Open the note
      </Link>
    </Sheet>
  );
}
