'use client';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { can } from '@/lib/access/can';
import type { Pass, PassCoderGiven } from '@/lib/passes/pass';
import { useProject } from '../live/project-context';
import { Button, IconButton } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';

/** The coders of a pass, as they are given to it. */
export function codersAs({ coders }: Pass): PassCoderGiven[] {
  return coders.map(({ id, userId, name, isExpert }) =>
    userId === null ? { id, name, isExpert } : { id, userId, isExpert },
  );
}

/** Who codes in a pass: members, and coders who are only a name; and whose coding the others learn from. */
export function CodersEditor({
  pass,
  onChange,
}: {
  pass: Pass;
  onChange: (change: { coders: PassCoderGiven[] }) => Promise<boolean>;
}) {
  const members = useProject((state) => state.members);
  const [name, setName] = useState('');
  const known = codersAs(pass);
  const free = [...members.values()].filter(
    ({ userId, role }) =>
      can(role, 'annotation.create') && !pass.coders.some((coder) => coder.userId === userId),
  );
  const add = (coder: PassCoderGiven) => onChange({ coders: [...known, coder] });
  return (
    <section aria-labelledby="coders" className="flex flex-col gap-3 border-t border-line pt-6">
      <h2 id="coders" className="font-serif text-xl font-semibold">
        Coders
      </h2>
      <p className="max-w-prose text-[14px] text-muted">
        With an expert this is a training: whoever is done with a source sees the expert’s marks on it beside
        their own.
      </p>
      <ul className="flex flex-col divide-y divide-line">
        {pass.coders.map((coder) => (
          <li key={coder.id} className="flex items-center gap-3 py-1.5">
            <span className="min-w-0 grow truncate">{coder.name}</span>
            <Checkbox
              isSelected={coder.isExpert}
              onChange={(isExpert) =>
                void onChange({
                  coders: known.map((one) => (one.id === coder.id ? { ...one, isExpert } : one)),
                })
              }
            >
              Expert
            </Checkbox>
            <IconButton
              label={`Take ${coder.name} out`}
              onPress={() => void onChange({ coders: known.filter(({ id }) => id !== coder.id) })}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-2">
        {free.length > 0 ? (
          <Select
            label="Add a member"
            className="w-48"
            value="none"
            onChange={(userId) => userId !== 'none' && void add({ userId, isExpert: false })}
            options={[
              { id: 'none', label: 'Choose' },
              ...free.map(({ userId, name: called }) => ({ id: userId, label: called })),
            ]}
          />
        ) : null}
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '')
              void add({ name: name.trim(), isExpert: false }).then((isAdded) => isAdded && setName(''));
          }}
        >
          <TextField
            label="Add a coder by name"
            placeholder="A program, imported codings"
            value={name}
            onChange={setName}
          />
          <Button type="submit" isDisabled={name.trim() === ''}>
            <Plus aria-hidden className="size-4" />
            Add
          </Button>
        </form>
      </div>
    </section>
  );
}
