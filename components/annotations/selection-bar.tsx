'use client';
import {
  Highlighter,
  MessageSquare,
  NotebookPen,
  Quote,
  Scale,
  ShieldCheck,
  Tag,
  TextCursorInput,
} from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { Motivation } from '@/lib/annotations/annotation';
import { type Anchor, Floating } from '../ui/floating';
import { Kbd } from '../ui/kbd';
import { KINDS } from './kinds';

/** `in-vivo`: a code that is called by the selected words; `protect`: only some people may read them. */
export type BarCommand = Motivation | 'note' | 'in-vivo' | 'protect';

const ICON: Record<BarCommand, ReactNode> = {
  highlighting: <Highlighter aria-hidden className="size-4" />,
  quoting: <Quote aria-hidden className="size-4" />,
  claiming: <Scale aria-hidden className="size-4" />,
  commenting: <MessageSquare aria-hidden className="size-4" />,
  classifying: <Tag aria-hidden className="size-4" />,
  note: <NotebookPen aria-hidden className="size-4" />,
  'in-vivo': <TextCursorInput aria-hidden className="size-4" />,
  protect: <ShieldCheck aria-hidden className="size-4" />,
};

/** The letter that stands for a command of the bar. */
export function letterOf(command: BarCommand): string {
  if (command === 'in-vivo') return 'i';
  if (command === 'protect') return 'p';
  return command === 'note' ? 'n' : KINDS[command].letter;
}

function wordFor(command: BarCommand): string {
  if (command === 'in-vivo') return 'In vivo';
  if (command === 'protect') return 'Protect';
  return command === 'note' ? 'Note' : KINDS[command].name;
}

const COMMANDS: readonly BarCommand[] = [
  'highlighting',
  'quoting',
  'claiming',
  'commenting',
  'classifying',
  'in-vivo',
  'note',
  'protect',
];

/** What can be done with the selected passage. Pressing it leaves the selection where it is. */
export function SelectionBar({
  anchor,
  below,
  focused,
  withNote,
  withInVivo,
  withProtect,
  onCommand,
  onClose,
}: {
  anchor: Anchor;
  /** Under the passage rather than over it: a finger's own menu is above. */
  below: boolean;
  /** Raised by one each time the keyboard asks for the bar. */
  focused: number;
  withNote: boolean;
  withInVivo: boolean;
  withProtect: boolean;
  onCommand: (command: BarCommand) => void;
  onClose: () => void;
}) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused > 0) bar.current?.querySelector('button')?.focus();
  }, [focused]);
  const offered = COMMANDS.filter(
    (command) =>
      (withNote || command !== 'note') &&
      (withInVivo || command !== 'in-vivo') &&
      (withProtect || command !== 'protect'),
  );
  const keys = (event: KeyboardEvent) => {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <Floating label="Selected passage" anchor={anchor} prefer={below ? 'below' : 'above'}>
      <div
        ref={bar}
        role="toolbar"
        data-reading-keys
        aria-label="Mark the passage"
        className="flex items-center gap-0.5 p-1"
        onKeyDown={keys}
        onPointerDown={(event) => event.preventDefault()}
      >
        {offered.map((command, index) => (
          <button
            key={command}
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            aria-keyshortcuts={letterOf(command)}
            aria-label={command === 'protect' ? 'Protect passage' : undefined}
            onClick={() => onCommand(command)}
            className="flex min-h-9 min-w-9 flex-col items-center justify-center gap-0.5 rounded-md px-2 py-1 hover:bg-hover max-sm:min-h-[44px] max-sm:min-w-[44px] max-sm:px-1 sm:flex-row sm:gap-1.5 pointer-coarse:min-h-[44px] pointer-coarse:min-w-[44px]"
          >
            <span className="sm:hidden">{ICON[command]}</span>
            <span className="text-[13px] max-sm:text-[11px]">{wordFor(command)}</span>
            <span className="max-sm:hidden">
              <Kbd>{letterOf(command)}</Kbd>
            </span>
          </button>
        ))}
      </div>
    </Floating>
  );
}
