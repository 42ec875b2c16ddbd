import { useEffect, useRef } from 'react';
import type { Presence } from '@/lib/live/protocol';
import { useActions, useProject } from './project-context';

/** How often a page that is followed says where it is read, in ms at least. */
const SAY_EVERY = 400;

/** The page of a person that is gone along with: one with a source before one without. */
export function followedPage(presence: readonly Presence[], userId: string | null): Presence | null {
  const pages = presence.filter((page) => page.userId === userId);
  return pages.find((page) => page.sourceId !== null) ?? pages[0] ?? null;
}

/** Who goes along with this person now, each once. */
export function followersOf(
  presence: readonly Presence[],
  userId: string,
): { userId: string; name: string }[] {
  const found = new Map<string, { userId: string; name: string }>();
  for (const page of presence)
    if (page.following === userId && page.userId !== userId)
      found.set(page.userId, { userId: page.userId, name: page.name });
  return [...found.values()];
}

/** Says where this page is read, while somebody follows. `offset` is asked again after each scroll. */
export function useSayingWhere(scroller: HTMLElement | null, offset: () => number | null): void {
  const { setWhereabouts } = useActions();
  const isFollowed = useProject((state) => followersOf(state.presence, state.me.id).length > 0);
  const ask = useRef(offset);
  ask.current = offset;
  useEffect(() => {
    if (scroller === null || !isFollowed) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      setWhereabouts({ reading: ask.current() });
    };
    const scrolled = () => {
      timer ??= setTimeout(say, SAY_EVERY);
    };
    say();
    scroller.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      clearTimeout(timer);
      scroller.removeEventListener('scroll', scrolled);
      setWhereabouts({ reading: null });
    };
  }, [scroller, isFollowed, setWhereabouts]);
}

const OWN_SCROLL = new Set(['PageDown', 'PageUp', 'Home', 'End', 'ArrowDown', 'ArrowUp', ' ']);

/** Following ends by one's own hand: scrolling, the keys that do, or Escape. */
export function useEndOfFollowing(): void {
  const { follow } = useActions();
  const isFollowing = useProject((state) => state.following !== null);
  useEffect(() => {
    if (!isFollowing) return;
    const end = () => follow(null);
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' || OWN_SCROLL.has(event.key)) end();
    };
    window.addEventListener('wheel', end, { passive: true });
    window.addEventListener('touchmove', end, { passive: true });
    window.addEventListener('keydown', key);
    return () => {
      window.removeEventListener('wheel', end);
      window.removeEventListener('touchmove', end);
      window.removeEventListener('keydown', key);
    };
  }, [isFollowing, follow]);
}
