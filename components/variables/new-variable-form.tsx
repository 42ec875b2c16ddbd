'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { VARIABLE_KINDS, type Variable, type VariableKind } from '@/lib/variables/variable';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { useAction } from '../ui/use-action';

const KINDS: Record<VariableKind, string> = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  choice: 'One of a few',
};

/** Makes a variable that every source, or every speaker, can have a value of. */
export function NewVariableForm({ of, onMade }: { of: Variable['of']; onMade: () => void }) {
  const projectId = useProject((state) => state.project.id);
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<VariableKind>('text');
  const [choices, setChoices] = useState('');
  const make = useAction(async () => {
    const known = choices.split(',').flatMap((one) => one.trim() || []);
    const body = { of, name, kind, choices: kind === 'choice' ? known : [] };
    await call('variable.create', { params: { projectId }, body });
    onMade();
    setIsOpen(false);
    setName('');
    setChoices('');
  });
  if (!isOpen)
    return (
      <Button size="small" look="quiet" className="self-start" onPress={() => setIsOpen(true)}>
        <Plus aria-hidden className="size-3.5" />
        Add a variable
      </Button>
    );
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <TextField
        label="What is it called?"
        placeholder={of === 'source' ? 'Leaning' : 'Party'}
        autoFocus
        isRequired
        maxLength={80}
        value={name}
        onChange={setName}
      />
      <Select
        label="Kind"
        className="w-36"
        value={kind}
        options={VARIABLE_KINDS.map((id) => ({ id, label: KINDS[id] }))}
        onChange={setKind}
      />
      {kind === 'choice' ? (
        <TextField
          label="Choices, with commas between"
          isRequired
          value={choices}
          onChange={setChoices}
          placeholder="left, centre, right"
        />
      ) : null}
      <Button type="submit" look="primary" isPending={make.busy}>
        Add
      </Button>
      <Button onPress={() => setIsOpen(false)}>Cancel</Button>
      <FormError>{make.error}</FormError>
    </form>
  );
}
