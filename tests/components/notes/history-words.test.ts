import { describe, expect, it } from 'vitest';
import { authorsOf, paintAuthors, paintChanges } from '@/components/notes/history/paint';
import {
  amount,
  beforeRestorations,
  byDay,
  byWhom,
  dayOf,
  titleOf,
} from '@/components/notes/history/version-words';
import { personColour } from '@/components/ui/avatar';
import { compareNotes } from '@/lib/notes/compare';
import type { NoteVersion } from '@/lib/notes/version';
import { lines } from '@/tests/lib/notes/arbitrary-note';

const NOW = new Date(2026, 10, 24, 0, 30);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const person = (name: string) => ({ id: name, name });

function version(more: Partial<NoteVersion> = {}): NoteVersion {
  return {
    id: 'one',
    projectId: 'project',
    noteId: 'note',
    kind: 'auto',
    name: null,
    at: at(23, 23, 45),
    creator: null,
    authors: [person('Ada'), person('Ben')],
    restoredFrom: null,
    ...more,
  };
}

describe('A version in words', () => {
  it('is of a day as the reader’s calendar has it, not of the last 24 hours', () => {
    expect(dayOf(at(24, 0, 10), NOW)).toBe('Today');
    expect(dayOf(at(23, 23, 45), NOW)).toBe('Yesterday');
    expect(dayOf(at(22, 23, 59), NOW)).toBe('Sunday 22 November');
    expect(dayOf(new Date(2025, 10, 24).toISOString(), NOW)).toBe('24 November 2025');
  });

  it('says its name before its time, and who had a hand in it', () => {
    expect(titleOf(version(), NOW)).toBe('Yesterday, 23:45');
    expect(titleOf(version({ name: 'Sent' }), NOW)).toBe('Sent (Yesterday, 23:45)');
    expect(byWhom(version())).toBe('Ada and Ben');
    expect(byWhom(version({ kind: 'restored', creator: person('Cleo') }))).toBe('brought back by Cleo');
    expect(byWhom(version({ authors: [] }))).toBe('nobody known');
  });

  it('stands under its day, in the order given', () => {
    const list = [at(24, 0, 20), at(24, 0, 1), at(23, 9)].map((when, place) =>
      version({ id: String(place), at: when }),
    );
    expect(byDay(list, NOW).map(({ day, versions }) => [day, versions.map(({ id }) => id)])).toEqual([
      ['Today', ['0', '1']],
      ['Yesterday', ['2']],
    ]);
  });

  it('is told to hold what was there before another was brought back', () => {
    const kinds = ['auto', 'restored', 'auto', 'auto'] as const;
    const list = kinds.map((kind, place) => version({ id: String(place), kind }));
    expect([...beforeRestorations(list)]).toEqual(['2']);
  });

  it('tells how much differs', () => {
    expect(amount(0, 0, 0)).toBe('They read the same.');
    expect(amount(0, 0, 2)).toBe('Only how it is set differs.');
    expect(amount(1, 3, 2)).toBe('1 word added, 3 words taken out.');
  });
});

describe('Painting a version', () => {
  it('tells people apart who have the same colour, and leaves the unknown uncoloured', () => {
    const ids = Array.from({ length: 40 }, (_, number) => `person ${number}`);
    const [first = '', second = ''] = ids.filter((id) => personColour(id) === personColour(ids[0] ?? ''));
    const ranges = [first, second, first, null].map((userId, place) => ({
      userId,
      from: place * 2 + 1,
      to: place * 2 + 3,
    }));
    const authors = authorsOf(ranges, (id) => id.toUpperCase());
    expect(authors).toEqual([
      { userId: first, name: first.toUpperCase(), colour: personColour(first), line: 'solid', stretches: 2 },
      {
        userId: second,
        name: second.toUpperCase(),
        colour: personColour(first),
        line: 'dashed',
        stretches: 1,
      },
      { userId: null, name: 'Not known', colour: null, line: 'solid', stretches: 1 },
    ]);
    const painted = paintAuthors(lines('abcdefgh'), ranges, authors).find();
    expect(painted.map(({ from, to }) => [from, to])).toEqual([
      [1, 3],
      [3, 5],
      [5, 7],
    ]);
  });

  it('marks what came and went, and names who wrote it only where that is known', () => {
    const { doc, changes } = compareNotes(lines('One two three.'), lines('One four three.', 'A new line.'));
    const asked: number[] = [];
    const painted = paintChanges(doc, changes, ({ after }) => {
      asked.push(after ?? -1);
      return after === 5 ? 'Ada' : null;
    }).find();
    const inOrder = [...painted].sort((one, other) => one.from - other.from);
    const shown = inOrder.map((one) => {
      const { from, to } = one;
      const { attrs } = (one as unknown as { type: { attrs: Record<string, string> } }).type;
      return [attrs.nodeName ?? 'block', attrs.title ?? null, doc.textBetween(from, to)];
    });
    expect(shown).toEqual([
      ['del', 'Taken out', 'two'],
      ['ins', 'Added by Ada', 'four'],
      ['block', null, 'A new line.'],
      ['ins', 'Added', 'A new line.'],
    ]);
    expect(asked).toEqual([5, 17]);
  });
});
