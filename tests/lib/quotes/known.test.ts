import { describe, expect, it } from 'vitest';
import { describe as selectorsOf } from '@/lib/anchoring/describe';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { findQuotes } from '@/lib/quotes/find-quotes';
import { type Accepted, knownFrom } from '@/lib/quotes/known';

const HERE = '01900000-0000-7000-8000-000000000001';
const THERE = '01900000-0000-7000-8000-000000000002';

/** A quote of a passage that was stored with a speaker. */
function accepted(text: string, words: string, speaker: string, more: Partial<Accepted> = {}): Accepted {
  const start = text.indexOf(words);
  return {
    sourceId: HERE,
    version: 1,
    selector: selectorsOf(text, { start, end: start + words.length }),
    quote: { ...EMPTY_QUOTE, speaker },
    deleted: null,
    motivation: 'quoting',
    modified: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

const TEXT = '“We stay,” Reyes said. “We never left,” the minister said. “Nobody did,” Reyes said.';
const speakersOf = (text: string, quotes: Accepted[]) => {
  const known = knownFrom({ sourceId: HERE, version: 1, text, language: 'en' }, quotes);
  return findQuotes(text, { known, language: 'en' }).map(({ speaker }) => speaker);
};

describe('A speaker who was corrected once', () => {
  it('is known in the rest of the text, described or named', () => {
    expect(speakersOf(TEXT, [])).toEqual(['Reyes', 'the minister', 'Reyes']);
    expect(
      speakersOf(TEXT, [
        accepted(TEXT, 'We stay', 'Dr. Ana Reyes'),
        accepted(TEXT, 'We never left', 'Karl Berg'),
      ]),
    ).toEqual(['Dr. Ana Reyes', 'Karl Berg', 'Dr. Ana Reyes']);
  });

  it('is known in other sources by name, and by description in none', () => {
    const other = 'In Oslo, “we go,” said Reyes. “No,” the minister said.';
    expect(
      speakersOf(TEXT, [
        accepted(other, 'we go', 'Dr. Ana Reyes', { sourceId: THERE }),
        accepted(other, 'No', 'Karl Berg', { sourceId: THERE }),
      ]),
    ).toEqual(['Dr. Ana Reyes', 'the minister', 'Dr. Ana Reyes']);
  });

  it('is no longer known when the quote is removed, or was set right again since', () => {
    const wrong = accepted(TEXT, 'We stay', 'Bob Reyes');
    expect(speakersOf(TEXT, [{ ...wrong, deleted: '2026-01-02T00:00:00.000Z' }])[2]).toBe('Reyes');
    const right = accepted(TEXT, 'Nobody did', 'Ana Reyes', { modified: '2026-01-03T00:00:00.000Z' });
    expect(speakersOf(TEXT, [right, wrong])[0]).toBe('Ana Reyes');
  });

  it('never stands for a pronoun', () => {
    const text = '“We stay,” they said. “We go,” they said.';
    expect(speakersOf(text, [accepted(text, 'We stay', 'Karl Berg')])[1]).not.toBe('Karl Berg');
  });
});
