'use client';
import { useEffect } from 'react';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import { useActions } from '../live/project-context';

/** Puts a source into the open project, and tells the others that one is at it. */
export function useOpenSource(snapshot: SourceSnapshot): void {
  const actions = useActions();
  useEffect(() => actions.loadSource(snapshot), [actions, snapshot]);
  useEffect(() => {
    actions.setWhereabouts({ sourceId: snapshot.source.id, noteId: null });
    return () => actions.setWhereabouts({ sourceId: null, noteId: null });
  }, [actions, snapshot.source.id]);
}
