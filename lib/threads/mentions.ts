/** A person as a comment names them: by their id, so that a new name follows. */
const TOKEN = /@\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]/g;

type Named = { readonly id: string; readonly name: string };

/** Whom a comment mentions, each once, in the order they stand. */
export function idsIn(text: string): string[] {
  return [...new Set([...text.matchAll(TOKEN)].map(([, id]) => id as string))];
}

/** A comment cut where people are mentioned. */
export function partsOf(text: string): (string | { readonly id: string })[] {
  const parts: (string | { id: string })[] = [];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    parts.push({ id: found[1] as string });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** The comment as it reads, with people by name; whoever is not known is “somebody”. */
export function plainText(text: string, people: readonly Named[]): string {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return text.replace(TOKEN, (_, id: string) => `@${names.get(id) ?? 'somebody'}`);
}

/**
 * What was typed, with its mentions by id: an `@` and the whole name of one of these people, the longest name that fits.
 * Of two with the same name the first is meant.
 */
export function withMentions(typed: string, people: readonly Named[]): string {
  const named = people.filter(({ name }) => name !== '');
  const byLength = [...named].sort((a, b) => b.name.length - a.name.length);
  let made = '';
  for (let at = 0; at < typed.length; ) {
    const person = typed[at] === '@' && !isWord(typed[at - 1]) ? meant(typed, at + 1, byLength) : undefined;
    made += person === undefined ? typed[at] : `@[${person.id}]`;
    at += person === undefined ? 1 : person.name.length + 1;
  }
  return made;
}

function meant(typed: string, at: number, people: readonly Named[]): Named | undefined {
  return people.find(({ name }) => typed.startsWith(name, at) && !isWord(typed[at + name.length]));
}

const isWord = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);

/** The beginning of a name after an `@` right before this place; `null` where nobody is being mentioned. */
export function mentionBefore(
  typed: string,
  place: number,
): { readonly from: number; readonly start: string } | null {
  const found = /(?:^|[^\p{L}\p{N}_])@([^@\n]{0,40})$/u.exec(typed.slice(0, place));
  if (found === null) return null;
  const start = found[1] as string;
  return { from: place - start.length - 1, start };
}
