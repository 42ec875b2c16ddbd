import { isBetween, phraseAt, type Reading } from './reading';

/** Words before a verb that are looked at for what it depends on. */
const BEFORE = 6;

/**
 * A verb of saying at an item, as it counts there: said, only supposed ("we should say"), or done to somebody
 * ("was called"); `null` where the word is a noun or no such verb.
 */
export function sayingAt(reading: Reading, at: number): 'plain' | 'supposed' | 'passive' | null {
  reading.meter.steps += 1;
  const { items, language } = reading;
  const item = items[at];
  if (item?.kind !== 'word' || !language.saying.has(item.lower)) return null;
  if (item.isCapital && items[at - 1]?.kind === 'word') return null;
  for (let back = 1; back <= 4; back += 1)
    if (phraseAt(reading, at - back, language.supposing) > back) return 'supposed';
  const depends = dependsOn(reading, at, language.gerund.test(item.lower));
  if (depends !== null) return depends;
  return language.nouns.has(item.lower) && isNoun(reading, at) ? null : 'plain';
}

/** What makes a verb no report of what its subject said. */
function dependsOn(reading: Reading, at: number, isGerund: boolean): 'supposed' | 'passive' | null {
  const { items, language } = reading;
  let isInfinitive = false;
  for (let back = at - 1; back >= 0 && at - back <= BEFORE; back -= 1) {
    const word = items[back];
    if (word?.kind !== 'word') return null;
    if (language.modals.has(word.lower)) return 'supposed';
    if (language.being.has(word.lower)) {
      if (!isGerund && !isInfinitive) return 'passive';
    } else if (word.lower === 'to' && language.tag === 'en') isInfinitive = true;
    else if (!isInfinitive && !isBetween(reading, back)) return null;
  }
  return null;
}

/** Whether a word that is a verb as often is a noun here: by what stands before it, and by its ending. */
function isNoun(reading: Reading, at: number): boolean {
  const { items, language } = reading;
  let back = at - 1;
  while (isBetween(reading, back)) back -= 1;
  const before = items[back];
  if (before?.kind !== 'word')
    return (
      before?.kind !== 'quote' && !(before?.text === ',' && language.gerund.test(items[at]?.lower ?? ''))
    );
  const { lower, isOwner } = before;
  if (isOwner || language.determiners.has(lower) || language.links.has(lower)) return true;
  if (language.pronouns.has(lower) || language.relatives.has(lower)) return false;
  if (language.stops.has(lower)) return true;
  // "Officials report", "the company claims": the verb has the ending that its subject lacks.
  const isBase = language.base?.test(items[at]?.lower ?? '');
  return isBase !== undefined && isBase !== /s$/.test(lower);
}
