/** When something is due, as whoever looks sees it. */
export const DUE_GROUPS = ['overdue', 'today', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];

const two = (number: number) => String(number).padStart(2, '0');

/** The day it is by the calendar and the zone of whoever looks, YYYY-MM-DD. */
export function dayHere(now: Date): string {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The day so many days after another one. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Where a day stands on `today`: `week` is the rest of it, to Sunday. */
export function dueGroup(due: string | null, today: string): DueGroup {
  if (due === null) return 'none';
  if (due < today) return 'overdue';
  if (due === today) return 'today';
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay();
  return due <= addDays(today, (7 - weekday) % 7) ? 'week' : 'later';
}
