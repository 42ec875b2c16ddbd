'use client';
import { useEffect, useState } from 'react';
import { useProject } from './project-context';
import type { ProjectState } from './project-state';

/** How often a part of the open project has changed and then stood still for `rest` ms: what hangs on it is read anew then. */
export function useChanges<T>(select: (state: ProjectState) => T, rest: number): number {
  const now = useProject(select);
  const [seen, setSeen] = useState({ part: now, times: 0 });
  useEffect(() => {
    if (seen.part === now) return;
    const timer = setTimeout(() => setSeen(({ times }) => ({ part: now, times: times + 1 })), rest);
    return () => clearTimeout(timer);
  }, [now, seen, rest]);
  return seen.times;
}
