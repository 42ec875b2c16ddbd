import { describe, expect, it } from 'vitest';
import { EDITOR, mutate } from '@/bench/anchoring/mutate';
import { count, emptyTally, type Tally } from '@/bench/anchoring/tally';
import { readTexts } from '@/bench/anchoring/texts';
import { chance } from '@/bench/reader/article';
import { anchor, indexText } from '@/lib/anchoring/anchor';
import { carry } from '@/lib/anchoring/carry';
import { describe as describePassage } from '@/lib/anchoring/describe';

const texts = readTexts(console.info);

/** The sample alone is edited so often that it gives passages enough. */
const ROUNDS = texts.length > 1 ? 3 : 40;

/** Our own sample and, where they are present, the saved pages, edited several times each. */
function measure(): { carried: Tally; anchored: Tally } {
  const carried = emptyTally();
  const anchored = emptyTally();
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const { text, story } of texts) {
      const sentences =
        texts.length > 1
          ? texts
              .filter((other) => other.story !== story)
              .flatMap((other) => other.text.split(/(?<=[.!?])\s+/))
              .filter((sentence) => sentence.length > 20 && sentence.length < 300 && !sentence.includes('\n'))
          : ['Nothing further was learnt by the evening.', 'A second vote is planned for next week.'];
      const words = text.match(/\p{L}+/gu) ?? [];
      const edited = mutate(text, { words, sentences }, EDITOR, 30, chance(round * 104_729 + text.length));
      const outcomes = carry(
        edited.old,
        edited.new,
        edited.cases.map(({ span }) => span),
      );
      const index = indexText(edited.new);
      edited.cases.forEach(({ span, truth, untouched }, each) => {
        const outcome = outcomes[each];
        count(carried, truth, outcome !== undefined && 'span' in outcome ? outcome.span : null, untouched);
        const gone = truth === 'gone' && edited.new.includes(edited.old.slice(span.start, span.end));
        const found = anchor(index, describePassage(edited.old, span));
        count(anchored, gone ? null : truth, 'span' in found ? found.span : null, untouched);
      });
    }
  }
  return { carried, anchored };
}

describe('Passages of edited articles', () => {
  const { carried, anchored } = measure();

  it('are all found, and exactly, where nobody touched them', () => {
    expect(carried.untouched).toBeGreaterThan(20);
    expect(carried.untouchedRight).toBe(carried.untouched);
    expect(anchored.untouchedRight).toBe(anchored.untouched);
  });

  it('go to the right place when the old version is known, and hardly ever to a wrong one', () => {
    expect(carried.right / carried.present).toBeGreaterThan(0.99);
    expect(carried.wrong / carried.present).toBeLessThan(0.01);
    expect(carried.falsely / carried.gone).toBeLessThan(0.015);
    expect(carried.exact / carried.present).toBeGreaterThan(0.94);
  });

  it('are mostly found by their selectors alone, and hardly ever at a wrong place', () => {
    expect(anchored.right / anchored.present).toBeGreaterThan(0.94);
    expect(anchored.wrong / anchored.present).toBeLessThan(0.02);
    expect(anchored.falsely / anchored.gone).toBeLessThan(0.02);
  });
});
