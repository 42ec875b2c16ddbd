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
  const { threads, projectId, merges } = useProject((state) => ({
    threads: state.threads,
    projectId: state.project.id,
    // A code takes over what was said about one that is merged into it, once the server has that, and gives it back.
    merges: type === 'code' ? `${state.codes.size} ${state.waiting === 0}` : '',
  }));
  const { learn } = useActions();
  const read = useCall(async (signal) => {
    if (type === 'annotation') return [];
    const query = { [type]: id, limit: 500 };
    return (await call('thread.list', { params: { projectId }, query, signal })).items;
  }, `${type} ${id} ${merges}`);
  const { data } = read;
  useEffect(() => {
    if (data !== null && data.length > 0) learn({ threads: data });
  }, [data, learn]);
  const found = useMemo(() => {
    const listed = new Set(type === 'code' ? data?.map((thread) => thread.id) : []);
    return [...threads.values()]
      .filter((thread) => (isAbout(thread, { type, id }) || listed.has(thread.id)) && isStanding(thread))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }, [threads, type, id, data]);
  return { threads: found, error: read.error };
}
