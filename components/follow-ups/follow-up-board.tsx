'use client';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { placeBetween } from '@/lib/follow-ups/place';
import { FOLLOW_UP_STATES } from '@/lib/follow-ups/state';
import { signal } from '../live/signals';
import { Avatar } from '../ui/avatar';
import { LongList } from '../ui/long-list';
import { Select } from '../ui/select';
import { dueWords, KINDS, STATES } from './follow-up-words';

const DRAGGED = 'application/x-gloss-follow-up';

export type Move = (followUp: FollowUp, to: Pick<FollowUp, 'state' | 'place'>) => void;

/** The follow-ups by state, side by side: dragged to where they belong, or moved by Alt and the arrow keys. */
export function FollowUpBoard({
  followUps,
  today,
  mayMove,
  onMove,
}: {
  /** In the order of the board. */
  followUps: readonly FollowUp[];
  today: string;
  mayMove: (followUp: FollowUp) => boolean;
  onMove: Move;
}) {
  const [over, setOver] = useState<string | null>(null);
  /** What was moved by keys, to have the focus again where it is now. */
  const moved = useRef<string | null>(null);
  const columns = FOLLOW_UP_STATES.map((state) => followUps.filter((one) => one.state === state));
  useEffect(() => {
    if (moved.current === null) return;
    document.querySelector<HTMLElement>(`[data-follow-up="${moved.current}"]`)?.focus();
    moved.current = null;
  });

  /** Puts one before another of a state, at its end with `null`. */
  const put = (one: FollowUp, state: FollowUp['state'], before: string | null) => {
    const others = (columns[FOLLOW_UP_STATES.indexOf(state)] ?? []).filter(({ id }) => id !== one.id);
    const found = others.findIndex(({ id }) => id === before);
    const at = found < 0 ? others.length : found;
    onMove(one, { state, place: placeBetween(others[at - 1]?.place ?? null, others[at]?.place ?? null) });
  };
  const keys = (event: KeyboardEvent, one: FollowUp) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !mayMove(one)) return;
    const column = FOLLOW_UP_STATES.indexOf(one.state);
    const inside = columns[column] ?? [];
    const at = inside.indexOf(one);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const state = step === undefined ? undefined : FOLLOW_UP_STATES[column + step];
    if (state !== undefined) put(one, state, columns[column + (step ?? 0)]?.[0]?.id ?? null);
    else if (event.key === 'ArrowUp' && at > 0) put(one, one.state, inside[at - 1]?.id ?? null);
    else if (event.key === 'ArrowDown' && at < inside.length - 1)
      put(one, one.state, inside[at + 2]?.id ?? null);
    else if (step === undefined) return;
    moved.current = one.id;
    event.preventDefault();
  };
  const drop = (event: React.DragEvent, state: FollowUp['state'], before: string | null) => {
    setOver(null);
    const one = followUps.find(({ id }) => id === event.dataTransfer.getData(DRAGGED));
    if (one === undefined || one.id === before || !mayMove(one)) return;
    event.preventDefault();
    event.stopPropagation();
    put(one, state, before);
  };
  const hover = (event: React.DragEvent, place: string) => {
    if (!event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(place);
  };
  return (
    <div className="-mx-4 flex gap-4 overflow-x-auto px-4 pb-4">
      {FOLLOW_UP_STATES.map((state, column) => (
        <section
          key={state}
          aria-label={STATES[state]}
          className={`flex w-64 shrink-0 flex-col gap-2 rounded-lg p-2 ${over === state ? 'bg-accent-wash' : 'bg-sunken'}`}
          onDragOver={(event) => hover(event, state)}
          onDragLeave={() => setOver(null)}
          onDrop={(event) => drop(event, state, null)}
        >
          <h2 className="flex items-center px-1 text-[14px] font-medium">
            {STATES[state]}
            <span className="ms-auto text-[13px] font-normal tabular-nums text-muted">
              {columns[column]?.length ?? 0}
            </span>
          </h2>
          <ul className="flex flex-col gap-2">
            <LongList items={columns[column] ?? []} step={30} grows="at a press">
              {(one) => (
                <li
                  key={one.id}
                  draggable={mayMove(one)}
                  onDragStart={(event) => event.dataTransfer.setData(DRAGGED, one.id)}
                  onDragOver={(event) => hover(event, one.id)}
                  onDrop={(event) => drop(event, state, one.id)}
                  className={`flex flex-col gap-2 rounded-md border bg-raised p-2.5 ${over === one.id ? 'border-accent' : 'border-line'}`}
                >
                  <Card followUp={one} today={today} onKeys={keys} />
                  <div className="flex items-center justify-between gap-2">
                    <Select
                      label={`State of ${one.wording.slice(0, 60)}`}
                      labelHidden
                      size="small"
                      isDisabled={!mayMove(one)}
                      value={one.state}
                      onChange={(wanted) => put(one, wanted, null)}
                      options={FOLLOW_UP_STATES.map((id) => ({ id, label: STATES[id] }))}
                    />
                    {one.owner === null ? null : (
                      <span>
                        <Avatar userId={one.owner.id} name={one.owner.name} size={22} />
                        <span className="sr-only">Owner: {one.owner.name}</span>
                      </span>
                    )}
                  </div>
                </li>
              )}
            </LongList>
          </ul>
        </section>
      ))}
    </div>
  );
}

function Card({
  followUp,
  today,
  onKeys,
}: {
  followUp: FollowUp;
  today: string;
  onKeys: (event: KeyboardEvent, followUp: FollowUp) => void;
}) {
  const due = dueWords(followUp, today);
  return (
    <>
      <button
        type="button"
        data-follow-up={followUp.id}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown"
        onKeyDown={(event) => onKeys(event, followUp)}
        onClick={() => signal('follow-up.open', { id: followUp.id })}
        className="line-clamp-5 min-h-6 rounded text-start leading-snug [overflow-wrap:anywhere]"
      >
        {followUp.wording}
      </button>
      <p className="flex flex-wrap gap-x-2 text-[12px] text-muted">
        <span>{KINDS[followUp.kind]}</span>
        {due === null ? null : (
          <span className={due.startsWith('overdue') ? 'font-medium text-danger' : ''}>{due}</span>
        )}
      </p>
    </>
  );
}
