import type { QueuedDisagreement } from './decision';

type Placed = Pick<QueuedDisagreement, 'key' | 'sourceId' | 'start' | 'end' | 'codings'>;

/**
 * What became of a disagreement in a queue that was read anew: itself; else what has one of its codings now, as a coder marked
 * more there or took something back; else what overlaps it. `undefined` where its coders differ no longer.
 */
export function sameAs<T extends Placed>(queue: readonly T[], was: Placed): T | undefined {
  const codings = new Set(was.codings.map(({ annotationId, codeId }) => `${annotationId} ${codeId}`));
  const there = queue.filter(({ sourceId }) => sourceId === was.sourceId);
  return (
    there.find(({ key }) => key === was.key) ??
    there.find((one) =>
      one.codings.some(({ annotationId, codeId }) => codings.has(`${annotationId} ${codeId}`)),
    ) ??
    there.find(({ start, end }) => start < was.end && was.start < end)
  );
}

/** The first that is not decided from a place of the queue on, beginning anew at its end; else whatever stands there. */
export function nextFrom<T extends Pick<Placed, 'key'>>(
  queue: readonly T[],
  place: number,
  isDecided: (key: string) => boolean,
): T | undefined {
  const ordered = [...queue.slice(place), ...queue.slice(0, place)];
  return ordered.find(({ key }) => !isDecided(key)) ?? queue[Math.min(place, queue.length - 1)];
}
