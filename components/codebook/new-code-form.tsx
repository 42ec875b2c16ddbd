'use client';

import { useState } from 'react';
import { useActions } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

export function NewCodeForm({ taken }: { taken: readonly string[] }) {
  const { createCode } = useActions();
  const [name, setName] = useState('');
  const wanted = name.trim().toLowerCase();
  const isTaken = taken.some((each) => each.toLowerCase() === wanted);
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '' || isTaken) return;
        createCode({ name: name.trim() });
        setName('');
        // The next code can be typed at once.
        event.currentTarget.querySelector('input')?.focus();
      }}
    >
      <TextField
        label="New code"
        className="grow"
        maxLength={120}
        validationBehavior="aria"
        error={isTaken ? 'There is a code of this name.' : undefined}
        value={name}
        onChange={setName}
      />
      <Button type="submit" className="mt-6" isDisabled={wanted === '' || isTaken}>
        Add
      </Button>
    </form>
  );
}
