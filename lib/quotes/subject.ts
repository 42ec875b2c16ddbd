import { isFunctionWord, type Names, type Run } from './names';
import { isBetween, type Reading, sentenceStart, written } from './reading';
import { sayingAt } from './verbs';

/** Words that say who speaks, and the name in them where there is one. Indexes of items. */
export type Subject = {
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly run: Run | undefined;
  readonly pronoun: string | undefined;
};

/** Words of a description at most. */
const LONGEST = 12;

/** Who is the subject of the verb at an item, by what stands before it in its sentence. */
export function subjectBefore(reading: Reading, names: Names, verb: number): Subject | null {
  const { items, language } = reading;
  const start = sentenceStart(reading, verb);
  if (language.gerund.test(items[verb]?.lower ?? '')) return subjectOfGerund(reading, names, start, verb);
  let at = verb - 1;
  while (at >= start && (isBetween(reading, at) || isTimeOrModal(reading, at))) at -= 1;
  const before = items[at];
  if (at < start || before === undefined) return null;
  if (before.kind === 'word') {
    if (language.relatives.has(before.lower)) {
      const found = antecedentOf(reading, names, at, start);
      if (found !== null) return found;
    }
    if (isPronoun(reading, at)) return pronounAt(reading, at);
    if (!isFunctionWord(reading, before.lower) && !before.isOwner && sayingAt(reading, at) === null) {
      const found = endingAt(reading, names, at, start);
      // "The mother of a woman who took pills said": what ends there belongs to the clause about the woman.
      const isInClause = found !== null && language.relatives.has(items[found.first - 1]?.lower ?? '');
      if (found !== null && !isInClause) return found;
    }
  }
  return firstOf(reading, names, start, verb);
}

/** "She left, saying": the subject of the sentence, or of the clause with "who" or "which" that it stands in. */
function subjectOfGerund(reading: Reading, names: Names, start: number, verb: number): Subject | null {
  for (let at = verb - 1; at > start; at -= 1) {
    if (!reading.language.relatives.has(reading.items[at]?.lower ?? '')) continue;
    if (isPronoun(reading, at)) continue;
    return antecedentOf(reading, names, at, start) ?? firstOf(reading, names, start, verb);
  }
  return firstOf(reading, names, start, verb);
}

/** Whom a "who" is about. In "Ana Reyes, a lawyer who" it is Ana Reyes. */
function antecedentOf(reading: Reading, names: Names, relative: number, start: number): Subject | null {
  const { items, language } = reading;
  const owner = items[relative - 1]?.text === ',' ? relative - 2 : relative - 1;
  if (owner < start) return null;
  const found = endingAt(reading, names, owner, start);
  const isApposition = found !== null && language.indefinites.has(items[found.first]?.lower ?? '');
  if (isApposition && items[found.first - 1]?.text === ',' && found.first - 2 >= start)
    return endingAt(reading, names, found.first - 2, start) ?? found;
  return found;
}

function isTimeOrModal({ items, language }: Reading, at: number): boolean {
  const lower = items[at]?.lower ?? '';
  return language.times.has(lower) || language.modals.has(lower);
}

function isPronoun({ items, language }: Reading, at: number): boolean {
  const item = items[at];
  return item?.kind === 'word' && language.pronouns.has(item.lower);
}

function pronounAt(reading: Reading, at: number): Subject {
  const item = reading.items[at];
  return { first: at, last: at, text: item?.text ?? '', run: undefined, pronoun: item?.lower };
}

/** The words about one person or thing that end at an item. */
export function endingAt(reading: Reading, names: Names, last: number, start: number): Subject | null {
  const { items, language } = reading;
  let first = last + 1;
  let determined = -1;
  for (let at = last; at >= start && last - at < LONGEST; at -= 1) {
    reading.meter.steps += 1;
    const word = items[at];
    if (word?.kind !== 'word') break;
    if (language.links.has(word.lower) && at < last) {
      if (at === start || !isNoun(reading, at - 1)) break;
      continue;
    }
    if (language.determiners.has(word.lower)) {
      first = at;
      determined = at;
      if (language.links.has(items[at - 1]?.lower ?? '') && isNoun(reading, at - 2)) continue;
      break;
    }
    if (isFunctionWord(reading, word.lower) && names.endingAt(last)?.first !== at) break;
    if (at < last && sayingAt(reading, at) !== null) break;
    first = at;
  }
  if (first > last) return null;
  // "dispositions les plus contestées de ce projet": where the whole has no beginning, the part that has one.
  if (determined > first && items[first]?.isCapital === false) first = determined;
  const run = names.endingAt(last);
  const from = run !== undefined && run.first < first ? run.first : first;
  return named(reading, names, from, last);
}

