'use client';
import { useMemo } from 'react';
import type { Decision } from '@/lib/adjudication/decision';
import { useActions, useProject } from '../live/project-context';
import { useChanges } from '../live/use-changes';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';

/** ms after the last news before the queue is laid out anew. */
const REST = 800;

/**
 * Where the coders of a pass differ, and what stands about it now: decisions of others come in live, and the queue is read
 * anew when marks, texts or the pass itself change.
 */
export function useAdjudication(passId: string) {
  const { learn } = useActions();
  const { projectId, decisions } = useProject((state) => ({
    projectId: state.project.id,
    decisions: state.decisions,
  }));
  const changes = useChanges(
    ({ annotations, sources, passes }) => ({ annotations, sources, pass: passes.get(passId) }),
    REST,
  );
  const { data, error } = useCall(async (signal) => {
    const read = await call('adjudication.get', { params: { projectId, passId }, signal });
    learn({ decisions: read.decisions });
    return read;
  }, `${passId} ${changes}`);
  const standing = useMemo(() => {
    const mine = [...decisions.values()].filter((one) => one.passId === passId && one.undone === null);
    // Until the server answers, what is replaced stands beside what replaces it: the newer holds.
    return new Map<string, Decision>(
      mine.sort((a, b) => (a.id < b.id ? -1 : 1)).map((one) => [one.key, one]),
    );
  }, [decisions, passId]);
  return { read: data, error, standing };
}
