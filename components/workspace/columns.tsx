'use client';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useRef } from 'react';

export type Widths = { navigator: number; note: number; navigatorOpen: boolean; noteOpen: boolean };

export const WIDTHS: Widths = { navigator: 232, note: 392, navigatorOpen: true, noteOpen: true };
const LIMITS = { navigator: [180, 420], note: [300, 760] } as const;
const STEP = 16;

export function isWidths(value: unknown): value is Widths {
  if (typeof value !== 'object' || value === null) return false;
  const { navigator, note, navigatorOpen, noteOpen } = value as Partial<Widths>;
  return (
    typeof navigator === 'number' &&
    typeof note === 'number' &&
    typeof navigatorOpen === 'boolean' &&
    typeof noteOpen === 'boolean'
  );
}

/** Navigator, reader and note side by side; the outer ones fold away and take the width one gives them. */
export function Columns({
  widths,
  onWidths,
  navigator,
  reader,
  note,
}: {
  widths: Widths;
  onWidths: (widths: Widths) => void;
  navigator: ReactNode;
  reader: ReactNode;
  note: ReactNode;
}) {
  return (
    <div className="flex min-h-0 grow">
      {widths.navigatorOpen ? (
        <nav
          id="navigator"
          aria-label="Sources, codes and notes"
          className="flex min-h-0 shrink-0"
          style={{ width: `min(${widths.navigator}px, 22vw)` }}
        >
          <div className="min-w-0 grow overflow-y-auto">{navigator}</div>
          <Edge
            label="Width of the navigator"
            controls="navigator"
            value={widths.navigator}
            limits={LIMITS.navigator}
            direction={1}
            onValue={(value) => onWidths({ ...widths, navigator: value })}
          />
        </nav>
      ) : null}
      <div className="flex min-h-0 min-w-0 grow flex-col">{reader}</div>
      {widths.noteOpen ? (
        <section
          id="note-column"
          aria-label="Note, quotes and claims"
          className="flex min-h-0 shrink-0"
          style={{ width: `min(${widths.note}px, 38vw)` }}
        >
          <Edge
            label="Width of the note"
            controls="note-column"
            value={widths.note}
            limits={LIMITS.note}
            direction={-1}
            onValue={(value) => onWidths({ ...widths, note: value })}
          />
          <div className="flex min-h-0 min-w-0 grow flex-col">{note}</div>
        </section>
      ) : null}
    </div>
  );
}

/** The edge between two columns: dragged, or moved by the arrow keys. */
function Edge({
  label,
  controls,
  value,
  limits: [least, most],
  direction,
  onValue,
}: {
  label: string;
  controls: string;
  value: number;
  limits: readonly [number, number];
  /** 1 where dragging to the right widens the column. */
  direction: 1 | -1;
  onValue: (value: number) => void;
}) {
  const grip = useRef<{ x: number; value: number } | null>(null);
  const set = (wanted: number) => onValue(Math.round(Math.min(most, Math.max(least, wanted))));
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key];
    if (step !== undefined) set(value + step * direction);
    else if (event.key === 'Home') set(least);
    else if (event.key === 'End') set(most);
    else return;
    event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    if (grip.current !== null) set(grip.current.value + (event.clientX - grip.current.x) * direction);
  };
  const drop = () => {
    grip.current = null;
  };
  return (
    <hr
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={keys}
      onPointerDown={(event) => {
        grip.current = { x: event.clientX, value };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
      className="relative m-0 h-auto w-px shrink-0 cursor-col-resize touch-none border-0 bg-line outline-offset-0 before:absolute before:inset-y-0 before:-inset-x-1.5 hover:bg-accent focus-visible:bg-accent"
    />
  );
}
