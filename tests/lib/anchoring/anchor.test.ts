import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchor, indexText } from '@/lib/anchoring/anchor';
import { describe as describePassage } from '@/lib/anchoring/describe';
import type { Outcome } from '@/lib/anchoring/outcome';
import { isBetweenCharacters, marked, prose, SEED, spanOf } from './texts';

const STORY = [
  'A draft report by the watchdog finds that senior officials knew parents and children would be separated.',
  'The audit took nineteen months. It has not been published, said “two people” who read it.',
  'Minister Brandt opened a call with regional prosecutors in May. He told them that the children were the lever.',
  'A spokesperson denied that anyone had set out to split families. She declined to say which facts were wrong.',
  'The office would not discuss the document. Drafts can change before they are published, a clerk said.',
].join('\n\n');

function find(words: string, newText: string, oldText = STORY): Outcome & { words: string | null } {
  const outcome = anchor(newText, describePassage(oldText, spanOf(oldText, words)));
  return {
    ...outcome,
    words: 'span' in outcome ? newText.slice(outcome.span.start, outcome.span.end) : null,
  };
}

const quote = (exact: string, prefix = '', suffix = '') => ({
  type: 'TextQuoteSelector' as const,
  exact,
  prefix,
  suffix,
});
const at = (start: number, end: number) => ({ type: 'TextPositionSelector' as const, start, end });

describe('Finding a passage by its selectors', () => {
  it('finds it exactly where its text and its surroundings are the same', () => {
    expect(find('opened a call', STORY)).toMatchObject({ kind: 'exact', words: 'opened a call', score: 1 });
    expect(find('opened a call', `Corrected on Friday.\n\n${STORY}`)).toMatchObject({
      kind: 'exact',
      words: 'opened a call',
    });
  });

  it('says that it moved when it stands among other words', () => {
    const sentence = 'It has not been published, said “two people” who read it.';
    const now = `${STORY.replace(` ${sentence}`, '')}\n\nNothing more was known on Friday evening. ${sentence}`;
    expect(find(sentence, now)).toMatchObject({ kind: 'moved', words: sentence, reason: 'elsewhere' });
  });

  it('says that it changed when words of it did, or only its punctuation', () => {
    const edited = STORY.replace('officials knew', 'managers knew').replace('“two people”', '"two people"');
    expect(find('senior officials knew parents', edited)).toMatchObject({
      kind: 'changed',
      words: 'senior managers knew parents',
      reason: 'edited',
    });
    expect(find('published, said “two people” who', edited)).toMatchObject({
      kind: 'changed',
      words: 'published, said "two people" who',
      reason: 'restyled',
    });
  });

  it('loses it when it is gone, though single words of it stand elsewhere', () => {
    const now = STORY.replace('Minister Brandt opened a call with regional prosecutors in May. ', '');
    expect(find('opened a call with regional prosecutors', now)).toMatchObject({ kind: 'lost', words: null });
    expect(find('in May', now)).toMatchObject({ kind: 'lost' });
  });

  it('names the places when several fit alike, and prefers none by its number alone', () => {
    const text = 'yes it was so. no it was so. yes it was so. no';
    expect(anchor(text, [quote('it was so')])).toMatchObject({
      kind: 'ambiguous',
      reason: 'repeated',
      candidates: [{}, {}, {}],
    });
  });

  it('tells the same words apart by what stands around them', () => {
    const text = 'On Monday the vote failed. On Friday the vote failed. On Sunday the vote failed.';
    const start = 7 + text.indexOf('the vote failed. On Sunday');
    expect(anchor(`First. ${text}`, [quote('the vote failed', 'On Friday ', '. On Sunday')])).toMatchObject({
      kind: 'exact',
      span: { start, end: start + 15 },
    });
  });

  it('lets the position decide between places that even their surroundings do not tell apart', () => {
    const text = 'na na na hey. '.repeat(40);
    expect(anchor(text, [at(294, 297), quote('hey', 'na na na ', '. na')])).toMatchObject({
      kind: 'ambiguous',
    });
    expect(anchor(text, [at(289, 292), quote('hey', 'na na na ', '. na')])).toMatchObject({
      kind: 'exact',
      span: { start: 289, end: 292 },
    });
  });

  it('takes a position without a quote for a place that somebody has to look at', () => {
    expect(anchor('Some text', [at(0, 4)])).toMatchObject({
      kind: 'ambiguous',
      reason: 'unsure',
      candidates: [{ span: { start: 0, end: 4 } }],
    });
    expect(anchor('Some text', [at(5, 40)])).toMatchObject({ kind: 'lost' });
    expect(anchor('Some text', [])).toMatchObject({ kind: 'lost' });
  });

  it('finds a quote that came without context', () => {
    expect(anchor(STORY, [quote('set out to split families')])).toMatchObject({
      kind: 'exact',
      span: spanOf(STORY, 'set out to split families'),
    });
  });

  it.each([
    [
      'composed accents',
      'Un café très cher. Rien.'.normalize('NFD'),
      'café très'.normalize('NFD'),
      'Un café très cher. Rien.',
    ],
    [
      'Chinese beside an edit',
      '我们昨天在北京参观了故宫博物院，天气很好。',
      '参观了故宫',
      '他们昨天在上海参观了故宫博物院，天气很好。',
    ],
    ['Hebrew without its points', 'אמר שָׁלוֹם לכולם והלך.', 'שָׁלוֹם לכולם', 'אמר שלום לכולם והלך.'],
    [
      'emoji',
      'Well 👩‍👩‍👧 said 👍🏽 and done 🇫🇷🇩🇪 today.',
      'said 👍🏽 and done',
      'So 👩‍👩‍👧 said 👍🏽 and done 🇫🇷🇩🇪 today.',
    ],
    [
      'soft hyphens',
      'The co\u00adoperation of both offices ended.',
      'co\u00adoperation of both',
      'The cooperation of both offices ended.',
    ],
  ])('knows %s', (_, old, words, now) => {
    const found = find(words, now, old);
    expect(found.words?.normalize('NFC').replaceAll(/[\u00ad\u0591-\u05c7]/g, '')).toBe(
      words.normalize('NFC').replaceAll(/[\u00ad\u0591-\u05c7]/g, ''),
    );
  });

  it('gives the same answers from an index as from the text', () => {
    const now = STORY.replace('The audit', 'The long audit');
    const index = indexText(now);
    for (const words of ['The audit took', 'facts were wrong', 'a clerk said']) {
      const selectors = describePassage(STORY, spanOf(STORY, words));
      expect(anchor(index, selectors)).toEqual(anchor(now, selectors));
    }
  });
});