function isNoun(reading: Reading, at: number): boolean {
  const item = reading.items[at];
  return item?.kind === 'word' && !isFunctionWord(reading, item.lower);
}

/** The words about one person or thing that begin at an item, or behind words of time there. */
export function beginningAt(reading: Reading, names: Names, from: number): Subject | null {
  const { items, language } = reading;
  let first = from;
  while (
    isBetween(reading, first) ||
    (items[first]?.kind === 'word' && language.times.has(items[first]?.lower ?? ''))
  )
    first += 1;
  if (isPronoun(reading, first)) return pronounAt(reading, first);
  let last = first - 1;
  for (let at = first; at - first < LONGEST; at += 1) {
    reading.meter.steps += 1;
    const word = items[at];
    if (word?.kind !== 'word') break;
    const run = names.startingAt(at);
    if (run !== undefined) {
      last = run.last;
      at = run.last;
      continue;
    }
    if (language.determiners.has(word.lower) && at === first) continue;
    if (language.links.has(word.lower) && last === at - 1 && at > first) {
      if (language.determiners.has(items[at + 1]?.lower ?? '')) at += 1;
      continue;
    }
    if (isFunctionWord(reading, word.lower) || sayingAt(reading, at) !== null || isBetween(reading, at))
      break;
    if (!word.isCapital && language.past?.test(word.lower) && names.endingAt(at - 1) !== undefined) break;
    last = at;
  }
  return last < first ? null : named(reading, names, first, last);
}

/** The subject of these words: the name they end in, the name before "of", or the one that a comma sets beside them. */
function named(reading: Reading, names: Names, first: number, last: number): Subject {
  const { items, language } = reading;
  const text = written(reading, first, last);
  let run = names.endingAt(last);
  for (let at = first; at < last; at += 1) {
    const early = names.startingAt(at);
    if (early === undefined) continue;
    if (early.last < last && language.links.has(items[early.last + 1]?.lower ?? '')) {
      // "Senator Ana Reyes of Ohio" is a person, "the Department of Health" all of it.
      const isPerson = (early.count > 1 || early.role !== '') && !language.organisations.has(early.key);
      run = isPerson ? early : undefined;
      break;
    }
    at = early.last;
  }
  const behindLink =
    run !== undefined && run.last === last && language.links.has(beforeRun(reading, run, first));
  if (behindLink) run = undefined;
  const beside = items[last + 1]?.text === ',' && run === undefined ? names.startingAt(last + 2) : undefined;
  if (beside !== undefined && items[beside.last + 1]?.text === ',')
    return { first, last: beside.last + 1, text, run: beside, pronoun: undefined };
  return { first, last, text, run, pronoun: undefined };
}

/** The word before a name, articles left out. */
function beforeRun({ items, language }: Reading, run: Run, first: number): string {
  let at = run.first - 1;
  while (at >= first && (language.determiners.has(items[at]?.lower ?? '') || items[at]?.isCapital)) at -= 1;
  return at < first ? '' : (items[at]?.lower ?? '');
}

/** The first words about somebody in a sentence, behind an opening such as "In an interview,". */
export function firstOf(reading: Reading, names: Names, start: number, before: number): Subject | null {
  const { items, language } = reading;
  let at = start;
  for (let tries = 0; tries < 3 && at < before; tries += 1) {
    const item = items[at];
    const opens = item?.kind !== 'word' || (!isPronoun(reading, at) && !language.determiners.has(item.lower));
    if (
      opens &&
      names.startingAt(at) === undefined &&
      (item?.kind !== 'word' || isFunctionWord(reading, item.lower))
    ) {
      // "But the officials": one word. "In an interview with the BBC, he": to the comma.
      if (items[at + 1]?.text === ',') at += 2;
      else if (isPreposition(reading, at)) {
        let comma = at;
        while (comma < before && items[comma]?.text !== ',') comma += 1;
        if (comma >= before) return null;
        at = comma + 1;
      } else at += 1;
      continue;
    }
    const found = beginningAt(reading, names, at);
    if (found === null || found.last >= before) return null;
    // "Fact checker and staff writer David Emery": both are his.
    const other = JOINS.has(items[found.last + 1]?.lower ?? '')
      ? beginningAt(reading, names, found.last + 2)
      : null;
    return found.run === undefined && other?.run !== undefined && other.last < before ? other : found;
  }
  return null;
}

const JOINS = new Set([
  'and',
  'but',
  'or',
  'yet',
  'so',
  'et',
  'mais',
  'donc',
  'car',
  'that',
  'que',
  'qu',
  'also',
  'then',
]);

function isPreposition({ items, language }: Reading, at: number): boolean {
  const lower = items[at]?.lower ?? '';
  return language.stops.has(lower) && !JOINS.has(lower);
}
