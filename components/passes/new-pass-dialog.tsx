'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { can } from '@/lib/access/can';
import type { PassKind, RevealWhen } from '@/lib/passes/pass';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { DatePicker } from '../ui/date-picker';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { useAction } from '../ui/use-action';
import { ChooseMany } from './choose-many';

const EMPTY = {
  name: '',
  kind: 'blind' as PassKind,
  sourceIds: [] as string[],
  userIds: [] as string[],
  codeIds: [] as string[],
  named: '',
  guideline: 'none',
  revealWhen: 'by-hand' as RevealWhen,
  revealOn: null as string | null,
};

/** Starts a pass; whoever does leads it. */
export function NewPassDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const router = useRouter();
  const { learn } = useActions();
  const { projectId, members, sources, codes, notes } = useProject((state) => ({
    projectId: state.project.id,
    members: state.members,
    sources: state.sources,
    codes: state.codes,
    notes: state.notes,
  }));
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<typeof EMPTY>) => setDraft((before) => ({ ...before, ...part }));
  const { run, busy, error } = useAction(async () => {
    const { name, kind, sourceIds, codeIds, userIds, named, guideline, revealWhen, revealOn } = draft;
    const coders = [
      ...userIds.map((userId) => ({ userId })),
      ...named.split(',').flatMap((one) => (one.trim() === '' ? [] : { name: one.trim() })),
    ];
    const guidelineNoteId = guideline === 'none' ? null : guideline;
    const body = { name, kind, sourceIds, codeIds, coders, guidelineNoteId, revealWhen, revealOn };
    const pass = await call('pass.create', { params: { projectId }, body });
    learn({ passes: [pass] });
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
        <TextField
          label="Name"
          placeholder="Round 1"
          autoFocus
          isRequired
          maxLength={120}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <Select
          label="Who sees the marks"
          value={draft.kind}
          onChange={(kind) => change({ kind })}
          options={[
            { id: 'blind', label: 'Blind: each coder their own, and you all', hint: 'Until the reveal' },
            { id: 'open', label: 'Open: everybody' },
          ]}
        />
        {draft.kind === 'blind' ? (
          <div className="flex flex-wrap gap-3">
            <Select
              label="Reveal"
              className="grow"
              value={draft.revealWhen}
              onChange={(revealWhen) => change({ revealWhen })}
              options={[
                { id: 'by-hand', label: 'When you say so' },
                { id: 'when-done', label: 'When all are done' },
                { id: 'on-date', label: 'On a day' },
              ]}
            />
            {draft.revealWhen === 'on-date' ? (
              <DatePicker label="Day" value={draft.revealOn} onChange={(revealOn) => change({ revealOn })} />
            ) : null}
          </div>
        ) : null}
        <ChooseMany
          label="Sources"
          options={[...sources.values()].map(({ id, title }) => ({ id, name: title }))}
          chosen={draft.sourceIds}
          onChange={(sourceIds) => change({ sourceIds })}
        />
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
        {codes.size > 0 ? (
          <ChooseMany
            label="Codes (none means all)"
            options={[...codes.values()].map(({ id, name }) => ({ id, name }))}
            chosen={draft.codeIds}
            onChange={(codeIds) => change({ codeIds })}
          />
        ) : null}
        <Select
          label="Guideline"
          hint="A note that says how to code; g opens it beside the article."
          value={draft.guideline}
          onChange={(guideline) => change({ guideline })}
          options={[
            { id: 'none', label: 'None' },
            ...[...notes.values()].map(({ id, title }) => ({ id, label: title })),
          ]}
        />
        <FormError>{error}</FormError>
        <Button type="submit" look="primary" className="self-end" isDisabled={!isReady} isPending={busy}>
          Start it
        </Button>
      </form>
    </Dialog>
  );
}
