import { useEffect } from 'react';
import { call } from '../ui/http';
import type { ProjectStore } from './project-store';
import { readRest } from './read-rest';

const AGAIN_AFTER_MS = 3_000;
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));

/** Reads what the project's first snapshot did not hold, once the page is there. */
export function useRest(store: ProjectStore): void {
  useEffect(() => {
    let isOver = false;
    readRest({ store, call, pause }, () => isOver).catch(reportError);
    return () => {
      isOver = true;
    };
  }, [store]);
}
