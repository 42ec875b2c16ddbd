import * as Y from 'yjs';
import type { DocumentView } from './document-view';
import { Refusal } from './refusal';
import { type Holder, KIND, Struct } from './struct';

/** What an id leads to: something that is in the document, or that comes with the same update. */
export type Spot = Y.Item | Y.GC | Struct;

/** Where it stands; null when that is deleted for good, and so will be what is put beside it. */
export function holderOf(view: DocumentView, spot: Spot): Holder | null {
  if (spot instanceof Struct) return spot.holder;
  return spot instanceof Y.Item ? view.holderOf(spot) : null;
}

/** The attribute it is a value of, if it is one. */
export function keyOf(spot: Spot): string | null {
  if (spot instanceof Struct) return spot.key;
  return spot instanceof Y.Item ? spot.parentSub : null;
}

/** The type it is, as what holds others; null when that is deleted for good. Refuses what can hold nothing. */
export function innerOf(view: DocumentView, spot: Spot): Holder | null {
  if (spot instanceof Struct) {
    if (spot.kind === KIND.type) return spot.inner;
    if (spot.kind === KIND.gc || spot.kind === KIND.deleted || spot.holder === null) return null;
  } else if (spot instanceof Y.Item) {
    if (spot.content instanceof Y.ContentType) return view.holder(spot.content.type);
    if (spot.content instanceof Y.ContentDeleted) return null;
  } else {
    return null;
  }
  throw new Refusal('a parent that can have no children');
}

/** Whether nothing will stand between two neighbours of a list, as far as the document goes. */
export function areNeighbours(left: Y.Item, leftClock: number, right: Y.Item | null, rightClock: number) {
  if (leftClock < left.id.clock + left.length - 1) {
    return right === left && rightClock === leftClock + 1;
  }
  return left.right === right && (right === null || rightClock === right.id.clock);
}
