'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { BringIn } from './bring-in';

/** The dialog that brings a source in: give it, look at what was read, save. */
export function BringInDialog({
  projectId,
  files,
  isOpen,
  onClose,
}: {
  projectId: string;
  /** What was dropped on the page before. */
  files: readonly File[];
  isOpen: boolean;
  onClose: () => void;
}) {
  const [title, setTitle] = useState('Bring a source in');
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} width="max-w-2xl">
      <BringIn projectId={projectId} dropped={files} onTitle={setTitle} onDone={onClose} />
    </Dialog>
  );
}
