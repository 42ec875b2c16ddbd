'use client';

import { useState } from 'react';
import { useActions } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

export function NewCodeForm({ taken }: { taken: readonly string[] }) {
  const { createCode } = useActions();
  const [name, setName] = useState('');
  const [definition, setDefinition] = useState('');
  const wanted = name.trim().toLowerCase();
  const isTaken = taken.some((each) => each.toLowerCase() === wanted);
  return (
    <form
      className="grid items-start gap-3 sm:grid-cols-[14rem_1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '' || isTaken) return;
        createCode({ name: name.trim(), definition: definition.trim() });
        setName('');
        setDefinition('');
        // The next code can be typed at once.
        event.currentTarget.querySelector('input')?.focus();
      }}
    >
      <TextField
        label="New code"
        maxLength={120}
        validationBehavior="aria"
        error={isTaken ? 'There is a code of this name.' : undefined}
        value={name}
        onChange={setName}
      />
      <TextField
        label="What it means (optional)"
        maxLength={4_000}
        value={definition}
        onChange={setDefinition}
      />
      <Button type="submit" className="sm:mt-6" isDisabled={wanted === '' || isTaken}>
        Add
      </Button>
    </form>
  );
}
