import type { Presence } from '@/lib/live/protocol';

/** A person who has the project open, at the place they came to last. */
export type PersonHere = { userId: string; name: string; sourceId: string | null; noteId: string | null };

/** The other people here, each once: a page with a source counts before one without. */
export function peopleHere(presence: readonly Presence[], me: string): PersonHere[] {
  const people = new Map<string, PersonHere>();
  for (const { userId, name, sourceId, noteId } of presence) {
    if (userId === me) continue;
    const known = people.get(userId);
    if (known === undefined || (known.sourceId === null && sourceId !== null))
      people.set(userId, { userId, name, sourceId, noteId });
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name));
}
