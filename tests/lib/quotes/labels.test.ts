import { describe, expect, it } from 'vitest';
import { findQuotes } from '@/lib/quotes/find-quotes';
import { hasInputs } from '../../support/inputs';
import { LABELS } from './labels';
import { readPage, scoreOf, sumOf } from './measure';

describe.skipIf(!hasInputs)('The quotations of an article and ten saved pages', () => {
  const scores = hasInputs
    ? LABELS.map((labels) => {
        const { text, language } = readPage(labels.page);
        return { half: labels.half, score: scoreOf(labels, text, findQuotes(text, { language })) };
      })
    : [];

  it.each(['chosen', 'reported', 'all'] as const)(
    'are found, with the right speaker and hardly anything else: %s',
    (half) => {
      const sum = sumOf(
        half,
        scores.filter((row) => half === 'all' || row.half === half).map(({ score }) => score),
      );
      const { missed, mistaken, extra } = sum;
      expect(sum.quotations).toBeGreaterThan(30);
      expect(sum.found / sum.quotations, JSON.stringify({ missed })).toBeGreaterThanOrEqual(0.95);
      expect(sum.right / sum.quotations, JSON.stringify({ missed, mistaken })).toBeGreaterThanOrEqual(0.85);
      expect(sum.wrong / sum.quotations, JSON.stringify({ extra })).toBeLessThanOrEqual(0.05);
      expect(sum.apart).toBe(0);
    },
  );

  it('that are split are one proposal with a span for each piece', () => {
    for (const { page, pieces } of LABELS.filter(({ pieces }) => pieces.length > 0)) {
      const { text, language } = readPage(page);
      const later = findQuotes(text, { language }).flatMap(({ spans }) => spans.slice(1));
      for (const words of pieces)
        expect(
          later.some(({ start }) => text.startsWith(words, start)),
          `${page}: ${words}`,
        ).toBe(true);
    }
  });
});
