'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useActions, useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { CallError, call } from '@/components/ui/http';
import { useAction } from '@/components/ui/use-action';
import { whyNot } from '@/lib/access/why-not';
import { newId } from '@/lib/new-id';

/** Starts a free note and opens it. */
export function StartNote() {
  const router = useRouter();
  const { learn, createNote } = useActions();
  const projectId = useProject((state) => state.project.id);
  const reason = whyNot(
    useProject((state) => state.role),
    'note.create',
  );
  // The same id until it worked: a lost answer must not leave two notes.
  const [id] = useState(newId);
  const start = useAction(async () => {
    const body = { id, title: 'Untitled note' };
    try {
      learn({ notes: [await call('note.create', { params: { projectId }, body })] });
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'offline') throw error;
      // It waits with the other changes; the note's own socket is opened once the server has it.
      createNote(body);
    }
    router.push(`/projects/${projectId}/notes/${id}`);
  });
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        look="primary"
        isDisabled={reason !== null}
        isPending={start.busy}
        aria-describedby="why-no-note"
        onPress={() => void start.run()}
      >
        {start.busy ? 'Starting…' : 'Start a note'}
      </Button>
      <Because id="why-no-note" reason={reason} />
      <FormError>{start.error}</FormError>
    </div>
  );
}
