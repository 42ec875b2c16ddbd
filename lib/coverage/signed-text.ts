/** The longest words of a mark that a sign-off keeps, in UTF-16 units. */
const LONGEST_WORDS = 1_000;

/**
 * A statement (its `text`) as it is signed off: with the words of each mark in it, so that other words under it are another
 * statement. `wordsOf` answers `null` for a mark that is gone. Who is quoted is left out: it may be a secret one day.
 */
export function signedText(text: string, wordsOf: (annotationId: string) => string | null): string {
  return text.replace(/\[annotation:([^\]\s]+)\]/g, (whole, id: string) => {
    const words = wordsOf(id);
    if (words === null) return whole;
    const plain = words.replace(/[[\]]/g, '').replace(/\s+/gu, ' ').trim().slice(0, LONGEST_WORDS);
    return `[annotation:${id} “${plain}”]`;
  });
}

/** A statement as it is told in a line: marks by their words, other things as dots. */
export function plainStatement(statement: string): string {
  return statement
    .replace(/\[annotation:[^\]\s]+ (“[^\]]*”)\]/g, '$1')
    .replace(/\[(?:annotation|claim|source|note|person):[^\]]*\]/g, '…')
    .trim();
}
