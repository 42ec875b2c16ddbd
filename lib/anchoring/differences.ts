import type { Comparison } from './compare';
import type { Span } from './describe';

/** One stretch of a comparison: what is `same`, `moved` to here from elsewhere, `added` or `removed`. Spans are UTF-16 units, end exclusive. */
export type Difference =
  | { readonly kind: 'same' | 'moved'; readonly old: Span; readonly new: Span }
  | { readonly kind: 'added'; readonly new: Span }
  | { readonly kind: 'removed'; readonly old: Span };

/**
 * What a reader sees of two versions, in the order of the new text, each removal before what stands in its place. A
 * passage that moved is told where it stands now, and not as removed. Stretches begin and end with words; `same` ones
 * may differ in punctuation, spacing, case and accents.
 */
export function differencesOf(comparison: Comparison): Difference[] {
  const { old, new: after, there, back, moved } = comparison;
  const found: Difference[] = [];
  const spanOf = ({ starts, ends }: typeof old, first: number, end: number): Span => ({
    start: starts[first] as number,
    end: ends[end - 1] as number,
  });
  let at = 0;
  const tellRemoved = (until: number) => {
    while (at < until) {
      if (there[at] !== -1) {
        at += 1;
        continue;
      }
      const first = at;
      while (at < until && there[at] === -1) at += 1;
      found.push({ kind: 'removed', old: spanOf(old, first, at) });
    }
  };
  for (let to = 0; to < after.count; ) {
    const from = back[to] as number;
    const first = to;
    if (from === -1) {
      while (to < after.count && back[to] === -1) to += 1;
      const next = nextInOrder(comparison, to);
      tellRemoved(next);
      found.push({ kind: 'added', new: spanOf(after, first, to) });
      continue;
    }
    const away = moved[from];
    if (away === 0) tellRemoved(from);
    while (to < after.count && back[to] === from + to - first && moved[from + to - first] === away) to += 1;
    const stretch = { old: spanOf(old, from, from + to - first), new: spanOf(after, first, to) };
    found.push({ kind: away === 1 ? 'moved' : 'same', ...stretch });
    if (away === 0) at = from + to - first;
  }
  tellRemoved(old.count);
  return found;
}

/** The old word that the next word of the new text in its old order stands for; the number of old words when none follows. */
function nextInOrder({ old, new: after, back, moved }: Comparison, to: number): number {
  for (let at = to; at < after.count; at += 1) {
    const from = back[at] as number;
    if (from !== -1 && moved[from] === 0) return from;
  }
  return old.count;
}
