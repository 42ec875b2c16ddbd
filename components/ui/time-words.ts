const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** A moment as seen from `now` (both in ms since 1970): near ones by distance, far ones by date. */
export function timeWords(at: number, now: number): string {
  const away = at - now;
  const size = Math.abs(away);
  if (size < MINUTE) return 'just now';
  if (size < HOUR) return relative.format(Math.trunc(away / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.trunc(away / HOUR), 'hour');
  if (size < 7 * DAY) return relative.format(Math.trunc(away / DAY), 'day');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}
