import { addDays } from '@/lib/follow-ups/due';
import type { FollowUp, Raiser } from '@/lib/follow-ups/follow-up';

export const STATES: Record<FollowUp['state'], string> = {
  open: 'Open',
  doing: 'Doing',
  done: 'Done',
  dropped: 'Dropped',
};

export const KINDS: Record<FollowUp['kind'], string> = { question: 'Question', task: 'Task' };

const RAISERS: Record<Raiser, string> = {
  annotation: 'a mark',
  claim: 'a claim',
  source: 'a source',
  comment: 'a comment',
  note: 'a note',
  code: 'a code',
};

/** What raised it, in a word or two. */
export const raiserWords = (type: Raiser): string => RAISERS[type];

/** A day as people read it, with a word for those next to today (YYYY-MM-DD both). */
export function dayWords(day: string, today: string): string {
  if (day === today) return 'today';
  if (day === addDays(today, 1)) return 'tomorrow';
  if (day === addDays(today, -1)) return 'yesterday';
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(`${day}T12:00:00Z`));
}

/** When it is due, in words: what is over is said so while there is still something to do. */
export function dueWords({ due, state }: Pick<FollowUp, 'due' | 'state'>, today: string): string | null {
  if (due === null) return null;
  const isOver = due < today && (state === 'open' || state === 'doing');
  return isOver ? `overdue since ${dayWords(due, today)}` : `due ${dayWords(due, today)}`;
}
