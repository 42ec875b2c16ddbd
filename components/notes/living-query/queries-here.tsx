'use client';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { ShownQueries } from './query-node';

const LivingQueries = lazy(() =>
  import('./living-queries').then((module) => ({ default: module.LivingQueries })),
);

/** Draws the living queries of a note; their code comes with the first one. */
export function QueriesHere({
  queries,
  noteId,
  writable,
}: {
  queries: ShownQueries;
  noteId: string;
  writable: boolean;
}) {
  const shown = useSyncExternalStore(queries.subscribe, queries.read, queries.read);
  if (shown.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <LivingQueries shown={shown} noteId={noteId} writable={writable} />
    </Suspense>
  );
}
