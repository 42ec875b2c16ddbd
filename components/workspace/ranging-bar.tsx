'use client';
import { useMemo } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import type { Reader } from '../reader/article-view';
import { Button } from '../ui/button';
import { anchorOf, Floating } from '../ui/floating';
import { Kbd } from '../ui/kbd';

/** What stands at a passage while its range is edited: the keys, and the way out. */
export function RangingBar({
  reader,
  span,
  onSave,
  onCancel,
}: {
  reader: Reader;
  span: Span;
  onSave: () => void;
  onCancel: () => void;
}) {
  const anchor = useMemo(() => () => anchorOf(reader.map.domRangeOf(span).getClientRects()), [reader, span]);
  return (
    <Floating label="Range of the mark" anchor={anchor} prefer="above">
      <div className="flex items-center gap-3 p-1.5 ps-3">
        <p className="text-[13px] text-muted max-sm:hidden">
          Drag an end, or <Kbd>←</Kbd> <Kbd>→</Kbd>, with <Kbd>Ctrl</Kbd> by word, <Kbd>↑</Kbd> <Kbd>↓</Kbd>{' '}
          by sentence; <Kbd>Tab</Kbd> for the other end
        </p>
        <p className="text-[13px] text-muted sm:hidden">Drag an end</p>
        <Button size="small" look="quiet" onPress={onCancel}>
          Cancel
        </Button>
        <Button size="small" look="primary" onPress={onSave}>
          Save
        </Button>
      </div>
    </Floating>
  );
}
