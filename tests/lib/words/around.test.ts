import { expect, it } from 'vitest';
import { firstWords, lastWords } from '@/lib/words/around';

it('The words around a passage are whole words, and say where some were left out', () => {
  const text = 'She runs the authority. Engineers found cracks ';
  expect(lastWords(text, 100)).toBe(text);
  expect(lastWords(text, 20)).toBe('… found cracks ');
  expect(firstWords(' in two of the nine piers', 100)).toBe(' in two of the nine piers');
  expect(firstWords(' in two of the nine piers', 13)).toBe(' in two of …');
  expect(firstWords('Donaudampfschiff', 5)).toBe('Donau …');
  expect([firstWords('😀😀😀', 3), lastWords('😀😀😀', 3)]).toEqual(['😀 …', '…😀']);
  expect(lastWords('Donaudampfschiff', 6)).toBe('…schiff');
});
