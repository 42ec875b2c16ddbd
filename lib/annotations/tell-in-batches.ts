import type { Annotation } from './annotation';

/** Most annotations that one event tells of, and most UTF-16 units of them as JSON. */
const MOST = 50;
const LONGEST = 256 * 1024;

/** Cuts annotations into batches that each make an event of a size a live socket takes well, in their order; one when asked. */
export function* batchesOf(annotations: readonly Annotation[]): Generator<Annotation[]> {
  let batch: Annotation[] = [];
  let size = 0;
  for (const annotation of annotations) {
    const length = JSON.stringify(annotation).length;
    if (batch.length > 0 && (batch.length >= MOST || size + length > LONGEST)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(annotation);
    size += length;
  }
  if (batch.length > 0) yield batch;
}
