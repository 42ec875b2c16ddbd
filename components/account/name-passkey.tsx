'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';

/** Asks what a passkey is called: the one to make, or one there is. */
export function NamePasskey({
  title,
  submit,
  name,
  onClose,
  onNamed,
}: {
  title: string;
  submit: string;
  /** What it is called so far; `null` while nobody asks. */
  name: string | null;
  onClose: () => void;
  onNamed: (name: string) => Promise<void>;
}) {
  return (
    <Dialog title={title} isOpen={name !== null} onClose={onClose} width="max-w-md">
      {name === null ? null : <Form submit={submit} name={name} onNamed={onNamed} />}
    </Dialog>
  );
}

function Form({
  submit,
  name: known,
  onNamed,
}: {
  submit: string;
  name: string;
  onNamed: (name: string) => Promise<void>;
}) {
  const [name, setName] = useState(known);
  const save = useAction(() => onNamed(name));
  return (
    <ActionForm action={save} submit={submit} busy="Waiting…">
      <TextField
        label="What do you call it?"
        hint="So that you know it among others: the device it is on."
        isRequired
        autoFocus
        maxLength={60}
        value={name}
        onChange={setName}
      />
    </ActionForm>
  );
}
