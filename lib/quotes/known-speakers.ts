import type { Annotation } from '../annotations/annotation';
import type { Known } from './proposal';

/** A speaker of the project, as far as one may learn from them. */
export type KnownSpeaker = {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly isProtected: boolean;
  readonly merged: readonly { readonly id: string }[];
};

/**
 * Quotes one may learn from: of those that are given to a protected speaker, what the text calls them must not be taught
 * together with the pseudonym.
 */
export function teaching<T extends Pick<Annotation, 'quote'>>(
  quotes: Iterable<T>,
  speakers: Iterable<KnownSpeaker>,
): T[] {
  const secret = new Set<string>();
  for (const { id, isProtected, merged } of speakers)
    if (isProtected) for (const one of [id, ...merged.map((gone) => gone.id)]) secret.add(one);
  return [...quotes].filter(
    ({ quote }) => quote === null || quote.speakerId === null || !secret.has(quote.speakerId),
  );
}

/** What is known of quotes, and of the project's speakers: an alias leads to its speaker's name. */
export function withAliases(known: Known, speakers: Iterable<KnownSpeaker>): Known {
  const aliases = new Map<string, string>();
  const names: string[] = [];
  for (const speaker of speakers) {
    if (speaker.isProtected) continue;
    names.push(speaker.name);
    for (const alias of speaker.aliases) aliases.set(alias.toLowerCase(), speaker.name);
  }
  // What people corrected in this text says more than a list of names.
  for (const [name, stored] of known.aliases ?? []) aliases.set(name, stored);
  return { aliases, speakers: [...new Set([...(known.speakers ?? []), ...names])] };
}
