'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import { moveSpan, type Unit } from '@/lib/annotations/move-span';
import { trimSpan } from '@/lib/annotations/trim-span';
import type { Reader } from './article-view';
import { nearestOffset } from './hit-test';

type Edge = 'start' | 'end';
type Place = { left: number; top: number; height: number };

const NAMES: Record<Edge, string> = { start: 'Start of the passage', end: 'End of the passage' };
/** Words shown to screen readers at an end, in UTF-16 units. */
const AROUND = 40;
/** So near to the edge of the view, in CSS pixels, dragging scrolls the article on. */
const EDGE = 48;
const SCROLL = 14;
const DIRECTIONS: Record<string, { unit: Unit; direction: 'back' | 'forward' } | undefined> = {
  ArrowLeft: { unit: 'character', direction: 'back' },
  ArrowRight: { unit: 'character', direction: 'forward' },
  ArrowUp: { unit: 'sentence', direction: 'back' },
  ArrowDown: { unit: 'sentence', direction: 'forward' },
};

/** The two ends of a passage, to be dragged or moved by keys: by character, with Ctrl by word, up and down by sentence. */
export function RangeHandles({
  reader,
  span,
  onSpan,
  onSave,
  onCancel,
}: {
  reader: Reader;
  span: Span;
  onSpan: (span: Span) => void;
  onSave: () => void;
  onCancel: () => void;
}) {
  const layer = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState<Record<Edge, Place> | null>(null);
  const dragging = useRef<Edge | null>(null);

  useLayoutEffect(() => {
    const look = () => {
      const origin = layer.current?.getBoundingClientRect();
      if (origin !== undefined)
        setPlaces({
          start: placeOf('start', reader, span, origin),
          end: placeOf('end', reader, span, origin),
        });
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(reader.root);
    return () => sizes.disconnect();
  }, [reader, span]);
  const isThere = places !== null;
  useEffect(() => {
    if (isThere) last.current?.focus({ preventScroll: true });
  }, [isThere]);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const edge = dragging.current;
    if (edge === null) return;
    const view = reader.scroller.getBoundingClientRect();
    if (event.clientY < view.top + EDGE) reader.scroller.scrollBy(0, -SCROLL);
    else if (event.clientY > view.bottom - EDGE) reader.scroller.scrollBy(0, SCROLL);
    const at = nearestOffset(reader.map, event.clientX, event.clientY);
    const moved = at === null ? null : withEdge(reader.map.text, span, edge, at);
    if (moved !== null) onSpan(moved);
  };
  const stop = (event: PointerEvent<HTMLDivElement>) => {
    if (dragging.current === null) return;
    dragging.current = null;
    event.currentTarget.style.pointerEvents = '';
    event.currentTarget.focus({ preventScroll: true });
  };
  const press = (edge: Edge, event: KeyboardEvent) => {
    const step = DIRECTIONS[event.key];
    if (event.key === 'Enter') onSave();
    else if (event.key === 'Escape') onCancel();
    else if (step === undefined || event.altKey) return;
    else {
      const isWord = step.unit === 'character' && (event.ctrlKey || event.metaKey);
      const unit = isWord ? 'word' : step.unit;
      const moved = moveSpan(reader.map.text, span, { kind: 'move', edge, unit, direction: step.direction });
      if (moved !== null) onSpan(moved);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const { text } = reader.map;
  return (
    <div ref={layer} className="pointer-events-none absolute inset-0 z-10">
      {places === null
        ? null
        : (['start', 'end'] as const).map((edge) => (
            <div
              key={edge}
              ref={edge === 'end' ? last : undefined}
              role="slider"
              tabIndex={0}
              aria-label={NAMES[edge]}
              aria-valuemin={0}
              aria-valuemax={text.length}
              aria-valuenow={span[edge]}
              aria-valuetext={
                edge === 'start'
                  ? text.slice(span.start, Math.min(span.end, span.start + AROUND))
                  : text.slice(Math.max(span.start, span.end - AROUND), span.end)
              }
              className="range-handle"
              data-edge={edge}
              style={{
                left: places[edge].left,
                top: places[edge].top,
                height: places[edge].height,
              }}
              onKeyDown={(event) => press(edge, event)}
              onPointerDown={(event) => {
                event.preventDefault();
                event.currentTarget.setPointerCapture(event.pointerId);
                // What is below the handle is asked for while it moves.
                event.currentTarget.style.pointerEvents = 'none';
                dragging.current = edge;
              }}
              onPointerMove={drag}
              onPointerUp={stop}
              onPointerCancel={stop}
            />
          ))}
    </div>
  );
}

function placeOf(edge: Edge, { map }: Reader, { start, end }: Span, origin: DOMRect): Place {
  const letter = edge === 'start' ? { start, end: start + 1 } : { start: end - 1, end };
  const boxes = map.domRangeOf(letter).getClientRects();
  const box = boxes[edge === 'start' ? 0 : boxes.length - 1] ?? map.root.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(map.root).direction === 'rtl';
  const side = (edge === 'start') === isRightToLeft ? box.right : box.left;
  return { left: side - origin.left, top: box.top - origin.top, height: box.height };
}

/** The passage with one end at another place; it keeps at least a character, and no character is split. */
function withEdge(text: string, span: Span, edge: Edge, at: number): Span | null {
  const wanted =
    edge === 'start'
      ? { start: Math.min(at, span.end - 1), end: span.end }
      : { start: span.start, end: Math.max(at, span.start + 1) };
  return trimSpan(text, wanted);
}
