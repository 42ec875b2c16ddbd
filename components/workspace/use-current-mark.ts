'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import { onSignal } from '../live/signals';
import type { Reader } from '../reader/article-view';
import { scrollToSpan } from '../reader/scroll-to-span';

/** How long a mark somebody was led to stands out, in milliseconds. */
const FLASH = 1_600;

/** The mark one is at: pointed out in the text, and with its card open or not. */
export function useCurrentMark(reader: Reader | null, annotations: readonly Annotation[]) {
  const [current, setCurrent] = useState<{ id: string; isOpen: boolean } | null>(null);
  const waiting = useRef<string | null>(null);
  const latest = useRef({ reader, annotations });
  latest.current = { reader, annotations };

  const go = useCallback((annotation: Annotation, isOpen: boolean) => {
    setCurrent({ id: annotation.id, isOpen });
    if (latest.current.reader !== null) scrollToSpan(latest.current.reader, spanOf(annotation));
  }, []);

  const lead = useCallback(
    (id: string) => {
      const { reader: at, annotations: known } = latest.current;
      const annotation = known.find((each) => each.id === id);
      // The article or the mark may come a moment later: it is shown then.
      waiting.current = at === null || annotation === undefined ? id : null;
      if (at === null || annotation === undefined) return;
      go(annotation, true);
      at.layer.setFlash(id);
      setTimeout(() => at.layer.setFlash(null), FLASH);
    },
    [go],
  );

  useEffect(() => {
    return onSignal('annotation.focus', ({ annotationId }) => lead(annotationId));
  }, [lead]);

  const address = useSearchParams();
  useEffect(() => {
    // Also one that a link on this very page leads to.
    const asked = address?.get('mark') ?? null;
    if (asked !== null) lead(asked);
  }, [address, lead]);

  useEffect(() => {
    if (waiting.current !== null && reader !== null && annotations.some(({ id }) => id === waiting.current))
      lead(waiting.current);
  }, [reader, annotations, lead]);

  const id = current?.id ?? null;
  useEffect(() => {
    reader?.layer.setActive(id === null ? [] : [id]);
  }, [reader, id]);

  return {
    currentId: id,
    openId: current?.isOpen ? current.id : null,
    go,
    open: useCallback(
      (wanted: string | null) => setCurrent(wanted === null ? null : { id: wanted, isOpen: true }),
      [],
    ),
  };
}

/** Moves the focus into a card once it stands open. */
export function focusCard(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-annotation="${id}"]`)?.focus());
}
