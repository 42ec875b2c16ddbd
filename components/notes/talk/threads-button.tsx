'use client';
import { MessageSquare } from 'lucide-react';
import { IconButton } from '../../ui/button';

/** Opens the discussions of a note, and says how many are open. */
export function ThreadsButton({ open, onPress }: { open: number; onPress: () => void }) {
  return (
    <IconButton
      label={open === 0 ? 'Discussions' : `Discussions, ${open} open`}
      onPress={onPress}
      className="w-auto min-w-8 grid-flow-col gap-1 px-1.5"
    >
      <MessageSquare aria-hidden className="size-4" />
      {open === 0 ? null : (
        <span aria-hidden className="text-[12px] tabular-nums">
          {open}
        </span>
      )}
    </IconButton>
  );
}
