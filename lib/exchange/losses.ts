import { z } from 'zod';

/** What a format can't hold, or an import can't take in: one line of a loss report. */
export const Loss = z.object({
  /** What is lost, in words for a person: "Who is quoted". */
  what: z.string(),
  /** Why, and what to do about it. */
  why: z.string(),
  count: z.int().min(1),
  /** The first of them, by their names or words. */
  examples: z.array(z.string()),
});
export type Loss = z.infer<typeof Loss>;

/** All that a format could not hold. Empty: it holds everything. */
export const LossReport = z.object({ losses: z.array(Loss) });
export type LossReport = z.infer<typeof LossReport>;

const EXAMPLES = 3;
const LONGEST = 120;

/** Counts what is lost while something is written or read. */
export class Losses {
  readonly #found = new Map<string, { why: string; count: number; examples: string[] }>();

  /** One more of a kind of loss. */
  add(what: string, why: string, example: string): void {
    const known = this.#found.get(what) ?? { why, count: 0, examples: [] };
    known.count += 1;
    const words = example.replace(/\s+/g, ' ').trim();
    if (known.examples.length < EXAMPLES && words !== '')
      known.examples.push(words.length > LONGEST ? `${words.slice(0, LONGEST).toWellFormed()}…` : words);
    this.#found.set(what, known);
  }

  /** What was counted so far, the most frequent first. */
  report(): LossReport {
    const losses = [...this.#found].map(([what, rest]) => ({ what, ...rest }));
    return { losses: losses.sort((a, b) => b.count - a.count || a.what.localeCompare(b.what)) };
  }
}
