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

/** Brings back what stood there before a version was; what was written meanwhile goes with it, and is kept. */
async function restoreBefore(brought: NoteVersion, pointId: string): Promise<void> {
  try {
    const { before } = await restore(brought, pointId);
    const isWritten = before.id !== brought.id;
    toast({
      text: isWritten
        ? 'The note reads as it did before. What was written since is kept in its history.'
        : 'The note reads as it did before.',
    });
  } catch (cause) {
    toast({ tone: 'danger', text: wordsFor(cause) });
  }
}

/** Brings a version back after a question, and offers to bring back what was there before. */
export function RestoreVersion({
  version,
  title,
  isDamaged,
  onDone,
}: {
  version: NoteVersion;
  title: string;
  isDamaged: boolean;
  onDone: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const run = useAction(async () => {
    const { version: brought, before } = await restore(version, version.id);
    toast({
      text: 'The note reads as it did then.',
      action: { label: 'Bring back what was before', onPress: () => void restoreBefore(brought, before.id) },
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
          <strong className="font-medium text-ink">{title}</strong>.{' '}
          {isDamaged
            ? 'What can be saved of it is kept here first. After that it can be written in again.'
            : 'What it says now is kept here first, and whoever is writing can write on.'}
        </p>
        <FormError>{run.error}</FormError>
      </ConfirmDialog>
    </>
  );
}
