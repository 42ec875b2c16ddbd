'use client';
import { useEffect } from 'react';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import { useActions } from '../live/project-context';
import { usePass } from '../passes/use-pass';

/** Puts a source into the open project, and tells the others that one is at it, unless one codes there in a blind pass. */
export function useOpenSource(snapshot: SourceSnapshot): void {
  const actions = useActions();
  useEffect(() => actions.loadSource(snapshot), [actions, snapshot]);
  const { isHidden } = usePass(snapshot.source.id);
  useEffect(() => {
    actions.setWhereabouts({ sourceId: snapshot.source.id, noteId: null, hidden: isHidden });
    return () => actions.setWhereabouts({ sourceId: null, noteId: null, hidden: false });
  }, [actions, snapshot.source.id, isHidden]);
}
