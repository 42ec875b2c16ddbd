import type { Presence } from './protocol';

/** What became of some pages: those that are new or elsewhere, and the connections of those that are gone. */
export type PresenceChange = { readonly people: readonly Presence[]; readonly gone: readonly string[] };

/** The open pages after a change, in their order; new ones come last. */
export function afterChange(all: readonly Presence[], { people, gone }: PresenceChange): Presence[] {
  const left = new Map(all.map((page) => [page.connectionId, page]));
  for (const connectionId of gone) left.delete(connectionId);
  for (const page of people) left.set(page.connectionId, page);
  return [...left.values()];
}
