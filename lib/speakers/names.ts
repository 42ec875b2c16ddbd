import type { SpeakerKind } from './speaker';

/** Words that organisations are called by. */
const ORGANISATION =
  /(?:^|\s)(?:the\s)?(?:agency|association|authority|board|church|commission|committee|company|corporation|council|court|department|government|inc|institute|ltd|ministry|office|parliament|party|police|senate|times|union|university)(?:$|[\s,.(])/iu;

/** What somebody of this name most likely is; a guess that people correct. */
export function kindOfName(name: string): SpeakerKind {
  return ORGANISATION.test(name) ? 'Organization' : 'Person';
}

/** A name on one line, its ends trimmed. */
export function tidyName(name: string): string {
  return name.replace(/\s+/gu, ' ').trim();
}

const PRONOUN = /^(?:he|she|they|it|i|we|you|il|elle|ils|elles|on|je|nous|vous)$/iu;

/**
 * Whether a text calls somebody by it elsewhere too: a name begins with a capital letter. A pronoun or a description ("the
 * spokesperson") means somebody else in the next text.
 */
export function isNameLike(written: string): boolean {
  return /^\p{Lu}/u.test(written) && !PRONOUN.test(written) && !/^(?:The|A|An)\s+\p{Ll}/u.test(written);
}

/** Names without those that are the same but for case, and without those of `except`; the first spelling stays. */
export function eachName(names: readonly string[], except: readonly string[] = []): string[] {
  const seen = new Set(except.map(keyOf));
  return names.map(tidyName).filter((name) => {
    const key = keyOf(name);
    return name === '' || seen.has(key) ? false : seen.add(key);
  });
}

/** Names that mean the same: without accents and case. */
export function keyOf(name: string): string {
  return tidyName(name).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
