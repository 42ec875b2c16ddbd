'use client';
import { useEffect, useRef } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import { spanOfSelection } from './selection';
import type { TextMap } from './text-map';

/** Handles of a touch selection move in many small steps: wait until they rest. Milliseconds. */
const REST = 250;

/**
 * Tells what is selected in an article once the hand has come to rest: after the pointer is up, or after the selection
 * stopped changing. `null` when nothing of it is selected any more. Not told while the focus is in a field.
 */
export function useSelectedSpan(map: TextMap | null, onSelect: (span: Span | null) => void): void {
  const told = useRef(onSelect);
  told.current = onSelect;
  useEffect(() => {
    if (map === null) return;
    let pressed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      const active = document.activeElement;
      if (active?.matches('input, textarea, [contenteditable]')) return;
      told.current(spanOfSelection(document.getSelection(), map));
    };
    const later = (wait: number) => {
      clearTimeout(timer);
      timer = setTimeout(read, wait);
    };
    const changed = () => {
      if (!pressed) later(REST);
    };
    const down = (event: PointerEvent) => {
      pressed = event.pointerType === 'mouse' && map.root.contains(event.target as Node);
      if (pressed) clearTimeout(timer);
    };
    const up = () => {
      if (!pressed) return;
      pressed = false;
      // The browser settles the selection after the event, for example when a selected word is clicked away.
      later(0);
    };
    document.addEventListener('selectionchange', changed);
    document.addEventListener('pointerdown', down);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', up);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', changed);
      document.removeEventListener('pointerdown', down);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', up);
    };
  }, [map]);
}
