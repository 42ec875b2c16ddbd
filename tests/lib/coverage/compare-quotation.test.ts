import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareQuotation } from '@/lib/coverage/compare-quotation';
import { lettersOf } from '@/lib/coverage/letters';

const ARTICLE =
  'The harbour bridge was closed on Monday. “It has cracks – many of them – and it isn’t safe,” Karl Berg, the engineer, said. ' +
  'The town will vote in May. “We never saw the report before the vote, and nobody told us,” said Lund.';
const inArticle = (words: string) => compareQuotation(words, [{ id: 'article', text: ARTICLE }]);

describe('A quotation compared letter by letter with its source', () => {
  it.each([
    ['as it stands there', 'It has cracks – many of them', 'same'],
    ['set with other quotes, dashes and blanks', "It  has cracks - many of them - and it isn't safe", 'same'],
    ['with the point that the sentence round it puts inside', 'It has cracks.', 'same'],
    ['with what was left out shown', 'It has cracks … and it isn’t safe', 'cut'],
    ['with what was put in shown', 'We never saw the report [of 2024] before the vote', 'cut'],
    ['with dots in brackets', 'We never saw the report […] and nobody told us', 'cut'],
    ['with another word', 'It has cracks – some of them – and it isn’t safe', 'differs'],
    ['with a word left out in silence', 'It has cracks – many – and it isn’t safe', 'differs'],
    ['with another case', 'it has cracks – many of them', 'differs'],
    ['with its pieces turned round', 'and it isn’t safe … It has cracks', 'missing'],
    ['that nobody said', 'The moon is made of green cheese', 'missing'],
  ])('%s', (_how, words, result) => {
    expect(inArticle(words).result).toBe(result);
  });

  it('says in which letters it differs', () => {
    const { parts, passageId } = inArticle('It has cracks – some of them – and it isn’t safe');
    expect(passageId).toBe('article');
    expect(parts.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', words: 'many' },
      { kind: 'added', words: 'some' },
    ]);
  });

  it('takes the first passage that has it before a later one, and any that has it before one that is only like it', () => {
    const passages = [
      { id: 'like', text: 'It has many cracks' },
      { id: 'first', text: 'So it was: It has cracks' },
      { id: 'second', text: 'It has cracks' },
    ];
    expect(compareQuotation('It has cracks', passages)).toMatchObject({ result: 'same', passageId: 'first' });
  });

  it('finds every stretch of a text in it, and no stretch with a letter more', () => {
    fc.assert(
      fc.property(fc.nat(ARTICLE.length - 1), fc.integer({ min: 1, max: 80 }), (start, length) => {
        const words = ARTICLE.slice(start, start + length);
        fc.pre(/[\p{L}]/u.test(words) && !/[…[\]]/u.test(words));
        expect(inArticle(words).result).toBe('same');
        expect(inArticle(`${words}x`).result === 'same').toBe(ARTICLE.includes(`${words}x`));
      }),
    );
  });

  it('folds texts so that every folded unit leads back into the text, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { folded, at } = lettersOf(text);
        expect(at).toHaveLength(folded.length + 1);
        expect(at.at(-1)).toBe(text.length);
        expect([...at].sort((a, b) => a - b)).toEqual(at);
        expect(lettersOf(folded).folded).toBe(folded);
      }),
    );
  });
});
