'use client';
import { useEffect, useState } from 'react';
import { useProject } from './project-context';

/** ms after the last news before lists are read anew. */
const REST = 400;

/** The newest event of the project, once nothing has come for a moment: lists that the store does not keep are read anew then. */
export function useRested(rest = REST): number {
  const newest = useProject((state) => state.lastEventId);
  const [rested, setRested] = useState(newest);
  useEffect(() => {
    const timer = setTimeout(() => setRested(newest), rest);
    return () => clearTimeout(timer);
  }, [newest, rest]);
  return rested;
}
