'use client';
import { useEffect, useMemo, useRef } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import { CodeDot } from '../annotations/code-picker';
import { KINDS } from '../annotations/kinds';
import { anchorOf, Floating } from '../ui/floating';

/** All marks that stand at one place, the smallest first: for choosing the one that was meant. */
export function OverlapList({
  annotations,
  at,
  colourOf,
  onPick,
  onClose,
}: {
  annotations: readonly Annotation[];
  at: { x: number; y: number };
  colourOf: (annotation: Annotation) => string;
  onPick: (annotation: Annotation) => void;
  onClose: () => void;
}) {
  const list = useRef<HTMLFieldSetElement>(null);
  const anchor = useMemo(() => {
    const box = { top: at.y - 12, bottom: at.y + 12, left: at.x, right: at.x };
    return () => anchorOf([box]);
  }, [at]);
  useEffect(() => {
    const away = (event: Event) => {
      if (!list.current?.contains(event.target as Node)) onClose();
    };
    const keys = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', keys, { capture: true });
    document.addEventListener('scroll', away, { capture: true, passive: true });
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', keys, { capture: true });
      document.removeEventListener('scroll', away, { capture: true });
    };
  }, [onClose]);
  return (
    <Floating label="Marks at this place" anchor={anchor} prefer="below" className="w-72 p-1">
      <fieldset ref={list} aria-label={`${annotations.length} marks stand here`}>
        {annotations.map((annotation) => (
          <button
            key={annotation.id}
            type="button"
            onClick={() => onPick(annotation)}
            className="flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 py-1 text-start hover:bg-hover"
          >
            <CodeDot colour={colourOf(annotation)} />
            <span className="min-w-0">
              <span className="block text-[12px] text-muted">
                {KINDS[annotation.motivation].name}, {annotation.creator.name}
              </span>
              <span className="block truncate text-[14px]">
                {annotation.quote?.speaker || annotation.body?.value || exactOf(annotation)}
              </span>
            </span>
          </button>
        ))}
      </fieldset>
    </Floating>
  );
}
