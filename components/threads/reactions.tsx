'use client';
import { SmilePlus } from 'lucide-react';
import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { REACTIONS } from '@/lib/threads/reactions';
import type { Comment, ReactionSign } from '@/lib/threads/thread';
import { IconButton } from '../ui/button';
import { POPOVER_CLASS } from '../ui/menu';

/** What each sign means, for whoever hears it. */
const MEANING: Record<ReactionSign, string> = {
  '👍': 'Agreed',
  '❤️': 'Love it',
  '🎉': 'Well done',
  '🤔': 'Not sure',
  '👀': 'Looking at it',
  '✅': 'Done',
};

const list = new Intl.ListFormat('en-GB');

/** The signs under a comment; one's own are pressed, and a press takes them away again. */
export function Reactions({
  reactions,
  me,
  onReact,
}: {
  reactions: Comment['reactions'];
  me: string;
  /** `null` for whoever may not. */
  onReact: ((sign: ReactionSign, on: boolean) => void) | null;
}) {
  if (reactions.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1 flex flex-wrap gap-1">
      {reactions.map(({ sign, people }) => {
        const isMine = people.some(({ id }) => id === me);
        const who = list.format(people.map(({ id, name }) => (id === me ? 'you' : name)));
        return (
          <li key={sign}>
            <button
              type="button"
              aria-pressed={isMine}
              disabled={onReact === null}
              title={`${MEANING[sign]}: ${who}`}
              aria-label={`${sign} ${people.length}, ${MEANING[sign]}: ${who}`}
              onClick={() => onReact?.(sign, !isMine)}
              className={`inline-flex h-6 items-center gap-1 rounded-full border px-2 text-[12px] tabular-nums ${isMine ? 'border-accent bg-accent-wash text-accent' : 'border-line bg-raised text-ink'}`}
            >
              <span aria-hidden>{sign}</span>
              {people.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The button that offers the signs. */
export function ReactButton({ onReact }: { onReact: (sign: ReactionSign) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <IconButton label="React" className="size-7">
        <SmilePlus aria-hidden className="size-4" />
      </IconButton>
      <Popover className={POPOVER_CLASS}>
        <Dialog aria-label="Reactions" className="flex gap-0.5 p-1 outline-none">
          {REACTIONS.map((sign) => (
            <Button
              key={sign}
              aria-label={MEANING[sign]}
              className="grid size-9 place-items-center rounded-md text-[18px] hover:bg-hover"
              onPress={() => {
                setOpen(false);
                onReact(sign);
              }}
            >
              {sign}
            </Button>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
