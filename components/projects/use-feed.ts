'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { call } from '@/components/ui/http';
import { wordsFor } from '@/components/ui/use-action';
import type { Event } from '@/lib/events/event';
import { earlierEvents, type ReadEvents } from './earlier-events';

const SHOWN_AT_ONCE = 50;

type Feed = {
  /** Newest first. */
  events: readonly Event[];
  /** Everything after this id is in `events`; `null` before the first read. */
  from: number | null;
  /** The newest id that was asked for. */
  upTo: number;
};

/** The feed of the open project: read backwards on demand, forwards as the live socket tells of news. */
export function useFeed() {
  const projectId = useProject((state) => state.project.id);
  const lastEventId = useProject((state) => state.lastEventId);
  const [feed, setFeed] = useState<Feed>({ events: [], from: null, upTo: 0 });
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const running = useRef(false);
  const read: ReadEvents = (after, limit) =>
    call('event.list', { params: { projectId }, query: { after, limit } });

  async function attempt(work: () => Promise<void>) {
    if (running.current) return;
    running.current = true;
    try {
      await work();
      setError(null);
    } catch (cause) {
      setError(wordsFor(cause));
    } finally {
      running.current = false;
      setLoading(false);
    }
  }

  const loadEarlier = () =>
    attempt(async () => {
      setLoading(true);
      const end = feed.from ?? lastEventId;
      const { events, from } = await earlierEvents(read, end, SHOWN_AT_ONCE);
      setFeed((now) => ({
        events: [...now.events, ...events],
        from,
        upTo: Math.max(now.upTo, end),
      }));
    });

  const loadNews = () =>
    attempt(async () => {
      const { items } = await read(feed.upTo, 500);
      const last = items.at(-1)?.id;
      if (last === undefined) return;
      setFeed((now) => ({ ...now, events: [...items.reverse(), ...now.events], upTo: last }));
    });

  const follow = useEffectEvent(() => {
    if (feed.from === null) void loadEarlier();
    else if (lastEventId > feed.upTo) void loadNews();
  });
  // Also when a read has ended: what came in meanwhile is read then.
  useEffect(() => {
    if (lastEventId >= 0 && feed.upTo >= 0) follow();
  }, [lastEventId, feed.upTo]);

  return { events: feed.events, hasEarlier: (feed.from ?? 0) > 0, loadEarlier, loading, error };
}
