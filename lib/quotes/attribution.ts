import type { Names } from './names';
import {
  isBetween,
  isWhole,
  lineStart,
  phraseAt,
  quotedWords,
  type Reading,
  sentenceEnd,
  sentenceStart,
} from './reading';
import { type Speakers, subjectOf } from './speakers';
import { beginningAt, firstOf, type Subject, subjectBefore } from './subject';
import { sayingAt } from './verbs';

/** Who is said to have said a quotation, and by which words. */
export type Attribution = {
  readonly subject: Subject;
  /** The item that is the verb; -1 where there is none. */
  readonly verb: number;
  readonly rule: Rule;
};

export type Rule =
  | 'after'
  | 'before'
  | 'by'
  | 'tail'
  | 'according'
  | 'colon'
  | 'shared'
  | 'list'
  | 'goes on'
  | 'own words'
  | 'document'
  | 'headline';

/** How sure each rule is. */
export const SCORES: Readonly<Record<Rule, number>> = {
  after: 0.97,
  before: 0.85,
  by: 0.8,
  tail: 0.85,
  according: 0.85,
  colon: 0.85,
  shared: 0.8,
  list: 0.75,
  'goes on': 0.72,
  'own words': 0.65,
  document: 0.58,
  headline: 0.6,
};

/** Nothing that anybody said: why not. */
export type Refusal = { readonly refused: string };

/** Words between a quotation and its verb behind it. */
const TO_VERB = 30;
/** Items back in which somebody must have spoken for a quotation without attribution to be theirs. */
const RECENT = 160;
/** Words that make a passage without attribution a quotation: right after a sentence that says something, or later. */
const PHRASE = 4;
const LONG_PHRASE = 8;

/** The attribution of the quotation that stands at an item, by the first rule that fits; `null` where none does. */
export function attributionOf(
  reading: Reading,
  names: Names,
  speakers: Speakers,
  at: number,
): Attribution | Refusal | null {
  const after = afterIt(reading, names, at);
  if (after !== null) return after;
  const before = beforeIt(reading, names, at);
  if (before !== null) return before;
  return (
    behindComma(reading, names, at) ??
    accordingTo(reading, names, at) ??
    behindColon(reading, names, at) ??
    shared(reading, names, at) ??
    inList(reading, names, at) ??
    inHeadline(reading, at) ??
    goesOn(reading, speakers, at)
  );
}

/** Whether a quotation is parted from what follows as direct speech is: by a comma, a dash or its own full stop. */
function isParted(reading: Reading, at: number): boolean {
  const { items, quotes, text } = reading;
  const item = items[at];
  const outer = quotes[item?.quote ?? -1]?.outer;
  const last =
    text
      .slice((outer?.end ?? 0) - 3, (outer?.end ?? 0) - 1)
      .trim()
      .at(-1) ?? '';
  return /[,.!?…—–-]/.test(last) || [',', '—', '–'].includes(items[at + 1]?.text ?? '');
}

/** "…," she said. "…," said the minister. */
export function afterIt(reading: Reading, names: Names, at: number): Attribution | null {
  const { items } = reading;
  if (!isParted(reading, at)) return null;
  let from = at + 1;
  while (items[from]?.kind === 'sign' && [',', '—', '–'].includes(items[from]?.text ?? '')) from += 1;
  let verb = from;
  while (isBetween(reading, verb)) verb += 1;
  if (sayingAt(reading, verb) === 'plain' && !items[from]?.isCapital) {
    const subject = beginningAt(reading, names, verb + 1);
    if (subject !== null) return { subject, verb, rule: 'after' };
  }
  return clauseAt(reading, names, from, isWhole(reading, items[at]?.quote ?? -1));
}

