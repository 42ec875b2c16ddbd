import * as Y from 'yjs';
import type { DocumentView } from './document-view';
import { LIMITS } from './limits';

/** The part of an update's deletions that stands. */
export type Deletions = {
  /** Three numbers each: the client, the first clock, the clock after the last. */
  readonly ranges: readonly number[];
  /** It is not all of them: some are done already, or something was not there to be deleted. */
  readonly isPart: boolean;
  /** Something was not there to be deleted, or it was too much at once. */
  readonly gap: boolean;
};

/**
 * Keeps the deletions of what exists and is not deleted. One of what is yet to come would wait in the document, and
 * eat what its writer types next. `state` is the clock a client will have once the structs of the update are in.
 */
export function existing(
  view: DocumentView,
  given: readonly number[],
  state: (client: number) => number,
  isStored = false,
): Deletions {
  const ranges: number[] = [];
  let isPart = false;
  let gap = false;
  for (let at = 0; at < given.length; at += 3) {
    const [client, clock, end] = [given[at] ?? 0, given[at + 1] ?? 0, given[at + 2] ?? 0];
    const there = Math.min(end, state(client));
    if (there < end) gap = true;
    if (there <= clock || isDeleted(view, client, clock, there)) {
      isPart = true;
      continue;
    }
    if (!isStored && ranges.length >= LIMITS.deletions * 3) {
      gap = true;
      isPart = true;
      break;
    }
    if (there < end) isPart = true;
    ranges.push(client, clock, there);
  }
  return { ranges, isPart, gap };
}

/** Whether the document has all of these ticks, and none of them is left. */
function isDeleted(view: DocumentView, client: number, clock: number, end: number): boolean {
  if (end > view.state(client)) return false;
  const structs = view.structs(client);
  for (let index = view.indexOf(structs, clock); index >= 0 && index < structs.length; index++) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) return true;
    if (struct instanceof Y.Item && !struct.deleted) return false;
  }
  return true;
}
