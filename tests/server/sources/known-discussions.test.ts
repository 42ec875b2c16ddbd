import { describe, expect, it } from 'vitest';
import type { SaidHere } from '@/db/threads-brought-in';
import type { DiscussionInFile, SaidInFile } from '@/server/sources/discussions';
import { saidAnew } from '@/server/sources/known-discussions';

const AT = '2026-05-04T09:30:00.000Z';
const HOUR = 3_600_000;

const later = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();
const said = (given: Partial<SaidInFile> = {}): SaidInFile => ({
  ...{ author: 'Ada', at: AT, text: 'Was it?' },
  ...given,
});
const talk = (...all: SaidInFile[]): DiscussionInFile => ({
  ...{ key: '1', span: { start: 0, end: 3 }, isResolved: false },
  said: all,
});
const here = (given: Partial<SaidHere> = {}): SaidHere => ({
  ...{ id: 'c1', threadId: 't1', author: 'Ada', text: 'Was it?', created: new Date(AT), isEdited: false },
  ...given,
});

describe('A comment of a file', () => {
  it.each<[what: string, SaidInFile, SaidHere, isKnown: boolean]>([
    ['the same', said(), here(), true],
    ['rounded to the minute', said({ at: later(59_000) }), here(), true],
    ['of another time zone', said({ at: later(14 * HOUR - 1_000) }), here(), true],
    ['of a zone on the other side', said({ at: later(-14 * HOUR + 1_000) }), here(), true],
    ['further off than zones are', said({ at: later(14 * HOUR) }), here(), false],
    ['without a time', said({ at: null }), here({ created: new Date(0) }), true],
    ['of another person', said({ author: 'Bob' }), here(), false],
    ['of who brought it in', said({ author: 'Ada (brought in by Owner)' }), here(), true],
    ['of other words', said({ text: 'Was it so?' }), here(), false],
    ['spaced otherwise', said({ text: ' Was\n it? ' }), here(), true],
    ['that somebody edited here', said(), here({ text: 'Was it, really?', isEdited: true }), true],
    [
      'edited here, of another minute',
      said({ at: later(61_000) }),
      here({ text: 'Was it, really?', isEdited: true }),
      false,
    ],
    ['naming a person', said({ text: '@Bob Ito, was it?' }), here({ text: '@[0190-b], was it?' }), true],
    [
      'naming a person, in a program that keeps minutes',
      said({ text: '@Bob Ito, was it?', at: later(59_000) }),
      here({ text: '@[0190-b], was it?' }),
      true,
    ],
    ['naming nobody any more', said({ text: '@somebody?' }), here({ text: '@[0190-b]?' }), true],
  ])('is known or new, here %s', (_, given, there, isKnown) => {
    expect(saidAnew([talk(given)], [there])).toEqual({
      fresh: isKnown ? [] : [talk(given)],
      replies: new Map(),
    });
  });

  it('is known by one that is here, and not by the same twice', () => {
    const { fresh } = saidAnew([talk(said()), talk(said())], [here()]);
    expect(fresh).toHaveLength(1);
    expect(
      saidAnew([talk(said()), talk(said())], [here(), here({ id: 'c2', threadId: 't2' })]).fresh,
    ).toEqual([]);
  });

  it('of its own time goes before one of another zone', () => {
    const [early, late] = [here(), here({ id: 'c2', threadId: 't2', created: new Date(later(2 * HOUR)) })];
    const answer = said({ author: 'Bob', text: 'It was.' });
    const { replies } = saidAnew([talk(said({ at: later(2 * HOUR) }), answer)], [early, late]);
    expect([...replies]).toEqual([['t2', [answer]]]);
  });
});