/** "she said" at an item: somebody, and a verb of saying right behind. */
function clauseAt(reading: Reading, names: Names, from: number, isShort: boolean): Attribution | null {
  const { items, language } = reading;
  const subject = beginningAt(reading, names, from);
  if (subject === null) return null;
  let at = subject.last + 1;
  let isApposition = false;
  for (; at - from < TO_VERB; at += 1) {
    const item = items[at];
    if (item === undefined || item.kind === 'line' || item.kind === 'quote') return null;
    if (item.kind === 'sign') {
      if (item.text !== ',' || isShort) return null;
      isApposition = true;
      continue;
    }
    if (sayingAt(reading, at) === 'plain') return { subject, verb: at, rule: 'after' };
    if (!isBetween(reading, at) && !isApposition && !language.relatives.has(item.lower)) return null;
  }
  return null;
}

/** She said that "…". */
function beforeIt(reading: Reading, names: Names, at: number): Attribution | Refusal | null {
  const { items, language } = reading;
  const start = sentenceStart(reading, at);
  for (let verb = at - 1; verb >= start; verb -= 1) {
    const kind = sayingAt(reading, verb);
    if (kind === null) continue;
    if (kind === 'supposed') return { refused: 'nobody is said to have said it, only that one could' };
    const subject = kind === 'passive' ? null : subjectOfSentence(reading, names, verb);
    if (subject === null) {
      const by = language.agents.has(items[at + 1]?.lower ?? '') ? beginningAt(reading, names, at + 2) : null;
      if (by !== null) return { subject: by, verb, rule: 'by' };
      continue;
    }
    const means = language.pronouns.get(subject.pronoun ?? '');
    const names_ = language.naming.has(items[verb]?.lower ?? '');
    if (means === 'author' || (means === 'authors' && names_))
      return { refused: 'the author’s own word for something' };
    return { subject, verb, rule: 'before' };
  }
  return null;
}

/** "…" while they were in power, she said. */
function behindComma(reading: Reading, names: Names, at: number): Attribution | null {
  const end = sentenceEnd(reading, at + 1);
  for (let comma = at + 1; comma < end; comma += 1) {
    if (reading.items[comma]?.kind === 'quote') return null;
    if (reading.items[comma]?.text !== ',') continue;
    const subject = beginningAt(reading, names, comma + 1);
    if (subject === null) continue;
    let verb = subject.last + 1;
    while (isBetween(reading, verb)) verb += 1;
    if (sayingAt(reading, verb) === 'plain') return { subject, verb, rule: 'tail' };
  }
  return null;
}

function subjectOfSentence(reading: Reading, names: Names, verb: number): Subject | null {
  return reading.items[verb - 1]?.kind === 'quote' || reading.language.tag === 'fr'
    ? subjectOf(reading, names, verb)
    : subjectBefore(reading, names, verb);
}

/** "…", according to the ministry. Also before it. */
function accordingTo(reading: Reading, names: Names, at: number): Attribution | null {
  const [from, to] = [sentenceStart(reading, at), sentenceEnd(reading, at + 1)];
  for (let item = from; item < to; item += 1) {
    const length = phraseAt(reading, item, reading.language.according);
    const subject = length === 0 ? null : beginningAt(reading, names, item + length);
    if (subject !== null) return { subject, verb: -1, rule: 'according' };
  }
  return null;
}

/** Anybody, with a whole sentence in quotation marks behind a colon. */
function behindColon(reading: Reading, names: Names, at: number): Attribution | null {
  if (reading.items[at - 1]?.text !== ':' || !isSentence(reading, at)) return null;
  const subject = firstOf(reading, names, sentenceStart(reading, at - 1), at);
  return subject === null ? null : { subject, verb: -1, rule: 'colon' };
}

function isSentence(reading: Reading, at: number): boolean {
  const words = quotedWords(reading, reading.items[at]?.quote ?? -1);
  return words.length >= PHRASE && /^\p{Lu}/u.test(words[0] ?? '');
}

/** Two pieces in a sentence, the attribution behind the second: "…" and "…", the report says. */
function shared(reading: Reading, names: Names, at: number): Attribution | null {
  const end = sentenceEnd(reading, at + 1);
  for (let item = at + 1; item < end; item += 1) {
    if (reading.items[item]?.kind !== 'quote') continue;
    const found = afterIt(reading, names, item);
    if (found !== null) return { ...found, rule: 'shared' };
  }
  return null;
}

