import type { Attribution } from './attribution';
import type { Names } from './names';
import { phraseAt, type Reading, sentenceEnd, sentenceStart, written } from './reading';
import { beginningAt } from './subject';
import { sayingAt } from './verbs';

/** Words of a link at most. */
const LONGEST = 14;

/**
 * Whom the words came through, as written and the nearest first: "according to a draft report obtained by The Post"
 * gives the draft report and The Post.
 */
export function chainOf(reading: Reading, names: Names, at: number, attribution: Attribution): string[] {
  const { items, language } = reading;
  const [from, to] = [sentenceStart(reading, at), sentenceEnd(reading, at + 1)];
  const links: string[] = [];
  for (let item = from; item < to; item += 1) {
    const length = phraseAt(reading, item, language.according) || phraseAt(reading, item, language.obtained);
    if (length > 0) {
      const isSpeaker = attribution.subject.first === item + length;
      const last = linkEnd(reading, item + length, to);
      if (!isSpeaker && last >= item + length) links.push(written(reading, item + length, last));
      continue;
    }
    if (items[item]?.text !== ',' || item < at) continue;
    // A clause at the end: ", the Times wrote".
    const subject = beginningAt(reading, names, item + 1);
    if (subject === null || subject.pronoun !== undefined || subject.first === attribution.subject.first)
      continue;
    const verb = subject.last + 1;
    if (verb !== attribution.verb && sayingAt(reading, verb) === 'plain') links.push(subject.text);
  }
  return links;
}

function linkEnd(reading: Reading, from: number, to: number): number {
  const { items, language } = reading;
  let last = from - 1;
  for (let at = from; at < to && at - from < LONGEST; at += 1) {
    const item = items[at];
    if (item?.kind !== 'word' || phraseAt(reading, at, language.obtained) > 0) break;
    if (language.times.has(item.lower) && at > from) break;
    last = at;
  }
  return last;
}

/** The hedge in the sentence of a quotation or of its verb, outside quotation marks; `null` where there is none. */
export function hedgeOf(reading: Reading, at: number, extra: number): string | null {
  const start = sentenceStart(reading, at);
  const end = Math.max(sentenceEnd(reading, at + 1), extra + 1);
  for (let item = start; item < end; item += 1)
    if (reading.language.hedges.has(reading.items[item]?.lower ?? ''))
      return reading.items[item]?.text ?? null;
  return null;
}
