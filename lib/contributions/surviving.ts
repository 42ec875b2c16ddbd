import * as Y from 'yjs';
import type { Came } from './pastes';

/** Letters of a note that are still there. */
export type Surviving = {
  readonly letters: number;
  /** So many of them came in at once. */
  readonly atOnce: number;
};

/**
 * How many letters (UTF-16 units) of each client's text a document still has, and how many of them are among those that came
 * at once. Deleted text counts for nobody.
 */
export function survivingLetters(root: Y.XmlFragment, atOnce: readonly Came[]): Map<number, Surviving> {
  const found = new Map<number, { letters: number; atOnce: number }>();
  const came = new Map<number, Came[]>();
  for (const one of atOnce) came.set(one.clientId, [...(came.get(one.clientId) ?? []), one]);
  const read = (item: Y.Item) => {
    const { client, clock } = item.id;
    const known = found.get(client) ?? { letters: 0, atOnce: 0 };
    known.letters += item.length;
    known.atOnce += overlap(clock, clock + item.length, came.get(client) ?? []);
    found.set(client, known);
  };
  const walk = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlText) {
        for (let item = child._start; item !== null; item = item.right)
          if (!item.deleted && item.content instanceof Y.ContentString) read(item);
      } else if (child instanceof Y.XmlElement) walk(child);
    }
  };
  walk(root);
  return found;
}

/** How many of the letters from `start` to `end` are in any of these ranges; the same letters in two of them count once. */
function overlap(start: number, end: number, ranges: readonly Came[]): number {
  let [count, reached] = [0, start];
  for (const { clock, length } of [...ranges].sort((one, other) => one.clock - other.clock)) {
    const from = Math.max(reached, clock);
    const to = Math.min(end, clock + length);
    if (to > from) {
      count += to - from;
      reached = to;
    }
  }
  return count;
}
