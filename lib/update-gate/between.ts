import * as Y from 'yjs';
import type { Spot } from './spot';
import { Struct } from './struct';

/*
 * An item names the two neighbours it was made between. Whoever made it saw them side by side, and whatever they in turn
 * were made beside. So what the right one was put after cannot lie between the two, nor what the left one was put
 * before. Where it does, nobody ever saw such a document, and Yjs places the item differently in each copy of it.
 */

/** Whether something could have been put first in a list, before this. */
export function couldBeFirst(right: Spot, rightClock: number): boolean {
  if (right instanceof Struct) return rightClock === right.clock && right.leftClient === -1;
  return !(right instanceof Y.Item) || (rightClock === right.id.clock && right.origin === null);
}

/** Whether something could have been put last in a list, after this. */
export function couldBeLast(left: Spot): boolean {
  if (left instanceof Struct) return left.rightClient === -1;
  return !(left instanceof Y.Item) || left.rightOrigin === null;
}

/**
 * Whether something could have been put between these two items of one list. `step` is called for each item that stands
 * between them, and may throw.
 */
export function couldBeBetween(
  left: Y.Item,
  leftClock: number,
  right: Y.Item,
  rightClock: number,
  step: () => void,
): boolean {
  if (left === right) return rightClock === leftClock + 1;
  if (rightClock > right.id.clock) return false;
  const after = right.origin;
  const before = left.rightOrigin;
  if (after !== null && after.clock > leftClock && holds(left, after)) return false;
  let at = left.right;
  while (at !== null && at !== right) {
    step();
    if (after !== null && holds(at, after)) return false;
    if (before !== null && holds(at, before)) return false;
    at = at.right;
  }
  return at === right;
}

function holds(item: Y.Item, { client, clock }: Y.ID): boolean {
  return item.id.client === client && clock >= item.id.clock && clock < item.id.clock + item.length;
}
