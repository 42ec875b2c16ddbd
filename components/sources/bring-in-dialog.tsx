'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { BringIn } from './bring-in';

/** The dialog that brings a source in: give it, look at what was read, save. */
export function BringInDialog({
  projectId,
  file,
  isOpen,
  onClose,
}: {
  projectId: string;
  /** A file dropped on the page before. */
  file: File | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [title, setTitle] = useState('Bring a source in');
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} width="max-w-2xl">
      <BringIn projectId={projectId} dropped={file} onTitle={setTitle} />
    </Dialog>
  );
}
