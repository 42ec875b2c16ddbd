'use client';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Variable } from '@/lib/variables/variable';
import { Button, IconButton } from '../ui/button';
import { call } from '../ui/http';
import { TextField } from '../ui/text-field';
import { toast } from '../ui/toasts';
import { useAction, wordsFor } from '../ui/use-action';

/** Gives a variable another name; its values stay. */
export function RenameVariable({ variable }: { variable: Variable }) {
  const [name, setName] = useState<string | null>(null);
  const { id: variableId, projectId } = variable;
  const put = (next: string, ifMatch?: number) =>
    call('variable.update', { params: { projectId, variableId }, body: { name: next }, ifMatch });
  const rename = useAction(async () => {
    const next = (name ?? '').trim();
    if (next !== variable.name) {
      const { revision } = await put(next, variable.revision);
      const back = () =>
        void put(variable.name, revision).catch((cause) => toast({ text: wordsFor(cause), tone: 'danger' }));
      toast({ text: `“${variable.name}” is “${next}” now`, action: { label: 'Undo', onPress: back } });
    }
    setName(null);
  });
  if (name === null)
    return (
      <IconButton label={`Rename ${variable.name}`} onPress={() => setName(variable.name)}>
        <Pencil aria-hidden className="size-3.5" />
      </IconButton>
    );
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void rename.run();
      }}
    >
      <TextField
        label={`New name of ${variable.name}`}
        autoFocus
        isRequired
        maxLength={80}
        value={name}
        onChange={setName}
        error={rename.error}
      />
      <Button type="submit" look="primary" isPending={rename.busy} isDisabled={name.trim() === ''}>
        Rename
      </Button>
      <Button onPress={() => setName(null)}>Cancel</Button>
    </form>
  );
}
