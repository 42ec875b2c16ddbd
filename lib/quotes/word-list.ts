/** The words of a list that is written as text. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}

/** Phrases, each as its words; one a line, or parted by a bar. */
export function phrases(list: string): readonly (readonly string[])[] {
  return list.split('|').map((phrase) => phrase.trim().split(/\s+/));
}

/** Pairs of a word and what it means, written as `meaning: word word; meaning: word`. */
export function meanings<T extends string>(list: Readonly<Record<T, string>>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries<string>(list).flatMap(([meaning, text]) =>
      [...words(text)].map((word) => [word, meaning as T] as const),
    ),
  );
}
