'use client';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { whyNot } from '@/lib/access/why-not';
import type { ClaimStatus } from '@/lib/claims/status';
import { CODE_COLOURS } from '@/lib/codebook/colours';
import { useActions, useProject } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { Because } from '../ui/because';
import { Button, IconButton } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Section } from '../ui/section';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';

type Draft = { id: string; key?: string; name: string; colour: ClaimStatus['colour']; isOpen: boolean };

/** What claims can be in this project: renamed, added, put in another order; one that no claim has can go. */
export function StatusesEditor() {
  const { projectId, known, role } = useProject((state) => ({
    projectId: state.project.id,
    known: state.claimStatuses,
    role: state.role,
  }));
  const reason = whyNot(role, 'claim-status.set');
  const [draft, setDraft] = useState<readonly Draft[] | null>(null);
  const rows =
    draft ?? known.map(({ key, name, colour, isOpen }) => ({ id: key, key, name, colour, isOpen }));
  const { did } = useActions();
  const save = useDeed(async () => {
    type Given = Pick<Draft, 'key' | 'name' | 'colour' | 'isOpen'>;
    const set = (statuses: readonly Given[], before: readonly ClaimStatus[]) =>
      call('claim-status.set', {
        params: { projectId },
        body: {
          statuses: statuses.map(({ key, name, colour, isOpen }) => ({
            key,
            name: name.trim(),
            colour,
            isOpen,
          })),
          before: before.map(({ key }) => key),
        },
      });
    const { items } = await set(rows, known);
    did({ name: 'change of the statuses', undo: () => set(known, items), redo: () => set(items, known) });
    setDraft(null);
  });
  const change = (index: number, edit: Partial<Draft>) =>
    setDraft(rows.map((row, at) => (at === index ? { ...row, ...edit } : row)));
  const move = (index: number, by: 1 | -1) => {
    const next = [...rows];
    const [row] = next.splice(index, 1);
    if (row !== undefined) next.splice(index + by, 0, row);
    setDraft(next);
  };
  return (
    <Section
      title="Statuses of claims"
      about="What a claim can be in this project. Claims keep theirs when it is renamed; one that no claim has can be removed."
    >
      <Because reason={reason} />
      <ul className="flex flex-col gap-2">
        {rows.map((row, index) => (
          <li key={row.id} className="flex flex-wrap items-center gap-2">
            <TextField
              label={`Name of status ${index + 1}`}
              labelHidden
              isDisabled={reason !== null}
              maxLength={40}
              value={row.name}
              onChange={(name) => change(index, { name })}
              className="min-w-40 grow"
            />
            <Select
              label={`Colour of ${row.name}`}
              labelHidden
              className="w-32"
              isDisabled={reason !== null}
              value={row.colour}
              onChange={(colour) => change(index, { colour })}
              options={CODE_COLOURS.map((colour) => ({ id: colour, label: colour }))}
            />
            <Select
              label={`What is to be done about ${row.name}`}
              labelHidden
              className="w-32"
              isDisabled={reason !== null}
              value={row.isOpen ? 'open' : 'done'}
              onChange={(is) => change(index, { isOpen: is === 'open' })}
              options={[
                { id: 'open', label: 'Still open' },
                { id: 'done', label: 'Settled' },
              ]}
            />
            <span className="flex">
              <IconButton
                label={`Move ${row.name} up`}
                isDisabled={reason !== null || index === 0}
                onPress={() => move(index, -1)}
              >
                <ArrowUp aria-hidden className="size-4" />
              </IconButton>
              <IconButton
                label={`Move ${row.name} down`}
                isDisabled={reason !== null || index === rows.length - 1}
                onPress={() => move(index, 1)}
              >
                <ArrowDown aria-hidden className="size-4" />
              </IconButton>
              <IconButton
                label={`Remove ${row.name}`}
                isDisabled={reason !== null || rows.length === 1}
                onPress={() => setDraft(rows.filter((_, at) => at !== index))}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      <FormError>{save.error}</FormError>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          isDisabled={reason !== null}
          onPress={() =>
            setDraft([...rows, { id: crypto.randomUUID(), name: '', colour: 'indigo', isOpen: true }])
          }
        >
          <Plus aria-hidden className="size-3.5" />
          Add a status
        </Button>
        {draft === null ? null : (
          <>
            <Button
              size="small"
              look="primary"
              isPending={save.busy}
              isDisabled={rows.some(({ name }) => name.trim() === '')}
              onPress={() => void save.run()}
            >
              Save
            </Button>
            <Button size="small" look="quiet" onPress={() => setDraft(null)}>
              Cancel
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}
