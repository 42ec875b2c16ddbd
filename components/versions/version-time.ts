/** A moment of a version as a list shows it: the day and the minute, here. */
export function timeWords(at: string): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
