/** How the text that was found stands to the one that was meant: each between 0 and 1. */
export type Score = { readonly precision: number; readonly recall: number };

const WORDS_TOGETHER = 4;

/** Runs of four words, counted; a word as `\w+` of the benchmark's own program knows it. */
function shingles(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, words.length - WORDS_TOGETHER + 1); at += 1) {
    const shingle = words.slice(at, at + WORDS_TOGETHER).join(' ');
    if (shingle !== '') counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

/** How two texts of one page agree, as the article extraction benchmark of Scrapinghub counts it (`evaluate.py`). */
export function scoreOf(found: string, meant: string): Score {
  const [ours, theirs] = [shingles(found), shingles(meant)];
  let [both, more, less] = [0, 0, 0];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [mine, true_] = [ours.get(key) ?? 0, theirs.get(key) ?? 0];
    both += Math.min(mine, true_);
    more += Math.max(0, mine - true_);
    less += Math.max(0, true_ - mine);
  }
  const of = (rest: number) => (more === 0 && less === 0 ? 1 : both === 0 ? 0 : both / (both + rest));
  return { precision: of(more), recall: of(less) };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The F1 of one page, or of several: of their mean precision and their mean recall, as the benchmark has it. */
export function f1(scores: readonly Score[]): number {
  const [precision, recall] = [
    mean(scores.map((one) => one.precision)),
    mean(scores.map((one) => one.recall)),
  ];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** The mean precision and recall of pages. */
export function meanOf(scores: readonly Score[]): Score {
  return {
    precision: mean(scores.map((one) => one.precision)),
    recall: mean(scores.map((one) => one.recall)),
  };
}
