import { describe, expect, it } from 'vitest';
import { chainFault, EMPTY_QUOTE, MOST_LINKS, storedQuote } from '@/lib/annotations/attribution';
import type { ChainLink } from '@/lib/annotations/quote';
import { newId } from '@/lib/new-id';

const [here, other, speakerId] = [newId(), newId(), newId()];
const link = (over: Partial<ChainLink>): ChainLink => ({
  role: 'document',
  label: '',
  sourceId: null,
  speakerId: null,
  ...over,
});

describe('A chain', () => {
  it('may name things, sources and speakers, each once, in any order', () => {
    const chain = [
      link({ label: 'a draft' }),
      link({ sourceId: other }),
      link({ speakerId }),
      link({ label: 'a draft' }),
    ];
    expect(chainFault(chain, here)).toBeNull();
    expect(chainFault([...chain].reverse(), here)).toBeNull();
  });

  it.each<[string, ChainLink[], string]>([
    ['a link that says nothing', [link({ label: 'x' }), link({})], 'Link 2 of the chain says nothing'],
    ['a link that is two things', [link({ sourceId: other, speakerId })], 'a source and a speaker'],
    ['the source that is read', [link({ sourceId: here })], 'the source itself'],
    ['a source twice', [link({ sourceId: other }), link({ sourceId: other })], 'Link 2 of the chain stands'],
    ['a speaker twice', [link({ speakerId }), link({ speakerId })], 'stands in the chain already'],
    [
      'too many links',
      Array.from({ length: MOST_LINKS + 1 }, () => link({ label: 'x' })),
      `${MOST_LINKS} links`,
    ],
  ])('can’t hold %s, and says what to do', (_, chain, words) => {
    expect(chainFault(chain, here)).toContain(words);
  });
});

describe('The row of a quote', () => {
  it('holds no name of anybody who has a record', () => {
    const chain = [link({ role: 'speaker', label: 'Xanadu', speakerId })];
    const row = storedQuote({ ...EMPTY_QUOTE, speaker: 'Xanadu', written: 'Xanadu', chain });
    expect(JSON.stringify(row)).not.toContain('Xanadu');
  });

  it('is hedged as soon as a word hedges it, each word once', () => {
    const row = storedQuote({ ...EMPTY_QUOTE, hedges: ['reportedly', 'Reportedly', 'allegedly'] });
    expect(row).toMatchObject({ hedged: true, hedges: ['reportedly', 'allegedly'] });
    expect(storedQuote({ ...EMPTY_QUOTE, hedged: true }).hedges).toEqual([]);
  });
});
