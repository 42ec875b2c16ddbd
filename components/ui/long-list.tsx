'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** How far below the view rows are added, so that whoever scrolls sees no end. */
const AHEAD = '1200px';

/**
 * The rows of a list that may be very long, inside its `ul`: the first `step` of them, and more as its end comes near or, where
 * something stands below that should stay in reach, only at a press. Links in such rows are not fetched ahead: each would be a
 * request as it is scrolled by.
 */
export function LongList<T>({
  items,
  children,
  step = 100,
  grows = 'by itself',
}: {
  items: readonly T[];
  /** A row, with a key. */
  children: (item: T) => ReactNode;
  step?: number;
  grows?: 'by itself' | 'at a press';
}) {
  const [most, setMost] = useState(step);
  const rest = items.length - most;
  return (
    <>
      {items.slice(0, most).map((item) => children(item))}
      {rest > 0 ? (
        <More rest={rest} grows={grows === 'by itself'} onMore={() => setMost(most + step)} />
      ) : null}
    </>
  );
}

function More({ rest, grows, onMore }: { rest: number; grows: boolean; onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const end = button.current;
    if (end === null || !grows) return;
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      // A list may scroll inside a column of its own.
      { rootMargin: AHEAD, scrollMargin: AHEAD } as IntersectionObserverInit,
    );
    near.observe(end);
    return () => near.disconnect();
  });
  return (
    <li>
      <button
        ref={button}
        type="button"
        onClick={onMore}
        className="min-h-8 w-full rounded-md px-2 text-start text-[13px] text-accent underline underline-offset-2 hover:bg-hover"
      >
        Show more <span className="tabular-nums">({rest})</span>
      </button>
    </li>
  );
}
