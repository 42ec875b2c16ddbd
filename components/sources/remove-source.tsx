'use client';

import { useActions } from '@/components/live/project-context';
import { ConfirmDialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { useAction } from '@/components/ui/use-action';
import type { Source } from '@/lib/sources/source';

export function RemoveSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const { learn } = useActions();
  const remove = useAction(async () => {
    const removed = await call('source.delete', {
      params: { projectId: source.projectId, sourceId: source.id },
      ifMatch: source.revision,
    });
    learn({ sources: [removed] });
    onClose();
  });
  return (
    <ConfirmDialog
      title="Remove this source?"
      confirm="Remove it"
      isOpen
      isPending={remove.busy}
      onClose={onClose}
      onConfirm={() => void remove.run()}
    >
      <p>
        <strong className="font-medium text-ink">{source.title}</strong> disappears for everybody, with the
        marks on it and the note beside it.
      </p>
      <FormError>{remove.error}</FormError>
    </ConfirmDialog>
  );
}
