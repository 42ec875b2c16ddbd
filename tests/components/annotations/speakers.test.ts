import { expect, test } from 'vitest';
import { suggestSpeakers } from '@/components/annotations/speakers';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { annotationOf } from '../live/project-fixture';

const suggest = (text: string, passage: string, quotes: Parameters<typeof suggestSpeakers>[2] = []) => {
  const start = text.indexOf(passage);
  return suggestSpeakers(text, { start, end: start + passage.length }, quotes);
};
const quoteBy = (speaker: string) =>
  annotationOf({ motivation: 'quoting', quote: { ...EMPTY_QUOTE, speaker } });

test('the name beside a word of saying is proposed, the nearest first', () => {
  const text =
    'Maria de Souza told the board. “We never saw it,” said Tom Becker, a spokesman. The agency did not reply.';
  expect(suggest(text, 'We never saw it').slice(0, 2)).toEqual(['Tom Becker', 'Maria de Souza']);
});

test('a word that only begins a sentence is no name', () => {
  expect(suggest('They said “no”. But the mayor said “yes”.', 'yes')).toEqual([]);
});

test('a name ends where its sentence ends, but not at a title or an initial', () => {
  const text = 'It was obtained by the Herald. Dr. Mary J. Stone said it was “true”.';
  expect(suggest(text, 'true')).toEqual(['Dr. Mary J. Stone']);
});

test('a speaker known from earlier quotes who is named nearby comes first, others last', () => {
  const text = '“It works,” Becker said. Anna Lind added that it was cheap.';
  expect(suggest(text, 'It works', [quoteBy('Tom Becker'), quoteBy('Paul Rahn')])).toEqual([
    'Tom Becker',
    'Becker',
    'Anna Lind',
    'Paul Rahn',
  ]);
});

test('a long text without a name is read quickly', () => {
  const text = 'A'.repeat(200_000);
  const before = performance.now();
  suggestSpeakers(text, { start: 100_000, end: 100_100 }, []);
  expect(performance.now() - before).toBeLessThan(500);
});
