'use client';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Card, layOutCards } from './card-layout';

/** CSS pixels between cards, and the height of one before it was measured. */
const GAP = 12;
const GUESS = 58;

/**
 * Cards level with their passages. Only those near the view are in the page: `ids` names them in the order of their
 * passages, `tops` says where those are (pixels below the article's top).
 */
export function Margin({
  ids,
  tops,
  article,
  activeId,
  renderCard,
}: {
  ids: readonly string[];
  tops: ReadonlyMap<string, number>;
  article: HTMLElement;
  activeId: string | null;
  renderCard: (id: string) => ReactNode;
}) {
  const column = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const [offset, setOffset] = useState(0);
  const [, measured] = useState(0);
  const observer = useCardHeights(heights.current, () => measured((count) => count + 1));
  useLayoutEffect(() => {
    const own = column.current?.getBoundingClientRect().top ?? 0;
    setOffset(Math.round(article.getBoundingClientRect().top - own));
  });
  const cards = ids.map(
    (id): Card => ({ id, top: tops.get(id) ?? 0, height: heights.current.get(id) ?? GUESS }),
  );
  const places = layOutCards(cards, GAP, activeId);
  return (
    <aside ref={column} className="relative h-full" aria-label="Marks beside the text">
      {ids.map((id) => (
        <div
          key={id}
          data-card={id}
          ref={(element) => {
            if (element === null) return;
            observer.current?.observe(element);
            return () => observer.current?.unobserve(element);
          }}
          className="absolute inset-x-0 top-0 transition-transform duration-150"
          style={{
            transform: `translateY(${Math.round(offset + (places.get(id) ?? 0))}px)`,
            zIndex: id === activeId ? 10 : undefined,
          }}
        >
          {renderCard(id)}
        </div>
      ))}
    </aside>
  );
}

function useCardHeights(heights: Map<string, number>, onChange: () => void) {
  const told = useRef(onChange);
  told.current = onChange;
  const observer = useRef<ResizeObserver | null>(null);
  if (observer.current === null && typeof ResizeObserver !== 'undefined')
    observer.current = new ResizeObserver((entries) => {
      let changed = false;
      for (const { target, borderBoxSize } of entries) {
        const id = (target as HTMLElement).dataset.card ?? '';
        const height = Math.ceil(borderBoxSize[0]?.blockSize ?? 0);
        if (height === 0 || heights.get(id) === height) continue;
        heights.set(id, height);
        changed = true;
      }
      if (changed) told.current();
    });
  useEffect(() => () => observer.current?.disconnect(), []);
  return observer;
}
