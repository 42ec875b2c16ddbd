import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carry } from '@/lib/anchoring/carry';
import type { Outcome } from '@/lib/anchoring/outcome';
import { isBetweenCharacters, marked, prose, SEED, spanOf } from './texts';

const STORY = [
  'A draft report by the watchdog finds that senior officials knew parents and children would be separated.',
  'The audit took nineteen months. It has not been published, said “two people” who read it.',
  'Minister Brandt opened a call with regional prosecutors in May. He told them that the children were the lever.',
  'A spokesperson denied that anyone had set out to split families. She declined to say which facts were wrong.',
  'The office would not discuss the document. Drafts can change before they are published, a clerk said.',
].join('\n\n');

/** What became of some words, the words it ended at, and the outcome itself. */
function follow(
  words: string,
  newText: string,
  oldText = STORY,
): { kind: string; words: string | null; outcome: Outcome } {
  const [outcome] = carry(oldText, newText, [spanOf(oldText, words)]);
  if (outcome === undefined) throw new Error('No outcome');
  const place = 'span' in outcome ? newText.slice(outcome.span.start, outcome.span.end) : null;
  return { kind: outcome.kind, words: place, outcome };
}

const edited = (from: string, to: string) => {
  expect(STORY).toContain(from);
  return STORY.replace(from, to);
};

describe('Carrying a passage to another version', () => {
  it('finds it exactly where text was put in before it', () => {
    const result = follow('opened a call', `Corrected on Friday.\n\n${STORY}`);
    expect(result).toMatchObject({
      kind: 'exact',
      words: 'opened a call',
      outcome: { score: 1, reason: 'unchanged' },
    });
  });

  it('says that it moved when its paragraph stands elsewhere', () => {
    const paragraphs = STORY.split('\n\n');
    const turned = [paragraphs[0], paragraphs[3], paragraphs[4], paragraphs[1], paragraphs[2]].join('\n\n');
    const moved = ['nineteen months', 'set out to split'].map((words) => follow(words, turned).kind);
    expect(moved.toSorted()).toEqual(['exact', 'moved']);
    expect(follow('nineteen months', turned).words).toBe('nineteen months');
  });

  it('says that it changed when a word of it was replaced', () => {
    const result = follow('senior officials knew parents', edited('officials knew', 'managers knew'));
    expect(result).toMatchObject({
      kind: 'changed',
      words: 'senior managers knew parents',
      outcome: { reason: 'edited' },
    });
  });

  it('loses it when it was taken out, and names no place', () => {
    const result = follow(
      'It has not been published',
      edited(' It has not been published, said “two people” who read it.', ''),
    );
    expect(result).toMatchObject({
      kind: 'lost',
      words: null,
      outcome: { candidates: [], reason: 'removed' },
    });
  });

  it('does not take the same words elsewhere for a passage that was taken out', () => {
    const old = 'One. The end is near, they said. Two. It rained. Three. The end is near, they said. Four.';
    const now = old.replace('One. The end is near, they said. ', 'One. ');
    const start = old.indexOf('The end');
    const [gone, kept] = carry(old, now, [
      { start, end: start + 15 },
      { start: old.lastIndexOf('The end'), end: old.lastIndexOf('The end') + 15 },
    ]);
    expect(gone?.kind).toBe('lost');
    expect(kept).toMatchObject({ kind: 'exact', span: { start: now.indexOf('The end') } });
  });

  it('shows a place that continues another passage, and does not take it', () => {
    const passage = 'Harbour pilots refuse night crossings tonight';
    const other = 'Quoted ferries refuse night crossings tonight';
    const now = `${STORY}\n\n${passage}.`;
    const { kind, outcome } = follow(passage, now, `${passage}. ${STORY}\n\n${other}.`);
    expect({ kind, outcome }).toMatchObject({
      kind: 'lost',
      outcome: { reason: 'unsure', candidates: [{ span: spanOf(now, passage) }] },
    });
  });

  it('names every place when the passage went to several that are as good', () => {
    const passage = 'Harbour pilots refuse night crossings';
    const old = `${passage}. ${STORY}`;
    const paragraphs = STORY.split('\n\n');
    const now = [
      paragraphs[0],
      `Harbour pilots mostly refuse night crossings.`,
      paragraphs[1],
      paragraphs[2],
      `Harbour pilots mostly refuse night crossings.`,
      paragraphs[3],
      paragraphs[4],
    ].join('\n\n');
    const { kind, outcome } = follow(passage, now, old);
    expect(kind).toBe('ambiguous');
    expect(outcome).toMatchObject({ reason: 'repeated', candidates: [{}, {}] });
  });

  it('keeps what was put in at an end outside, and what was put in between inside', () => {
    expect(
      follow('The audit took nineteen months', edited('nineteen months', 'nineteen long months now')).words,
    ).toBe('The audit took nineteen long months');
    expect(follow('It has not been published', edited('It has not', 'Yet it has not')).words).toBe(
      'it has not been published',
    );
  });

  it('takes the replacement of a first and of a last word', () => {
    expect(follow('declined to say', edited('She declined', 'She refused')).words).toBe('refused to say');
    expect(follow('would not discuss the document', edited('the document', 'the paper')).words).toBe(
      'would not discuss the paper',
    );
  });

  it('keeps a sentence apart from a sentence that was put in before it with the same first word', () => {
    const now = edited('The audit took', 'The ministry had objected. The audit took');
    expect(follow('The audit took nineteen months.', now)).toMatchObject({
      kind: 'exact',
      words: 'The audit took nineteen months.',
    });
  });

  it('follows several passages at once, in the order given', () => {
    const spans = ['regional prosecutors', 'draft report'].map((words) => spanOf(STORY, words));
    const now = `New. ${STORY}`;
    expect(carry(STORY, now, spans)).toMatchObject(
      spans.map(({ start, end }) => ({ span: { start: start + 5, end: end + 5 } })),
    );
  });

  it.each([
    ['one endless word', 'x'.repeat(300_000), 'x'.repeat(299_999)],
    ['one word over and over', 'la '.repeat(60_000), `oh ${'la '.repeat(59_000)}`],
    ['two words in any order', 'ab cd cd ab ab '.repeat(12_000), 'cd ab cd ab cd cd '.repeat(10_000)],
    ['accents without end', `a${'\u0301'.repeat(200_000)}`, `b${'\u0301'.repeat(200_000)}`],
  ])('answers soon for a text of %s', (_, old, now) => {
    const spans = Array.from({ length: 50 }, (_each, at) => ({ start: at * 1_000, end: at * 1_000 + 400 }));
    const before = process.cpuUsage().user;
    expect(carry(old, now, spans)).toHaveLength(50);
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(5_000);
  });

  it('refuses a span that is empty or outside the text', () => {
    expect(() => carry('text', 'text', [{ start: 2, end: 2 }])).toThrow(RangeError);
    expect(() => carry('text', 'text', [{ start: 2, end: 5 }])).toThrow(RangeError);
  });

  it('follows a passage that says the same hundreds of times by what stands around it', () => {
    const line = (name: string) => `row ${name}: no change`;
    const lines = Array.from({ length: 400 }, (_, each) => line(each === 207 ? 'X' : 'A'));
    const old = lines.join('\n');
    const now = ['heading', ...lines].join('\n');
    const start = old.indexOf('X') + 3;
    const [found] = carry(old, now, [{ start, end: start + 9 }]);
    expect(found).toMatchObject({ kind: 'exact', span: { start: start + 8, end: start + 17 } });
  });
});

