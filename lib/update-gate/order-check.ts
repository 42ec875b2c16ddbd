import * as Y from 'yjs';
import type { DocumentView } from './document-view';
import type { Struct } from './struct';

const LONGEST_WALK = 10_000;
const LONGEST_WALKS = 1_000_000;

/**
 * Whether each of these stands between its neighbours in the document: from the left one, the right one is met by
 * going right. Where not, the document looks different once it is loaded again, so it must be thrown away.
 */
export function areInOrder(view: DocumentView, structs: readonly Struct[]): boolean {
  let steps = LONGEST_WALKS;
  for (const struct of structs) {
    const left = view.find(struct.leftClient, struct.leftClock);
    const right = view.find(struct.rightClient, struct.rightClock);
    // Beside what is deleted for good it came to stand nowhere.
    if (!(left instanceof Y.Item) || !(right instanceof Y.Item)) continue;
    if (left === right) {
      if (struct.rightClock <= struct.leftClock) return false;
      continue;
    }
    let at = left.right;
    let walked = 0;
    while (at !== null && at !== right && ++walked < LONGEST_WALK) at = at.right;
    steps -= walked;
    if (at !== right || steps < 0) return false;
  }
  return true;
}
