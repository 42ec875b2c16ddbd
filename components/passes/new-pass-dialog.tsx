'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { can } from '@/lib/access/can';
import { useActions, useProject } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { ChooseMany } from './choose-many';
import { type Chosen, PassCodes, PassName, PassSources, RevealRule } from './pass-fields';

type Draft = Chosen & { readonly userIds: string[]; readonly named: string };
const EMPTY: Draft = {
  name: '',
  kind: 'blind',
  sourceIds: [],
  userIds: [],
  codeIds: [],
  named: '',
  guidelineNoteId: null,
  revealWhen: 'by-hand',
  revealOn: null,
};

/** Starts a pass; whoever does leads it. */
export function NewPassDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const router = useRouter();
  const { learn, madePass } = useActions();
  const { projectId, members } = useProject((state) => ({
    projectId: state.project.id,
    members: state.members,
  }));
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { run, busy, error } = useDeed(async () => {
    const { userIds, named, ...chosen } = draft;
    const coders = [
      ...userIds.map((userId) => ({ userId })),
      ...named.split(',').flatMap((one) => (one.trim() === '' ? [] : { name: one.trim() })),
    ];
    const pass = await call('pass.create', { params: { projectId }, body: { ...chosen, coders } });
    learn({ passes: [pass] });
    madePass(pass.id);
    setDraft(EMPTY);
    onClose();
    router.push(`/projects/${projectId}/passes/${pass.id}`);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  const isReady = draft.name.trim() !== '' && draft.sourceIds.length > 0;
  return (
    <Dialog title="Start a pass" isOpen={isOpen} onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <PassName chosen={draft} onChange={change} />
        <Select
          label="Who sees the marks"
          value={draft.kind}
          onChange={(kind) => change({ kind })}
          options={[
            { id: 'blind', label: 'Blind: each coder their own, and you all', hint: 'Until the reveal' },
            { id: 'open', label: 'Open: everybody' },
          ]}
        />
        {draft.kind === 'blind' ? <RevealRule chosen={draft} onChange={change} /> : null}
        <PassSources chosen={draft} onChange={change} />
        <ChooseMany
          label="Coders"
          options={[...members.values()]
            .filter(({ role }) => can(role, 'annotation.create'))
            .map(({ userId, name }) => ({ id: userId, name }))}
          chosen={draft.userIds}
          onChange={(userIds) => change({ userIds })}
        />
        <TextField
          label="Coders who are no members"
          hint="A program, or codings you bring in: names with commas between them."
          value={draft.named}
          onChange={(named) => change({ named })}
        />
        <PassCodes chosen={draft} onChange={change} />
        <FormError>{error}</FormError>
        <Button type="submit" look="primary" className="self-end" isDisabled={!isReady} isPending={busy}>
          Start it
        </Button>
      </form>
    </Dialog>
  );
}
