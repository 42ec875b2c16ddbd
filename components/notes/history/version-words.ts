import type { NoteVersion } from '@/lib/notes/version';

const list = new Intl.ListFormat('en-GB');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** The time of day of a moment, where the reader is. */
export function timeOf(at: string): string {
  return clock.format(new Date(at));
}

/** The day of a moment in words, as seen from `now`, where the reader is. */
export function dayOf(at: string, now: Date): string {
  const then = new Date(at);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return (then.getFullYear() === now.getFullYear() ? weekday : date).format(then);
}

const midnight = (day: Date) => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());

/** Who changed the note up to a version, or brought an older one back. */
export function byWhom({ kind, authors, creator }: NoteVersion): string {
  if (kind === 'restored' && creator) return `brought back by ${creator.name}`;
  return authors.length > 0 ? list.format(authors.map(({ name }) => name)) : 'nobody known';
}

/** The versions that hold what stood there right before another was brought back; `versions` newest first. */
export function beforeRestorations(versions: readonly NoteVersion[]): ReadonlySet<string> {
  return new Set(versions.filter((_, place) => versions[place - 1]?.kind === 'restored').map(({ id }) => id));
}

/** A version in one line: its name where it has one, and when it was. */
export function titleOf(version: NoteVersion, now: Date): string {
  const when = `${dayOf(version.at, now)}, ${timeOf(version.at)}`;
  return version.name === null ? when : `${version.name} (${when})`;
}

/** Versions by the day they are of, in the order given. */
export function byDay(
  versions: readonly NoteVersion[],
  now: Date,
): { day: string; versions: NoteVersion[] }[] {
  const days: { day: string; versions: NoteVersion[] }[] = [];
  for (const version of versions) {
    const day = dayOf(version.at, now);
    const last = days.at(-1);
    if (last?.day === day) last.versions.push(version);
    else days.push({ day, versions: [version] });
  }
  return days;
}

/** How much a comparison found, in words. */
export function amount(added: number, removed: number, changes: number): string {
  if (changes === 0) return 'They read the same.';
  if (added + removed === 0) return 'Only how it is set differs.';
  const words = (count: number) => `${count} ${count === 1 ? 'word' : 'words'}`;
  return `${words(added)} added, ${words(removed)} taken out.`;
}
