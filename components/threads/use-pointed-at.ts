'use client';
import { useEffect, useState } from 'react';
import type { Thread } from '@/lib/threads/thread';
import { useQuery } from '../ui/use-query';

/** How long a comment somebody was led to stands out, in ms. */
const FLASH = 2_400;

/** The comment that the page's address names, scrolled to once it is there and pointed out for a moment. */
export function usePointedAt(threads: readonly Thread[]): string | null {
  const wanted = useQuery('comment');
  const [pointedAt, setPointedAt] = useState<string | null>(null);
  const isHere = threads.some(({ comments }) => comments.some(({ id }) => id === wanted));
  useEffect(() => {
    if (wanted === null || !isHere) return;
    setPointedAt(wanted);
    // Whatever opens around it has its place by then.
    const scroll = requestAnimationFrame(() =>
      document.getElementById(`comment-${wanted}`)?.scrollIntoView({ block: 'center' }),
    );
    const timer = setTimeout(() => setPointedAt(null), FLASH);
    return () => {
      cancelAnimationFrame(scroll);
      clearTimeout(timer);
    };
  }, [wanted, isHere]);
  return pointedAt;
}
