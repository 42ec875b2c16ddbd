'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { call } from '@/components/ui/http';
import { wordsFor } from '@/components/ui/use-action';
import type { ActivityKind } from '@/lib/events/activity';
import type { Event } from '@/lib/events/event';

export type FeedFilter = { readonly person: string | null; readonly kind: ActivityKind | null };

type Feed = {
  /** What it was read for. */
  filter: FeedFilter | null;
  /** Newest first. */
  events: readonly Event[];
  /** Where the earlier ones begin; `null` when there are none. */
  cursor: string | null;
  /** The newest event of the project when it was read last. */
  upTo: number;
};

const EMPTY: Feed = { filter: null, events: [], cursor: null, upTo: 0 };

/** The feed of the open project, of all or by person and kind: read backwards on demand, anew as the live socket tells of news. */
export function useFeed(filter: FeedFilter) {
  const projectId = useProject((state) => state.project.id);
  const lastEventId = useProject((state) => state.lastEventId);
  const [feed, setFeed] = useState<Feed>(EMPTY);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const running = useRef(false);
  const isCurrent = feed.filter?.person === filter.person && feed.filter?.kind === filter.kind;

  const read = async (cursor: string | null) =>
    call('activity.list', {
      params: { projectId },
      query: {
        ...(filter.person === null ? {} : { person: filter.person }),
        ...(filter.kind === null ? {} : { kind: filter.kind }),
        ...(cursor === null ? {} : { cursor }),
      },
    });

  async function attempt(work: () => Promise<Feed>) {
    if (running.current) return;
    running.current = true;
    try {
      setFeed(await work());
      setError(null);
    } catch (cause) {
      setError(wordsFor(cause));
    } finally {
      running.current = false;
      setLoading(false);
    }
  }

  const loadEarlier = () => {
    setLoading(true);
    return attempt(async () => {
      const { items, nextCursor } = await read(feed.cursor);
      return { ...feed, events: [...feed.events, ...items], cursor: nextCursor };
    });
  };

  /** The newest page, put before what is there already; where it does not reach that, it stands alone. */
  const loadNewest = () =>
    attempt(async () => {
      const upTo = lastEventId;
      const { items, nextCursor } = await read(null);
      const last = items.at(-1)?.id ?? 0;
      const meets = isCurrent && feed.events.some(({ id }) => id >= last);
      const older = meets ? feed.events.filter(({ id }) => id < last) : [];
      return { filter, upTo, events: [...items, ...older], cursor: meets ? feed.cursor : nextCursor };
    });

  const follow = useEffectEvent(() => {
    if (!isCurrent || lastEventId > feed.upTo) void loadNewest();
  });
  // Also when a read has ended: what came in meanwhile is read then.
  const { person, kind } = filter;
  useEffect(() => {
    if (lastEventId >= 0 && feed.upTo >= 0 && person !== '' && kind !== undefined) follow();
  }, [lastEventId, feed, person, kind]);

  return {
    events: isCurrent ? feed.events : [],
    hasEarlier: isCurrent && feed.cursor !== null,
    loadEarlier,
    loading: loading || !isCurrent,
    error,
  };
}
