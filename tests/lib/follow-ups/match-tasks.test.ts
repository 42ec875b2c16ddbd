import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTasks } from '@/lib/follow-ups/match-tasks';

describe('The task behind a follow-up', () => {
  it('is the one with its words, and of several with the same words each', () => {
    expect(matchTasks(['Ring Berg', 'Ask the port', 'Ring Berg'], ['Ring Berg'])).toEqual([0, null, 0]);
  });

  it('stays it when its words are mended, and the others stay without', () => {
    const tasks = ['Ask the ports authority for the full report', 'Buy stamps', 'Ring Karl Berg again'];
    expect(matchTasks(tasks, ['Ring Berg again', 'Ask the port authority for the report'])).toEqual([
      1,
      null,
      0,
    ]);
  });

  it('is no other task that happens to share a word', () => {
    expect(matchTasks(['Ask the mayor'], ['Ask the port authority for the report'])).toEqual([null]);
  });

  it('is never the same quote for two tasks that were mended, nor for one beside the task that still has its words', () => {
    expect(matchTasks(['Ring Berg on Monday', 'Ring Berg on Tuesday'], ['Ring Berg'])).toEqual([0, null]);
    expect(matchTasks(['Ring Berg', 'Ring Berg soon'], ['Ring Berg'])).toEqual([0, null]);
  });

  it('keeps exact matches whatever else there is', () => {
    const texts = fc.array(fc.constantFrom('Ring Berg', 'Ring Karl Berg', 'Ask the port', 'Ask', ''), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(texts, texts, (tasks, quotes) => {
        const found = matchTasks(tasks, quotes);
        expect(found).toHaveLength(tasks.length);
        for (const [at, words] of tasks.entries())
          if (quotes.includes(words)) expect(quotes[found[at] as number]).toBe(words);
      }),
      { seed: 20261127 },
    );
  });
});