describe('Unicode, carried', () => {
  it.each([
    ['curly quotes made straight', 'said “two people” who', 'said "two people" who'],
    ['single quotes for double', 'said “two people” who', 'said ‘two people’ who'],
    ['guillemets with space', 'said “two people” who', 'said « two people » who'],
    ['no-break spaces', 'regional prosecutors in May', 'regional\u00a0prosecutors in\u00a0May'],
    ['soft hyphens', 'regional prosecutors in May', 'regio\u00adnal prose\u00adcutors in May'],
    ['zero-width spaces', 'regional prosecutors in May', 'regional\u200b prosecutors in\u200b May'],
    ['full width', 'regional prosecutors in May', 'ｒｅｇｉｏｎａｌ prosecutors in Ｍａｙ'],
    ['capitals', 'regional prosecutors in May', 'REGIONAL PROSECUTORS IN MAY'],
    ['line ends', 'regional prosecutors in May', 'regional\nprosecutors\nin May'],
    ['dots for an ellipsis and dashes', 'regional prosecutors in May', 'regional–prosecutors… in May'],
  ])('only says restyled for %s', (_, from, to) => {
    expect(follow(from, edited(from, to))).toMatchObject({
      kind: 'changed',
      words: to,
      outcome: { reason: 'restyled', score: 1 },
    });
  });

  it.each([
    [
      'composed and decomposed accents',
      'Un café très cher.',
      'café très',
      (text: string) => text.normalize('NFD'),
    ],
    [
      'Hangul in syllables and in letters',
      '오늘은 한국어 수업이 있습니다.',
      '한국어 수업',
      (text: string) => text.normalize('NFD'),
    ],
    [
      'Vietnamese in both forms',
      'Tôi muốn một cốc cà phê sữa đá.',
      'cốc cà phê',
      (text: string) => text.normalize('NFD'),
    ],
    [
      'Hebrew with and without points',
      'אמר שלום לכולם והלך.',
      'שלום לכולם',
      (text: string) => text.replace('שלום', 'שָׁלוֹם'),
    ],
    [
      'Arabic with harakat and tatweel',
      'كتب الولد رسالة طويلة.',
      'الولد رسالة',
      (text: string) => text.replace('الولد', 'الوَلَــد'),
    ],
  ])('knows %s for the same words', (_, old, words, change) => {
    const now = `– ${change(old)}`;
    expect(follow(words, now, old)).toMatchObject({
      kind: 'changed',
      words: change(words),
      outcome: { reason: 'restyled' },
    });
  });

  it.each([
    [
      'Chinese, which has no spaces',
      '我们昨天在北京参观了故宫博物院，天气很好。',
      '参观了故宫',
      '北京',
      '上海',
    ],
    ['Japanese', '昨日は友達と映画を見ました。とても面白かったです。', '映画を見ました', '友達', '家族'],
    ['Thai', 'เมื่อวานนี้ฉันไปตลาดกับแม่', 'ไปตลาด', 'แม่', 'พ่อ'],
    [
      'Arabic, right to left',
      'قال الوزير أمس إن القرار نهائي ولن يتغير.',
      'القرار نهائي',
      'الوزير',
      'الرئيس',
    ],
    ['Hebrew, right to left', 'הדוח פורסם אתמול בערב ולא נקרא.', 'פורסם אתמול', 'בערב', 'בבוקר'],
    ['emoji', 'Well 👩‍👩‍👧 said 👍🏽 and done 🇫🇷🇩🇪 today.', 'said 👍🏽 and done 🇫🇷', 'Well', 'So'],
  ])('finds a passage in %s beside an edit', (_, old, words, from, to) => {
    const now = `${to} ${old.replace(from, to)}`;
    expect(follow(words, now, old)).toMatchObject({ kind: 'exact', words });
  });

  it('widens a span that splits an emoji, and never answers half of one', () => {
    const old = 'It was a 👩‍👩‍👧 day. We went home.';
    const now = `Yes! ${old}`;
    const start = old.indexOf('👩') + 3;
    const [found] = carry(old, now, [{ start, end: start + 2 }]);
    expect(found).toMatchObject({ span: { start: now.indexOf('👩'), end: now.indexOf(' day') } });
  });

  it('follows punctuation alone by its neighbours', () => {
    const text = 'One — two. Three!';
    const start = text.indexOf('—');
    expect(carry(text, `Zero, ${text}`, [{ start, end: start + 1 }])).toMatchObject([
      { kind: 'exact', span: { start: start + 6 } },
    ]);
    expect(carry(text, 'One two. Three!', [{ start, end: start + 1 }])).toMatchObject([{ kind: 'lost' }]);
  });
});

