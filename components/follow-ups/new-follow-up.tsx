'use client';
import { useState } from 'react';
import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import { useActions } from '../live/project-context';
import { signal } from '../live/signals';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { toast } from '../ui/toasts';
import { type Draft, FollowUpFields } from './follow-up-fields';
import { raiserWords } from './follow-up-words';

/** What was typed and not sent, by what raised it: closing the form costs nothing. */
const drafts = new Map<string, Draft>();

/** Asks a question or sets a task about something, or about nothing in particular. */
export function NewFollowUp({
  raisedBy,
  wording,
  onClose,
}: {
  raisedBy: RaisedBy | null;
  wording: string;
  onClose: () => void;
}) {
  const { createFollowUp } = useActions();
  const key = `${raisedBy?.id ?? ''} ${wording}`;
  const [draft, setDraft] = useState<Draft>(
    () =>
      drafts.get(key) ?? {
        kind: raisedBy?.type === 'note' || raisedBy === null ? 'task' : 'question',
        wording,
        details: '',
        owner: null,
        due: null,
      },
  );
  const submit = () => {
    if (draft.wording.trim() === '') return;
    drafts.delete(key);
    const id = createFollowUp({ ...draft, details: draft.details.trim(), raisedBy });
    onClose();
    toast({
      text: draft.kind === 'question' ? 'Question asked' : 'Task set',
      action: { label: 'Show', onPress: () => signal('follow-up.open', { id }) },
    });
  };
  return (
    <Dialog title="Follow up" isOpen onClose={onClose}>
      {raisedBy === null ? null : (
        <blockquote className="border-s-2 border-line ps-3 text-[15px] text-muted">
          <span className="block text-[12px]">About {raiserWords(raisedBy.type)}</span>
          <span className="line-clamp-3 font-serif">{raisedBy.quote}</span>
        </blockquote>
      )}
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FollowUpFields
          draft={draft}
          onDraft={(next) => {
            setDraft(next);
            drafts.set(key, next);
          }}
          onSubmit={submit}
        />
        <Button type="submit" look="primary" className="self-end" isDisabled={draft.wording.trim() === ''}>
          {draft.kind === 'question' ? 'Ask it' : 'Set the task'}
          <Kbd tone="inverse">Ctrl ↵</Kbd>
        </Button>
      </form>
    </Dialog>
  );
}
