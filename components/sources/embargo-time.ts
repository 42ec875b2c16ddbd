const two = (part: number) => String(part).padStart(2, '0');

/** A moment as a field for date and time holds it, in the zone of whoever looks; a week from now at nine where there is none. */
export function timeFieldOf(moment: string | null, now = new Date()): string {
  const at = moment === null ? inAWeek(now) : new Date(moment);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function inAWeek(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7, 9);
}

/** The moment (ISO 8601, UTC) that a field for date and time holds; `null` where it holds none. */
export function momentOf(field: string): string | null {
  const at = new Date(field);
  return field === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
