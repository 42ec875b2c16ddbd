'use client';

import { Download, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useActions } from '@/components/live/project-context';
import { IconButton } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { useAction } from '@/components/ui/use-action';
import type { Note } from '@/lib/notes/note';

const LONGEST = 200;

/** The title of a note, changed in place; kept on Enter or on leaving it. */
export function NoteHeading({ note, canWrite }: { note: Note; canWrite: boolean }) {
  const { learn } = useActions();
  const [typed, setTyped] = useState<string | null>(null);
  const [removing, setRemoving] = useState(false);
  const rename = useAction(async (title: string) => {
    const renamed = await call('note.update', {
      params: { projectId: note.projectId, noteId: note.id },
      body: { title },
      ifMatch: note.revision,
    });
    learn({ notes: [renamed] });
    setTyped(null);
  });
  const keep = () => {
    const title = typed?.trim() ?? '';
    if (title === '' || title === note.title) setTyped(null);
    else void rename.run(title);
  };
  if (!canWrite) {
    return (
      <div className="flex items-start gap-2 pb-4">
        <h1 className="grow break-words font-serif text-[34px] font-semibold leading-tight">{note.title}</h1>
        <TakeOut note={note} />
      </div>
    );
  }
  return (
    <header className="flex flex-col gap-2 pb-4">
      {/* The field is the heading that is seen; this one is for those who go by headings. */}
      <h1 className="sr-only">{note.title}</h1>
      <div className="flex items-start gap-2">
        <textarea
          aria-label="Title of the note"
          rows={1}
          maxLength={LONGEST}
          value={typed ?? note.title}
          onChange={(event) => setTyped(event.target.value.replace(/\s*\n\s*/g, ' '))}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              event.preventDefault();
              event.currentTarget.blur();
            }
            if (event.key === 'Escape') setTyped(null);
          }}
          className="field-sizing-content w-full min-w-0 grow resize-none rounded bg-transparent font-serif text-[34px] font-semibold leading-tight"
        />
        <TakeOut note={note} />
        <IconButton label="Remove this note" className="mt-1.5" onPress={() => setRemoving(true)}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="font-sans text-[15px]">
        <FormError>{rename.error}</FormError>
      </div>
      {removing ? <RemoveNote note={note} onClose={() => setRemoving(false)} /> : null}
    </header>
  );
}

function TakeOut({ note }: { note: Note }) {
  const router = useRouter();
  return (
    <IconButton
      label="Take this note out as a file"
      className="mt-1.5"
      onPress={() => router.push(`/projects/${note.projectId}/exchange?note=${note.id}`)}
    >
      <Download aria-hidden className="size-4" />
    </IconButton>
  );
}

function RemoveNote({ note, onClose }: { note: Note; onClose: () => void }) {
  const router = useRouter();
  const { learn } = useActions();
  const remove = useAction(async () => {
    const removed = await call('note.delete', { params: { projectId: note.projectId, noteId: note.id } });
    router.push(`/projects/${note.projectId}/notes`);
    learn({ notes: [removed] });
  });
  return (
    <ConfirmDialog
      title="Remove this note?"
      confirm="Remove it"
      isOpen
      isPending={remove.busy}
      onClose={onClose}
      onConfirm={() => void remove.run()}
    >
      <p>
        <strong className="font-medium text-ink">{note.title}</strong> disappears for everybody. The marks it
        quotes stay.
      </p>
      <FormError>{remove.error}</FormError>
    </ConfirmDialog>
  );
}
