import type { Pseudonym } from './erasure';

/** What a person is called, and reached by, in whatever names them by their id. */
const CALLED = new Set(['name', 'label']);

/**
 * A stored value (JSON) in which this person is called by their pseudonym, wherever an object names them by their `id` or
 * `userId`. All else is as it was.
 */
export function renamed(value: unknown, person: Pseudonym): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, person));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  const isThem = fields.id === person.id || fields.userId === person.id;
  return Object.fromEntries(
    Object.entries(fields).map(([key, of]) => {
      if (isThem && typeof of === 'string' && CALLED.has(key)) return [key, person.name];
      if (isThem && typeof of === 'string' && key === 'email') return [key, person.email];
      return [key, renamed(of, person)];
    }),
  );
}

/** What several who did something together are called, once one of them is called otherwise; `known` are the names they had. */
export function renamedTogether(
  actorName: string,
  subject: unknown,
  person: Pseudonym,
  known: readonly string[],
): string {
  const authors = (subject as { authors?: { name: string }[] }).authors;
  if (authors !== undefined && authors.length > 0)
    return new Intl.ListFormat('en-GB').format(authors.map(({ name }) => name));
  // What older programs wrote tells nobody's id: “Ada, Bo and Cy”.
  return actorName
    .split(/(, | and )/)
    .map((part) => (known.includes(part) ? person.name : part))
    .join('');
}
