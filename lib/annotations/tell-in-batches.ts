import type { Annotation } from './annotation';

/** Most annotations that one event tells of, and most UTF-16 units of them as JSON. */
const MOST = 50;
const LONGEST = 256 * 1024;

/** Cuts annotations into batches that each make an event of a size a live socket takes well, in their order. */
export function batchesOf(annotations: readonly Annotation[]): Annotation[][] {
  const batches: Annotation[][] = [];
  let size = 0;
  for (const annotation of annotations) {
    const length = JSON.stringify(annotation).length;
    const last = batches.at(-1);
    if (last === undefined || last.length >= MOST || size + length > LONGEST) {
      batches.push([annotation]);
      size = length;
    } else {
      last.push(annotation);
      size += length;
    }
  }
  return batches;
}
