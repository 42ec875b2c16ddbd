'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextArea, TextField } from '@/components/ui/text-field';
import type { Code } from '@/lib/codebook/code';

type Words = Pick<Code, 'name' | 'definition' | 'whenToUse' | 'whenNot'>;

/** The words of a code while they are changed; `onDone` without an edit means it was called off. */
export function EditCode({
  code,
  taken,
  onDone,
}: {
  code: Code;
  /** Names that other codes have. */
  taken: readonly string[];
  onDone: (edit?: Partial<Words>) => void;
}) {
  const [words, setWords] = useState<Words>({
    name: code.name,
    definition: code.definition,
    whenToUse: code.whenToUse,
    whenNot: code.whenNot,
  });
  const set = (key: keyof Words) => (value: string) => setWords({ ...words, [key]: value });
  const name = words.name.trim();
  const isTaken = taken.some((each) => each.toLowerCase() === name.toLowerCase());
  return (
    <form
      className="flex flex-col gap-3 py-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === '' || isTaken) return;
        const edit = Object.entries(words).map(([key, value]) => [key, value.trim()] as const);
        onDone(Object.fromEntries(edit.filter(([key, value]) => value !== code[key as keyof Words])));
      }}
    >
      <TextField
        label="Name"
        autoFocus
        maxLength={120}
        validationBehavior="aria"
        error={isTaken ? 'Another code has this name. Merge the two, or choose another.' : undefined}
        value={words.name}
        onChange={set('name')}
      />
      <TextArea
        label="Definition"
        rows={3}
        maxLength={4_000}
        value={words.definition}
        onChange={set('definition')}
      />
      <TextArea
        label="When to use it"
        rows={2}
        maxLength={4_000}
        value={words.whenToUse}
        onChange={set('whenToUse')}
      />
      <TextArea label="When not" rows={2} maxLength={4_000} value={words.whenNot} onChange={set('whenNot')} />
      <p className="text-[13px] text-muted">
        Other words are a new version of the code. What was coded so far can be reviewed under them.
      </p>
      <div className="flex justify-end gap-2">
        <Button onPress={() => onDone()}>Cancel</Button>
        <Button type="submit" look="primary" isDisabled={name === '' || isTaken}>
          Save
        </Button>
      </div>
    </form>
  );
}
