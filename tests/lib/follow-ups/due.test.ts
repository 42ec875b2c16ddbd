import { describe, expect, it } from 'vitest';
import { addDays, dayHere, dueGroup } from '@/lib/follow-ups/due';

describe('When something is due', () => {
  // A Thursday.
  const today = '2026-11-26';
  it.each([
    [null, 'none'],
    ['2026-11-25', 'overdue'],
    ['2025-12-31', 'overdue'],
    ['2026-11-26', 'today'],
    ['2026-11-27', 'week'],
    ['2026-11-29', 'week'],
    ['2026-11-30', 'later'],
  ] as const)('%s is %s on a Thursday', (due, group) => expect(dueGroup(due, today)).toBe(group));

  it('has no rest of the week on a Sunday, and the whole of it on a Monday', () => {
    expect(dueGroup('2026-11-30', '2026-11-29')).toBe('later');
    expect(dueGroup('2026-12-06', '2026-11-30')).toBe('week');
  });

  it('is told by the day of whoever looks, not by the one in Greenwich', () => {
    const late = new Date(2026, 10, 26, 23, 59);
    const early = new Date(2026, 10, 27, 0, 1);
    expect([dayHere(late), dayHere(early)]).toEqual(['2026-11-26', '2026-11-27']);
  });

  it('counts days over the ends of months and years', () => {
    expect([addDays('2026-12-31', 1), addDays('2028-02-28', 1), addDays('2026-03-01', -1)]).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2026-02-28',
    ]);
  });
});
