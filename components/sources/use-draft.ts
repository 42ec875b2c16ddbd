'use client';

import { useEffect, useRef, useState } from 'react';
import { type Draft, keepDraft, readDraft } from './draft';

const PAUSE_MS = 300;

/** What is typed, kept in this tab: it survives closing the dialog, a failure and a reload. */
export function useDraft(projectId: string) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(sessionStorage, projectId));
  const [fits, setFits] = useState(true);
  const latest = useRef(draft);
  const dirty = useRef(false);

  useEffect(() => {
    const keep = () => {
      if (!dirty.current) return;
      dirty.current = false;
      setFits(keepDraft(sessionStorage, projectId, latest.current));
    };
    const timer = setInterval(keep, PAUSE_MS);
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [projectId]);

  const change = (part: Partial<Draft>) => {
    latest.current = { ...latest.current, ...part };
    dirty.current = true;
    setDraft(latest.current);
  };
  return { draft, change, fits };
}
