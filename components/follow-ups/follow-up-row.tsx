'use client';
import { Circle, CircleCheck, CircleDot, CircleSlash } from 'lucide-react';
import { memo } from 'react';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { isOpen } from '@/lib/follow-ups/state';
import { useActions } from '../live/project-context';
import { signal } from '../live/signals';
import { Avatar } from '../ui/avatar';
import { IconButton } from '../ui/button';
import { dueWords, KINDS, STATES } from './follow-up-words';
import { RaisedByLink } from './raised-by';

const FACES = { open: Circle, doing: CircleDot, done: CircleCheck, dropped: CircleSlash };

/** A follow-up in a list: what it says, when it is due, where it comes from, whose it is; drawn anew only when it is another. */
export const FollowUpRow = memo(function FollowUpRow({
  followUp,
  today,
  mayChange,
  isRaiserShown = true,
  isHere = false,
}: {
  followUp: FollowUp;
  today: string;
  mayChange: boolean;
  /** Not where the list is all about one thing. */
  isRaiserShown?: boolean;
  /** Whether the list stands beside the source that all of it is from. */
  isHere?: boolean;
}) {
  const { updateFollowUp } = useActions();
  const { id, wording, state, kind, raisedBy, owner, projectId, revision } = followUp;
  const Face = FACES[state];
  const due = dueWords(followUp, today);
  const isToDo = isOpen(followUp);
  return (
    <li className="flex items-start gap-2 border-b border-line py-2 last:border-0">
      <IconButton
        label={isToDo ? `Done: ${wording.slice(0, 80)}` : `Open again: ${wording.slice(0, 80)}`}
        isDisabled={!mayChange}
        onPress={() => updateFollowUp(id, { state: isToDo ? 'done' : 'open' })}
        className="size-7"
      >
        <Face aria-hidden className={`size-[18px] ${state === 'done' ? 'text-accent' : ''}`} />
      </IconButton>
      <div className="flex min-w-0 grow flex-col gap-0.5 pt-0.5">
        <button
          type="button"
          data-follow-up={id}
          onClick={() => signal('follow-up.open', { id })}
          className={`min-h-6 rounded text-start leading-snug [overflow-wrap:anywhere] hover:underline ${isToDo ? '' : 'text-muted line-through'}`}
        >
          {wording}
        </button>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-[13px] text-muted">
          <span>
            {isToDo && state === 'open' ? KINDS[kind] : `${KINDS[kind]}, ${STATES[state].toLowerCase()}`}
          </span>
          {due === null ? null : (
            <span className={due.startsWith('overdue') ? 'font-medium text-danger' : ''}>{due}</span>
          )}
          {raisedBy === null || !isRaiserShown ? null : (
            <RaisedByLink projectId={projectId} raisedBy={raisedBy} isHere={isHere} />
          )}
          {revision > 0 ? null : <span>Not saved yet</span>}
        </p>
      </div>
      {owner === null ? null : (
        <span className="pt-0.5">
          <Avatar userId={owner.id} name={owner.name} size={24} />
          <span className="sr-only">Owner: {owner.name}</span>
        </span>
      )}
    </li>
  );
});
