import * as Y from 'yjs';
import { couldBeBetween } from './between';
import type { DocumentView } from './document-view';
import { areNeighbours } from './spot';
import type { Struct } from './struct';

const LONGEST_WALK = 10_000;
const LONGEST_WALKS = 1_000_000;

class TooFar extends Error {}

/**
 * Whether each of these stands between its neighbours in the document, where it could have been made. Where not, the
 * document looks different once it is loaded again, so it must be thrown away.
 */
export function areInOrder(view: DocumentView, structs: readonly Struct[]): boolean {
  let steps = LONGEST_WALKS;
  for (const struct of structs) {
    const left = view.find(struct.leftClient, struct.leftClock);
    const right = view.find(struct.rightClient, struct.rightClock);
    // Beside what is deleted for good it came to stand nowhere.
    if (!(left instanceof Y.Item) || !(right instanceof Y.Item)) continue;
    if (areNeighbours(left, struct.leftClock, right, struct.rightClock)) continue;
    let walked = 0;
    try {
      const fits = couldBeBetween(left, struct.leftClock, right, struct.rightClock, () => {
        if (++walked > LONGEST_WALK || --steps < 0) throw new TooFar();
      });
      if (!fits) return false;
    } catch (error) {
      if (error instanceof TooFar) return false;
      throw error;
    }
  }
  return true;
}
