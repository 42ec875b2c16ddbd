'use client';
import type { KeyboardEvent } from 'react';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { useProject } from '../live/project-context';
import { DatePicker } from '../ui/date-picker';
import { Select } from '../ui/select';
import { TextArea } from '../ui/text-field';
import { KINDS } from './follow-up-words';

/** What a form of a follow-up holds. */
export type Draft = Pick<FollowUp, 'kind' | 'wording' | 'details' | 'owner' | 'due'>;

/** The fields of a follow-up; Ctrl Enter in them is `onSubmit`. */
export function FollowUpFields({
  draft,
  onDraft,
  onSubmit,
  isDisabled = false,
}: {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onSubmit: () => void;
  isDisabled?: boolean;
}) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me }));
  const set = (change: Partial<Draft>) => onDraft({ ...draft, ...change });
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSubmit();
  };
  const others = [...members.values()].filter(({ userId }) => userId !== me.id);
  // Somebody who left may still own it.
  const owner = draft.owner;
  const known = owner === null || owner.id === me.id || members.has(owner.id);
  const isQuestion = draft.kind === 'question';
  return (
    <div role="none" className="flex flex-col gap-4" onKeyDownCapture={keys}>
      <TextArea
        label={isQuestion ? 'What is asked' : 'What is to be done'}
        autoFocus
        isRequired
        isDisabled={isDisabled}
        rows={2}
        maxLength={1_000}
        value={draft.wording}
        onChange={(wording) => set({ wording })}
      />
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-[1fr_1fr_1.5fr]">
        <Select
          label="Kind"
          isDisabled={isDisabled}
          value={draft.kind}
          onChange={(kind) => set({ kind })}
          options={(['question', 'task'] as const).map((id) => ({ id, label: KINDS[id] }))}
        />
        <Select
          label="Owner"
          isDisabled={isDisabled}
          value={owner?.id ?? 'none'}
          onChange={(id) => {
            const name = id === me.id ? me.name : members.get(id)?.name;
            set({ owner: name === undefined ? null : { id, name } });
          }}
          options={[
            { id: 'none', label: 'Nobody' },
            { id: me.id, label: 'Me' },
            ...others.map(({ userId, name }) => ({ id: userId, label: name })),
            ...(known || owner === null ? [] : [{ id: owner.id, label: owner.name }]),
          ]}
        />
        <DatePicker label="Due" isDisabled={isDisabled} value={draft.due} onChange={(due) => set({ due })} />
      </div>
      <TextArea
        label="Details"
        isDisabled={isDisabled}
        rows={3}
        maxLength={10_000}
        value={draft.details}
        onChange={(details) => set({ details })}
      />
    </div>
  );
}