describe('Whatever the text', () => {
  it('every passage is found again in its own text, at its very place', () => {
    fc.assert(
      fc.property(marked, ({ text, spans }) => {
        const index = indexText(text);
        for (const span of spans) {
          const selectors = describePassage(text, span);
          expect(anchor(index, selectors)).toMatchObject({
            kind: 'exact',
            span: { start: selectors[0].start, end: selectors[0].end },
          });
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('every place is inside the text, between characters, and says exactly what it claims', () => {
    fc.assert(
      fc.property(marked, prose, fc.nat(), ({ text, spans }, other, number) => {
        const cut = number % text.length;
        for (const now of [other, text.slice(0, cut) + other, other + text.slice(cut)]) {
          const index = indexText(now);
          for (const span of spans) {
            const selectors = describePassage(text, span);
            const outcome = anchor(index, selectors);
            expect(outcome.score).toBeGreaterThanOrEqual(0);
            expect(outcome.score).toBeLessThanOrEqual(1);
            const places = 'span' in outcome ? [outcome.span] : outcome.candidates.map((one) => one.span);
            for (const { start, end } of places) {
              expect(end).toBeGreaterThan(start);
              for (const offset of [start, end]) expect(isBetweenCharacters(now, offset)).toBe(true);
            }
            if (outcome.kind === 'exact' || outcome.kind === 'moved')
              expect(now.slice(outcome.span.start, outcome.span.end)).toBe(selectors[1].exact);
          }
        }
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('text put in before a passage shifts it by just so much', () => {
    fc.assert(
      fc.property(marked, ({ text, spans }) => {
        const lead = 'Zebra quagga okapi were added here.\n\n';
        const index = indexText(lead + text);
        for (const span of spans) {
          const selectors = describePassage(text, span);
          const outcome = anchor(index, selectors);
          if (!('span' in outcome)) continue;
          expect(outcome.span).toEqual({
            start: selectors[0].start + lead.length,
            end: selectors[0].end + lead.length,
          });
        }
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});
