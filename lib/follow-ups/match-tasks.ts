import { likeness } from '../anchoring/alike';
import { cut } from '../words/shorten';
import { MOST_QUOTED } from './state';

/** From here on a task is the one that raised a follow-up, with words changed since. */
const SAME_TASK = 0.5;

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How much two short texts say the same: twice the words they share, in any form near enough, over all their words (Dice). */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  let shared = 0;
  for (const word of a) {
    const best = left
      .map((other, at) => ({ at, alike: likeness(word, other) }))
      .reduce((most, one) => (one.alike > most.alike ? one : most), { at: -1, alike: 0 });
    if (best.at < 0) continue;
    shared += best.alike;
    left.splice(best.at, 1);
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}

/**
 * Which of the quotes that follow-ups keep of their tasks stands behind each task of a note, by its index; null where none does.
 * All tasks with the very words have theirs; a quote that is left over goes to the one task without that says most of the same, as
 * a task stays the same one when its words are mended. `tasks` are the words of tasks as they are now.
 */
export function matchTasks(tasks: readonly string[], quotes: readonly string[]): (number | null)[] {
  const found = tasks.map((words) => {
    const at = quotes.indexOf(cut(words, MOST_QUOTED));
    return at < 0 ? null : at;
  });
  const taken = new Set(found);
  const left = quotes.flatMap((quoted, quote) =>
    taken.has(quote) ? [] : [{ quote, said: wordsOf(quoted) }],
  );
  const pairs = tasks.flatMap((words, task) => {
    if (found[task] !== null || left.length === 0) return [];
    const now = wordsOf(cut(words, MOST_QUOTED));
    return left.flatMap(({ quote, said }) => {
      const alike = sharedWords(said, now);
      return alike < SAME_TASK ? [] : [{ task, quote, alike }];
    });
  });
  for (const { task, quote } of pairs.sort((a, b) => b.alike - a.alike || a.task - b.task)) {
    if (found[task] !== null || taken.has(quote)) continue;
    found[task] = quote;
    taken.add(quote);
  }
  return found;
}
