'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextArea, TextField } from '@/components/ui/text-field';
import type { Code } from '@/lib/codebook/code';

type Edit = { name: string; definition: string };

/** Name and definition of a code while they are changed; `onDone` without an edit means it was called off. */
export function EditCode({ code, onDone }: { code: Code; onDone: (edit?: Edit) => void }) {
  const [name, setName] = useState(code.name);
  const [definition, setDefinition] = useState(code.definition);
  return (
    <form
      className="flex flex-col gap-3 py-1"
      onSubmit={(event) => {
        event.preventDefault();
        onDone({ name: name.trim(), definition: definition.trim() });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <TextField label="Name" isRequired autoFocus maxLength={120} value={name} onChange={setName} />
      <TextArea
        label="What it means, when to use it, when not"
        rows={4}
        maxLength={4_000}
        value={definition}
        onChange={setDefinition}
      />
      <div className="flex justify-end gap-2">
        <Button onPress={() => onDone()}>Cancel</Button>
        <Button type="submit" look="primary" isDisabled={name.trim() === ''}>
          Save
        </Button>
      </div>
    </form>
  );
}
