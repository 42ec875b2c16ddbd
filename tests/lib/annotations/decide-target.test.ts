import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageAt } from '@/lib/annotations/carry-target';
import { type Decidable, decide, passageAround } from '@/lib/annotations/decide-target';

const TEXT = 'The watchdog opened its inquiry in March. 👩‍💻 Two former clerks came forward in May.';
const at = (words: string) => ({
  start: TEXT.indexOf(words),
  end: TEXT.indexOf(words) + words.length,
  score: 0.7,
});
const stood = { version: 1, start: 4, end: 18, exact: 'the old words', prefix: '', suffix: '' };
const lost = (more: Partial<Decidable> = {}): Decidable => ({
  version: 2,
  outcome: 'lost',
  state: 'waiting',
  place: null,
  stood,
  was: null,
  changedIn: null,
  candidates: [],
  ...more,
});
const placed = (words: string, more: Partial<Decidable> = {}) =>
  lost({ outcome: 'changed', place: passageAt(TEXT, at(words)), candidates: [at(words)], ...more });

describe('Deciding where a mark stands', () => {
  it('takes the one proposed place, and remembers the words it had', () => {
    expect(decide(lost({ candidates: [at('former clerks')] }), { accept: true }, TEXT)).toMatchObject({
      state: 'accepted',
      place: { exact: 'former clerks' },
      was: 'the old words',
      changedIn: 2,
    });
  });

  it.each<[string, Decidable, Parameters<typeof decide>[1]]>([
    ['one of several without saying which', lost({ candidates: [at('March'), at('May')] }), { accept: true }],
    ['a place where none is proposed', lost(), { accept: true }],
    ['a proposal that is none', lost({ candidates: [at('March')] }), { accept: true, candidate: 1 }],
    ['words that do not stand there', lost(), { ...at('March'), exact: 'April' }],
    ['a passage beyond the text', lost(), { start: 900, end: 905, exact: 'March' }],
    ['half a character', lost(), { ...at('👩‍💻'), end: at('👩‍💻').end - 2, exact: '👩‍' }],
    ['about a mark that was made there', lost({ outcome: 'made', state: 'settled' }), { orphan: true }],
  ])('does not take %s', (_, target, decision) => {
    expect(decide(target, decision, TEXT)).toEqual({ fault: expect.stringMatching(/\.$/) });
  });

  it('opened again stands where the engine had put it, whatever was decided in between', () => {
    const proposals = fc.array(fc.constantFrom('March', 'May', 'inquiry', 'clerks').map(at), {
      minLength: 1,
      maxLength: 3,
    });
    const outcome = fc.constantFrom('same', 'moved', 'changed', 'ambiguous', 'lost');
    const decision = fc.oneof(
      fc.constant({ orphan: true } as const),
      fc.constant({ accept: true, candidate: 0 } as const),
      fc.constant({ ...at('former clerks'), exact: 'former clerks' }),
    );
    fc.assert(
      fc.property(proposals, outcome, decision, (candidates, found, decided) => {
        const isSure = found !== 'ambiguous' && found !== 'lost';
        const place = isSure && candidates[0] ? passageAt(TEXT, candidates[0]) : null;
        const history = place === null ? {} : { was: stood.exact, changedIn: 2 };
        const before = lost({ outcome: found, candidates, place, ...history });
        const after = decide(before, decided, TEXT);
        if ('fault' in after) throw new Error(after.fault);
        const opened = decide({ ...before, ...after }, { reopen: true }, TEXT);
        const { was, changedIn } = before;
        expect(opened).toEqual({ state: 'waiting', place, was, changedIn });
      }),
      { seed: 20_264, numRuns: 300 },
    );
  });

  it('confirms a place as it stands', () => {
    const target = placed('former clerks', { was: 'the old words', changedIn: 2 });
    expect(decide(target, { accept: true }, TEXT)).toEqual({
      state: 'accepted',
      place: target.place,
      was: 'the old words',
      changedIn: 2,
    });
  });

  it('shows what stands around a proposal without splitting a character', () => {
    const long = `${'👩‍💻'.repeat(60)} here ${'👩‍💻'.repeat(60)}`;
    const start = long.indexOf('here');
    const { prefix, exact, suffix } = passageAround(long, { start, end: start + 4 });
    expect(exact).toBe('here');
    expect(`${prefix}${exact}${suffix}`.replaceAll('👩‍💻', '')).toBe(' here ');
  });
});
