import type { Names } from './names';
import type { Proposal } from './proposal';
import { type Reading, sentenceStart } from './reading';
import { type Speakers, subjectOf } from './speakers';
import { sayingAt } from './verbs';

/** Words at the beginning of a paragraph in which "we" or "I" must stand. */
const OPENING = 3;
/** Less sure than marks: the text has none. */
const SCORE = 0.6;

/**
 * Paragraphs that are quoted without marks, as a page sets them in: the paragraph before ends in a colon and says who
 * says it, and this one speaks as "we" or "I".
 */
export function blockQuotes(reading: Reading, names: Names, speakers: Speakers): Proposal[] {
  const { items, language, text } = reading;
  const found: Proposal[] = [];
  for (let line = 1; line < items.length; line += 1) {
    const break_ = items[line];
    if (break_?.kind !== 'line' || break_.text.length < 2 || items[line - 1]?.text !== ':') continue;
    let end = line + 1;
    while (items[end] !== undefined && items[end]?.kind !== 'line' && items[end]?.kind !== 'quote') end += 1;
    const opening = items
      .slice(line + 1, line + 1 + OPENING)
      .map(({ lower }) => language.pronouns.get(lower));
    const isOwn = opening.some((means) => means === 'author' || means === 'authors');
    const last = items[end - 1];
    if (!isOwn || items[end]?.kind === 'quote' || items[end]?.text === '\n' || last?.text !== '.') continue;
    for (let verb = line - 1; verb >= sentenceStart(reading, line - 1); verb -= 1) {
      if (sayingAt(reading, verb) !== 'plain') continue;
      const subject = subjectOf(reading, names, verb);
      if (subject === null) break;
      const { name, because, weight } = speakers.resolve(subject);
      const span = { start: items[line + 1]?.start ?? 0, end: last.end };
      const reason = `A paragraph that speaks as “we” or “I” behind “${subject.text} ${items[verb]?.text}:”${because === null ? '' : `; ${because}`}.`;
      found.push({
        spans: [span],
        span,
        speaker: name,
        written: name,
        verb: text.slice(items[verb]?.start, items[verb]?.end),
        style: 'direct',
        hedged: false,
        hedge: null,
        chain: [],
        reason,
        score: SCORE + weight / 2,
      });
      break;
    }
  }
  return found;
}
