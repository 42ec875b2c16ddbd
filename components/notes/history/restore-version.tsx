'use client';
import { useState } from 'react';
import type { NoteVersion } from '@/lib/notes/version';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { FormError } from '../../ui/form-error';
import { call } from '../../ui/http';
import { toast } from '../../ui/toasts';
import { useAction, wordsFor } from '../../ui/use-action';

async function restore({ projectId, noteId }: NoteVersion, versionId: string) {
  return call('note-version.restore', { params: { projectId, noteId, versionId } });
}

/** Brings a version back after a question, and offers to take that back again. */
export function RestoreVersion({
  version,
  title,
  onDone,
}: {
  version: NoteVersion;
  title: string;
  onDone: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const run = useAction(async () => {
    const { before } = await restore(version, version.id);
    toast({
      text: 'The note reads as it did then.',
      action: {
        label: 'Undo',
        onPress: () =>
          void restore(version, before.id).then(
            () => toast({ text: 'The note reads as it did before.' }),
            (cause: unknown) => toast({ tone: 'danger', text: wordsFor(cause) }),
          ),
      },
    });
    setAsking(false);
    onDone();
  });
  return (
    <>
      <Button size="small" onPress={() => setAsking(true)}>
        Bring it back…
      </Button>
      <ConfirmDialog
        title="Bring this version back?"
        confirm="Bring it back"
        isOpen={asking}
        isPending={run.busy}
        onClose={() => setAsking(false)}
        onConfirm={() => void run.run()}
      >
        <p>
          For everybody, the note will read as it did in{' '}
          <strong className="font-medium text-ink">{title}</strong>. What it says now is kept here first, and
          whoever is writing can write on.
        </p>
        <FormError>{run.error}</FormError>
      </ConfirmDialog>
    </>
  );
}
