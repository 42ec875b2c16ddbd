'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { TextArea } from '../ui/text-field';

/** Writes a claim down that stands in no passage yet. */
export function NewClaimDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const router = useRouter();
  const { createClaim } = useActions();
  const projectId = useProject((state) => state.project.id);
  const [wording, setWording] = useState('');
  return (
    <Dialog title="New claim" isOpen={isOpen} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || wording.trim() === '') return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          const id = createClaim({ wording: wording.trim() });
          setWording('');
          onClose();
          router.push(`/projects/${projectId}/claims/${id}`);
        }}
      >
        <TextArea
          label="What is claimed"
          hint="One statement that can be true or false. Passages for and against it are attached next."
          rows={4}
          autoFocus
          isRequired
          maxLength={2_000}
          value={wording}
          onChange={setWording}
        />
        <Button type="submit" look="primary" className="self-end" isDisabled={wording.trim() === ''}>
          Track it <Kbd tone="inverse">Ctrl ↵</Kbd>
        </Button>
      </form>
    </Dialog>
  );
}
