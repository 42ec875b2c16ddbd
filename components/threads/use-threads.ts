'use client';
import { useEffect, useMemo } from 'react';
import { isAbout, isStanding, type ThreadTarget } from '@/lib/threads/about';
import type { Thread } from '@/lib/threads/thread';
import { useActions, useProject } from '../live/project-context';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';

/**
 * The discussions of one thing, oldest first; those of a mark come with its source, all others are read when they are first
 * shown, and follow live from then on.
 */
export function useThreads({ type, id }: ThreadTarget): { threads: Thread[]; error: string | null } {
  const { threads, projectId } = useProject((state) => ({
    threads: state.threads,
    projectId: state.project.id,
  }));
  const { learn } = useActions();
  const read = useCall(async (signal) => {
    if (type === 'annotation') return [];
    const query = { [type]: id, limit: 500 };
    return (await call('thread.list', { params: { projectId }, query, signal })).items;
  }, `${type} ${id}`);
  const { data } = read;
  useEffect(() => {
    if (data !== null && data.length > 0) learn({ threads: data });
  }, [data, learn]);
  const found = useMemo(
    () =>
      [...threads.values()]
        .filter((thread) => isAbout(thread, { type, id }) && isStanding(thread))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    [threads, type, id],
  );
  return { threads: found, error: read.error };
}
