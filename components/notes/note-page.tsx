'use client';

import dynamic from 'next/dynamic';
import { useProject } from '@/components/live/project-context';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Spinner } from '@/components/ui/progress';
import { can } from '@/lib/access/can';
import { NoteHeading } from './note-heading';

const NoteEditor = dynamic(() => import('./note-editor').then((module) => module.NoteEditor), {
  ssr: false,
  loading: () => <Spinner label="Opening the note" />,
});

/** A free note on a page of its own. */
export function NotePage({ noteId }: { noteId: string }) {
  const note = useProject((state) => state.notes.get(noteId));
  const projectId = useProject((state) => state.project.id);
  const canWrite = useProject((state) => can(state.role, 'note.write'));
  const back = `/projects/${projectId}/notes`;
  if (!note || note.deleted !== null) {
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="sr-only">Note</h1>
        <EmptyState
          title={note ? 'This note was removed' : 'There is no such note'}
          action={<ButtonLink href={back}>All notes</ButtonLink>}
        />
      </div>
    );
  }
  return (
    // The same measure as the text below, whose own padding the heading takes as well.
    <div className="mx-auto flex w-full max-w-[calc(66ch+2rem)] flex-col pt-8 font-serif text-[18px]">
      <div className="px-4">
        <NoteHeading note={note} canWrite={canWrite} />
      </div>
      <NoteEditor note={note} canWrite={canWrite} />
    </div>
  );
}
