import type { Awareness } from 'y-protocols/awareness';

/** Someone who has the note open. */
export type NotePerson = { readonly id: string; readonly name: string; readonly color: string };

/** Who has a note open, each once, ourselves with them. */
export function peopleIn(awareness: Awareness, me: NotePerson): readonly NotePerson[] {
  const people = new Map<string, NotePerson>();
  for (const [clientId, state] of awareness.getStates()) {
    const user: unknown = clientId === awareness.clientID ? me : state.user;
    if (!isPerson(user) || (user.id === me.id && clientId !== awareness.clientID)) continue;
    people.set(user.id, { id: user.id, name: user.name, color: user.color });
  }
  return [...people.values()];
}

/** Whether two lists of people look the same. */
export function arePeople(one: readonly NotePerson[], other: readonly NotePerson[]): boolean {
  const key = (person: NotePerson) => `${person.id} ${person.name}`;
  return one.map(key).join('\n') === other.map(key).join('\n');
}

/** The clients, but for this one, that these people write with. */
export function clientsOf(awareness: Awareness, userIds: readonly string[]): number[] {
  return [...awareness.getStates()]
    .filter(([, state]) => userIds.includes((state.user as { id?: string } | undefined)?.id ?? ''))
    .map(([clientId]) => clientId)
    .filter((clientId) => clientId !== awareness.clientID);
}

function isPerson(value: unknown): value is NotePerson {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, color } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' && typeof color === 'string';
}