/** A list behind "she also said:". */
function inList(reading: Reading, names: Names, at: number): Attribution | null {
  const { items } = reading;
  let line = lineStart(reading, at) - 1;
  for (let left = 12; left > 0 && items[line]?.kind === 'line' && items[line]?.text === '\n'; left -= 1)
    line = lineStart(reading, line) - 1;
  if (items[line]?.kind !== 'line' || items[line - 1]?.text !== ':') return null;
  // A list has more than one line.
  const next = items.slice(at, at + 60).find(({ kind }) => kind === 'line');
  if (next?.text !== '\n' && lineStart(reading, at) - 1 === line) return null;
  const found = beforeIt(reading, names, line - 1);
  return found === null || 'refused' in found ? null : { ...found, rule: 'list' };
}

/** 'Words of it' behind the event: Report */
function inHeadline(reading: Reading, at: number): Attribution | null {
  const { items, language } = reading;
  for (let colon = at + 1; colon < at + 20; colon += 1) {
    if (items[colon] === undefined || items[colon]?.kind === 'line') return null;
    if (items[colon]?.text !== ':') continue;
    const last = items[colon + 1];
    const ends = items[colon + 2] === undefined || items[colon + 2]?.kind === 'line';
    if (last === undefined || !ends || !language.headlineSources.has(last.lower)) return null;
    const subject = {
      first: colon + 1,
      last: colon + 1,
      text: last.text,
      run: undefined,
      pronoun: undefined,
    };
    return { subject, verb: -1, rule: 'headline' };
  }
  return null;
}

/** Without words of its own that say who: whoever spoke last. */
function goesOn(reading: Reading, speakers: Speakers, at: number): Attribution | null {
  const { items, language } = reading;
  const line = lineStart(reading, at);
  const words = quotedWords(reading, items[at]?.quote ?? -1);
  const isLine = items[at + 1] === undefined || items[at + 1]?.kind === 'line';
  const isLong = words.length >= LONG_PHRASE && isWhole(reading, items[at]?.quote ?? -1);
  const isAlone = at === line && isSentence(reading, at) && (isLine || isLong);
  const recent = speakers.lastBefore(at, Math.max(0, at - RECENT));
  if (recent === null) return null;
  if (isAlone) return { ...recent, verb: -1, rule: 'goes on' };
  const here = speakers.lastBefore(at, line);
  if (here === null) return null;
  if (words.length >= 3 && words.some((word) => language.firstPerson.has(word.toLowerCase())))
    return { ...here, verb: -1, rule: 'own words' };
  const sentence = sentenceStart(reading, at);
  const isNext = here.verb >= sentenceStart(reading, Math.max(line, sentence - 1));
  const needed = isNext ? PHRASE : LONG_PHRASE;
  return words.length >= needed ? { ...here, verb: -1, rule: 'document' } : null;
}

/** A short passage that stands like an adjective before a noun: the "zero tolerance" policy. */
export function isTerm(reading: Reading, at: number): boolean {
  const { items, language } = reading;
  const [before, after] = [items[at - 1], items[at + 1]];
  if (
    quotedWords(reading, items[at]?.quote ?? -1, 4).length > 3 ||
    before?.kind !== 'word' ||
    after?.kind !== 'word'
  )
    return false;
  const isHeld = before.isOwner || language.determiners.has(before.lower) || language.links.has(before.lower);
  return isHeld && !language.stops.has(after.lower) && !language.determiners.has(after.lower);
}

/** A title: every word of weight has a capital letter, and there are at least two of them. */
export function isTitle(reading: Reading, at: number): boolean {
  const words = quotedWords(reading, reading.items[at]?.quote ?? -1).filter(({ length }) => length > 3);
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word));
}

/** Whether the words stand on a thing rather than being said by anybody. */
export function isInscription({ language }: Reading, { text }: Subject): boolean {
  return text
    .toLowerCase()
    .split(' ')
    .some((word) => language.inscriptions.has(word));
}
