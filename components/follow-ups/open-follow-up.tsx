'use client';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { FOLLOW_UP_STATES } from '@/lib/follow-ups/state';
import { useActions } from '../live/project-context';
import { Button, IconButton } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Select } from '../ui/select';
import { Time } from '../ui/time';
import { toast } from '../ui/toasts';
import { type Draft, FollowUpFields } from './follow-up-fields';
import { STATES } from './follow-up-words';
import { RaisedByLink } from './raised-by';
import { useRights } from './use-rights';

/** A follow-up whole, to be read and changed. What others change meanwhile stays, unless it is changed here too. */
export function OpenFollowUp({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  const { updateFollowUp, removeFollowUp, restoreFollowUp } = useActions();
  const { mayChange, mayDelete } = useRights();
  const [edit, setEdit] = useState<Partial<Draft>>({});
  const { id, kind, wording, details, owner, due, raisedBy, projectId, creator, created, state } = followUp;
  const draft: Draft = { kind, wording, details, owner, due, ...edit };
  const isDisabled = !mayChange(followUp);
  const save = () => {
    const said = { ...draft, wording: draft.wording.trim(), details: draft.details.trim() };
    if (said.wording === '') return;
    const changed = (Object.keys(edit) as (keyof Draft)[]).filter((key) => said[key] !== followUp[key]);
    if (changed.length > 0)
      updateFollowUp(id, Object.fromEntries(changed.map((key) => [key, said[key]])) as Partial<Draft>);
    onClose();
  };
  return (
    <Dialog title={kind === 'question' ? 'Question' : 'Task'} isOpen onClose={onClose}>
      {raisedBy === null ? null : (
        <div className="flex flex-col gap-1 border-s-2 border-line ps-3 text-[13px] text-muted">
          <RaisedByLink projectId={projectId} raisedBy={raisedBy} />
          <blockquote className="line-clamp-4 font-serif text-[15px]">{raisedBy.quote}</blockquote>
        </div>
      )}
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <FollowUpFields
          draft={draft}
          isDisabled={isDisabled}
          onSubmit={save}
          onDraft={(next) =>
            setEdit((before) => ({
              ...before,
              ...Object.fromEntries(
                (Object.keys(next) as (keyof Draft)[])
                  .filter((key) => next[key] !== draft[key])
                  .map((key) => [key, next[key]]),
              ),
            }))
          }
        />
        <div className="flex flex-wrap items-end gap-2">
          <Select
            label="State"
            className="w-36"
            isDisabled={isDisabled}
            value={state}
            onChange={(wanted) => updateFollowUp(id, { state: wanted })}
            options={FOLLOW_UP_STATES.map((one) => ({ id: one, label: STATES[one] }))}
          />
          <span className="ms-auto flex items-center gap-2">
            {mayDelete(followUp) ? (
              <IconButton
                label="Delete this follow-up"
                onPress={() => {
                  removeFollowUp(id);
                  onClose();
                  toast({
                    text: 'Follow-up deleted',
                    action: { label: 'Undo', onPress: () => restoreFollowUp(id) },
                  });
                }}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            ) : null}
            {isDisabled ? null : (
              <Button type="submit" look="primary" isDisabled={draft.wording.trim() === ''}>
                Save
              </Button>
            )}
          </span>
        </div>
      </form>
      <p className="text-[13px] text-muted">
        {kind === 'question' ? 'Asked' : 'Set'} by {creator.name} <Time at={created} />
      </p>
    </Dialog>
  );
}
