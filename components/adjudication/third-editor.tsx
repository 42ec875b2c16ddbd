'use client';
import { useEffect, useRef } from 'react';
import type { QueuedDisagreement } from '@/lib/adjudication/decision';
import { moveSpan, type Unit } from '@/lib/annotations/move-span';
import { isTyping, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Select } from '../ui/select';
import { Painted } from './codings';

export type Third = { readonly codeId: string; readonly start: number; readonly end: number };
type Edge = 'start' | 'end';

const MOVES: Record<string, { unit: Unit; direction: 'back' | 'forward' } | undefined> = {
  ArrowLeft: { unit: 'character', direction: 'back' },
  ArrowRight: { unit: 'character', direction: 'forward' },
  ArrowUp: { unit: 'sentence', direction: 'back' },
  ArrowDown: { unit: 'sentence', direction: 'forward' },
};
const STEPS: readonly { label: string; edge: Edge; direction: 'back' | 'forward' }[] = [
  { label: 'Begin a word earlier', edge: 'start', direction: 'back' },
  { label: 'Begin a word later', edge: 'start', direction: 'forward' },
  { label: 'End a word earlier', edge: 'end', direction: 'back' },
  { label: 'End a word later', edge: 'end', direction: 'forward' },
];

/** A coding of one's own: the arrows move its end, by letter, with Ctrl by word, up and down by sentence; `o` its beginning. */
export function ThirdEditor({
  of,
  third,
  onThird,
  onSave,
  onCancel,
}: {
  of: QueuedDisagreement;
  third: Third;
  onThird: (third: Third) => void;
  onSave: () => void;
  onCancel: () => void;
}) {
  const codes = useProject((state) => state.codes);
  const edge = useRef<Edge>('end');
  const { text, from } = of.context;
  const move = (which: Edge, unit: Unit, direction: 'back' | 'forward') => {
    const span = { start: third.start - from, end: third.end - from };
    const moved = moveSpan(text, span, { kind: 'move', edge: which, unit, direction });
    if (moved !== null) onThird({ ...third, start: moved.start + from, end: moved.end + from });
  };
  const latest = useRef({ move, onSave, onCancel });
  latest.current = { move, onSave, onCancel };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event.target) || isInList(event.target)) return;
      const { key, ctrlKey, metaKey } = event;
      const wanted = MOVES[key];
      if (wanted !== undefined) {
        const byWord = (ctrlKey || metaKey) && wanted.unit === 'character';
        latest.current.move(edge.current, byWord ? 'word' : wanted.unit, wanted.direction);
      } else if (key === 'o') edge.current = edge.current === 'end' ? 'start' : 'end';
      else if (key === 'Enter' && !isButton(event.target)) latest.current.onSave();
      else if (key === 'Escape') latest.current.onCancel();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <section
      aria-label="A third coding"
      className="flex flex-col gap-3 rounded-lg border border-accent px-4 py-3"
    >
      <Painted of={of} held={third} />
      <div className="flex flex-wrap gap-1.5">
        {STEPS.map(({ label, edge: which, direction }) => (
          <Button key={label} size="small" onPress={() => move(which, 'word', direction)}>
            {label}
          </Button>
        ))}
      </div>
      <Select
        label="Code"
        value={third.codeId}
        onChange={(codeId) => onThird({ ...third, codeId })}
        options={[...codes.values()].map(({ id, name }) => ({ id, label: name }))}
        className="max-w-72"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onPress={onSave}>
          Let this hold <Kbd tone="inverse">Enter</Kbd>
        </Button>
        <Button look="quiet" onPress={onCancel}>
          Cancel
        </Button>
        <p className="text-[13px] text-muted">
          Arrows move the end, with <kbd>Ctrl</kbd> by word; <kbd>o</kbd> takes the beginning.
        </p>
      </div>
    </section>
  );
}

const isInList = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="listbox"], [aria-haspopup="listbox"]') !== null;
const isButton = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, a') !== null;