describe('Whatever the texts', () => {
  const check = (text: string, outcome: Outcome) => {
    expect(outcome.score).toBeGreaterThanOrEqual(0);
    expect(outcome.score).toBeLessThanOrEqual(1);
    const spans = 'span' in outcome ? [outcome.span] : outcome.candidates.map(({ span }) => span);
    for (const { start, end } of spans) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(text.length);
      for (const offset of [start, end]) expect(isBetweenCharacters(text, offset)).toBe(true);
    }
  };

  it('the same text carries every passage to itself', () => {
    fc.assert(
      fc.property(marked, ({ text, spans }) => {
        carry(text, text, spans).forEach((outcome, each) => {
          expect(outcome.kind).toBe('exact');
          check(text, outcome);
          const span = 'span' in outcome ? outcome.span : null;
          const asked = spans[each];
          if (asked && isBetweenCharacters(text, asked.start) && isBetweenCharacters(text, asked.end))
            expect(span).toEqual(asked);
        });
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('every place is inside the new text, between characters, and says exactly what it claims', () => {
    fc.assert(
      fc.property(marked, prose, fc.nat(), ({ text, spans }, other, at) => {
        const cut = at % text.length;
        for (const now of [
          other,
          text.slice(0, cut) + other,
          other + text.slice(cut),
          text.slice(cut) + text.slice(0, cut),
        ]) {
          carry(text, now, spans).forEach((outcome, each) => {
            check(now, outcome);
            const asked = spans[each];
            if (asked === undefined || !('span' in outcome)) return;
            const same =
              now.slice(outcome.span.start, outcome.span.end) === text.slice(asked.start, asked.end);
            if (
              outcome.kind !== 'changed' &&
              isBetweenCharacters(text, asked.start) &&
              isBetweenCharacters(text, asked.end)
            )
              expect(same).toBe(true);
          });
        }
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('a paragraph put in before a passage shifts it by just so much', () => {
    fc.assert(
      fc.property(marked, ({ text, spans }) => {
        const lead = 'Zebra quagga okapi were added here.\n\n';
        const plain = carry(text, text, spans);
        carry(text, lead + text, spans).forEach((outcome, each) => {
          const here = plain[each];
          if (here === undefined || !('span' in here)) throw new Error('A passage of the same text was lost');
          expect(outcome).toEqual({
            ...here,
            span: { start: here.span.start + lead.length, end: here.span.end + lead.length },
          });
        });
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('nothing is left of a text that was emptied or replaced', () => {
    fc.assert(
      fc.property(marked, ({ text, spans }) => {
        for (const now of ['', 'Entirely different matters entirely.'])
          for (const outcome of carry(text, now, spans)) expect(outcome.kind).toBe('lost');
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});
