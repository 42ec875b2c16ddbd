'use client';
import { useState } from 'react';
import type { Code } from '@/lib/codebook/code';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Dialog } from '../ui/dialog';
import { TextArea, TextField } from '../ui/text-field';
import { PassageList } from './passage-list';
import { usePassages } from './use-passages';

/** Makes a second code out of one, with those of its passages that are chosen. */
export function SplitDialog({
  code,
  taken,
  onClose,
  onSplit,
}: {
  code: Code;
  taken: readonly string[];
  onClose: () => void;
  onSplit: (newCodeId: string) => void;
}) {
  const projectId = useProject((state) => state.project.id);
  const { splitCode } = useActions();
  const passages = usePassages(code.id, {});
  const [name, setName] = useState('');
  const [definition, setDefinition] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const isTaken = taken.some((each) => each.toLowerCase() === name.trim().toLowerCase());
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Dialog title={`Split “${code.name}”`} isOpen onClose={onClose} width="max-w-2xl">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '' || isTaken) return;
          const given = { name: name.trim(), definition: definition.trim() };
          onSplit(splitCode(code.id, given, [...chosen]));
        }}
      >
        <TextField
          label="Name of the new code"
          autoFocus
          maxLength={120}
          validationBehavior="aria"
          error={isTaken ? 'There is a code of this name.' : undefined}
          value={name}
          onChange={setName}
        />
        <TextArea
          label="Its definition (optional)"
          rows={2}
          maxLength={4_000}
          value={definition}
          onChange={setDefinition}
        />
        <section aria-label="Passages that go over" className="flex max-h-72 flex-col overflow-y-auto">
          <p className="pb-1 text-[14px] text-muted">
            Which passages go to it? The others stay with “{code.name}”.
          </p>
          <PassageList
            label="Passages to choose from"
            projectId={projectId}
            passages={passages}
            isLinked={false}
            empty="The code is on no passage yet. The new one starts empty."
            start={(passage) => (
              <Checkbox
                aria-label={`To the new code: ${passage.exact.slice(0, 80)}`}
                isSelected={chosen.has(passage.id)}
                onChange={(on) => choose(passage.id, on)}
              >
                {null}
              </Checkbox>
            )}
          />
        </section>
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isDisabled={name.trim() === '' || isTaken}>
            {chosen.size === 0
              ? 'Split off an empty code'
              : chosen.size === 1
                ? 'Split off with 1 passage'
                : `Split off with ${chosen.size} passages`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
