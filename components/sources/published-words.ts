/** The date a source gives for itself, as a day; as it stands when it is no date we know. */
export function publishedWords(publishedAt: string | null): string | null {
  if (!publishedAt) return null;
  // The day as the publisher wrote it: shifted to another time zone it would be a different day.
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(publishedAt);
  if (!day) return publishedAt;
  const at = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
