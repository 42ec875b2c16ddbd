'use client';
import { useEffect, useMemo, useRef } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import { KINDS } from '../annotations/kinds';
import type { Reader } from '../reader/article-view';
import { Button } from '../ui/button';
import { anchorOf, Floating } from '../ui/floating';

/** Over the article while a mark is placed by hand: which one, and the way out. */
export function PlacingHead({ annotation, onLeave }: { annotation: Annotation; onLeave: () => void }) {
  return (
    <div className="flex shrink-0 items-start justify-between gap-4 border-b border-line bg-accent-wash px-4 py-2 sm:px-6">
      <p className="min-w-0 text-[14px]">
        Select where {annotation.creator.name}’s {KINDS[annotation.motivation].name.toLowerCase()} stands now.
        It was on <span className="line-clamp-2 font-serif">{exactOf(annotation)}</span>
      </p>
      <Button size="small" onPress={onLeave}>
        Cancel
      </Button>
    </div>
  );
}

/** At the selected passage while a mark is placed by hand. */
export function PlacingBar({
  reader,
  span,
  focused,
  onPlace,
}: {
  reader: Reader;
  span: Span;
  /** Raised by one each time the keyboard asks for the bar. */
  focused: number;
  onPlace: () => void;
}) {
  const anchor = useMemo(() => () => anchorOf(reader.map.domRangeOf(span).getClientRects()), [reader, span]);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused > 0) bar.current?.querySelector('button')?.focus();
  }, [focused]);
  return (
    <Floating label="Selected passage" anchor={anchor}>
      <div ref={bar} data-reading-keys className="p-1" onPointerDown={(event) => event.preventDefault()}>
        <Button size="small" look="primary" onPress={onPlace}>
          Put the mark here
        </Button>
      </div>
    </Floating>
  );
}
