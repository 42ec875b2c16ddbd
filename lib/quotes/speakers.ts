import type { Names, Run } from './names';
import { isBetween, type Reading } from './reading';
import { beginningAt, type Subject, subjectBefore } from './subject';
import { sayingAt } from './verbs';

/** Who a subject is taken for. */
export type Resolved = {
  /** As it would be stored; '' where nobody can be named. */
  readonly name: string;
  /** How that was found, in words, where the text itself says it otherwise. */
  readonly because: string | null;
  /** How much surer or less sure the proposal gets by it. */
  readonly weight: number;
};

type Mention = { readonly at: number; readonly name: string; readonly gender: 'man' | 'woman' | undefined };

/** Mentions and items that are looked at, going back, for whom a pronoun means. */
const BACK = 80;

/** Everybody who speaks in a text, whether in quotation marks or not, and whom "he" or "the president" means where. */
export class Speakers {
  readonly #reading: Reading;
  readonly #names: Names;
  readonly #mentions: Mention[] = [];
  readonly #sayings: { readonly at: number; readonly subject: Subject }[] = [];
  readonly #described = new Map<string, { text: string; at: number }[]>();

  constructor(reading: Reading, names: Names) {
    this.#reading = reading;
    this.#names = names;
    const people = new Set<string>();
    for (let at = 0; at < reading.items.length; at += 1) {
      if (sayingAt(reading, at) !== 'plain') continue;
      const subject = subjectOf(reading, names, at);
      if (subject === null) continue;
      this.#sayings.push({ at, subject });
      if (subject.run !== undefined) {
        if (this.#mayBePerson(subject.run)) people.add(subject.run.key);
      } else this.#describe(subject);
    }
    for (const { key, gender } of names.runs) if (gender !== null) people.add(key);
    this.#findMentions(people);
  }

  /** Not "the Times", and not "an Ohio Republican". */
  #mayBePerson({ key, first }: Run): boolean {
    const { items, language } = this.#reading;
    return !language.organisations.has(key) && !language.indefinites.has(items[first - 1]?.lower ?? '');
  }

  #describe({ text, first, pronoun }: Subject): void {
    if (pronoun !== undefined) return;
    const head = headOf(text);
    if (text.split(' ').length < 3) return;
    const rows = this.#described.get(head);
    if (rows === undefined) this.#described.set(head, [{ text, at: first }]);
    else if (rows.length < 50) rows.push({ text, at: first });
  }

  #findMentions(people: ReadonlySet<string>): void {
    const { items, language, meter } = this.#reading;
    for (let at = 0; at < items.length; at += 1) {
      meter.steps += 1;
      const run = this.#names.startingAt(at);
      if (run !== undefined && people.has(run.key)) {
        const gender = run.gender ?? this.#names.genderOf(run.key);
        this.#mentions.push({ at, name: this.#names.inFull(run), gender });
      }
      const item = items[at];
      if (item?.kind !== 'word' || !language.titles.has(item.lower) || run !== undefined) continue;
      if (
        !language.determiners.has(items[at - 1]?.lower ?? '') ||
        this.#names.startingAt(at + 1) !== undefined
      )
        continue;
      const holder = this.#names.holderOf(item.lower, at);
      if (holder !== undefined) this.#mentions.push({ at, name: holder, gender: undefined });
    }
  }

  /** The last one who said something before an item and not before the item `from`. */
  lastBefore(at: number, from: number): { subject: Subject; verb: number } | null {
    this.#reading.meter.steps += 1;
    const saying = this.#sayings[before(this.#sayings, at)];
    return saying === undefined || saying.at < from ? null : { subject: saying.subject, verb: saying.at };
  }

  /** Who a subject is. */
  resolve(subject: Subject): Resolved {
    const { language } = this.#reading;
    if (subject.pronoun !== undefined) return this.#pronoun(subject, language.pronouns.get(subject.pronoun));
    if (subject.run !== undefined) {
      const name = this.#names.inFull(subject.run);
      const because =
        name === subject.run.name ? null : `the text calls “${subject.run.name}” “${name}” elsewhere`;
      return { name, because, weight: 0 };
    }
    const head = headOf(subject.text);
    const count = subject.text.split(' ').length;
    if (count <= 2) {
      const holder = isDefinite(subject.text) ? this.#names.holderOf(head, subject.first) : undefined;
      if (holder !== undefined)
        return { name: holder, because: `“${subject.text}” is ${holder} in this text`, weight: -0.02 };
      const rows = this.#described.get(head);
      const earlier = rows?.findLast(({ at }) => at < subject.first) ?? rows?.[0];
      if (earlier !== undefined && isDefinite(subject.text))
        return {
          name: described(earlier.text),
          because: `“${subject.text}” was “${earlier.text}” before`,
          weight: -0.02,
        };
    }
    return { name: described(subject.text), because: null, weight: -0.03 };
  }

  #pronoun(subject: Subject, means: string | undefined): Resolved {
    if (means === 'man' || means === 'woman') {
      let index = before(this.#mentions, subject.first);
      for (let left = BACK; index >= 0 && left > 0; index -= 1, left -= 1) {
        this.#reading.meter.steps += 1;
        const mention = this.#mentions[index];
        if (mention === undefined || (mention.gender !== undefined && mention.gender !== means)) continue;
        const because = `“${subject.text}” is taken for ${mention.name}, the last person named before`;
        return { name: mention.name, because, weight: -0.1 };
      }
    }
    if (means === 'many') return this.#many(subject);
    const thing = subject.pronoun === 'it' ? this.#thing(subject) : null;
    if (thing !== null) return thing;
    if (means === 'authors')
      return { name: subject.text, because: 'the authors speak of themselves', weight: -0.2 };
    return { name: '', because: `“${subject.text}” names nobody`, weight: -0.6 };
  }

  /** "It": the last that said something and is no person. */
  #thing(subject: Subject): Resolved | null {
    const last = this.lastBefore(subject.first, Math.max(0, subject.first - BACK))?.subject;
    if (last === undefined || last.pronoun !== undefined) return null;
    if (last.run !== undefined && this.#mayBePerson(last.run)) return null;
    const name = last.run === undefined ? described(last.text) : this.#names.inFull(last.run);
    return { name, because: `“${subject.text}” is taken for “${name}”, which spoke before`, weight: -0.15 };
  }

  /** "They": the last group that was counted or described, or the last name that is no person's. */
  #many(subject: Subject): Resolved {
    const { items, language, meter } = this.#reading;
    for (let at = subject.first - 1, left = BACK; at >= 0 && left > 0; at -= 1, left -= 1) {
      meter.steps += 1;
      const run = this.#names.endingAt(at);
      const isGroup = GROUPS.has(items[at]?.lower ?? '') && !language.links.has(items[at - 1]?.lower ?? '');
      const group = isGroup ? beginningAt(this.#reading, this.#names, at) : null;
      const name =
        run !== undefined && !items[at]?.isOwner ? run.name : group === null ? null : described(group.text);
      if (name !== null)
        return { name, because: `“${subject.text}” is taken for “${name}”, named before`, weight: -0.15 };
    }
    return { name: subject.text, because: null, weight: -0.2 };
  }
}

const GROUPS = new Set(['many', 'some', 'several', 'most', 'other', 'certains', 'plusieurs', 'quelques']);
const DEFINITE = /^(?:the|le|la|l['’]|les|this|that|ce|cette)\s*/i;
const INDEFINITE = /^(?:an?|une?)\s+/i;

function isDefinite(text: string): boolean {
  return DEFINITE.test(text);
}

/** A description as it would be stored: without "a", and not as the first word of a sentence. */
function described(text: string): string {
  const bare = text.replace(INDEFINITE, '');
  return bare === text ? text.replace(/^\p{Lu}(?=\p{Ll}* )/u, (letter) => letter.toLowerCase()) : bare;
}

function headOf(text: string): string {
  return (text.split(' ').at(-1) ?? '').toLowerCase();
}

/** The verb's subject: before it, or behind it where a quotation or a comma stands before the verb. */
export function subjectOf(reading: Reading, names: Names, verb: number): Subject | null {
  const { items, language } = reading;
  let at = verb - 1;
  while (isBetween(reading, at)) at -= 1;
  const edge = items[at];
  if (edge?.kind === 'quote' || edge?.text === ',') {
    const behind = beginningAt(reading, names, verb + 1);
    if (
      behind !== null &&
      (behind.run !== undefined ||
        behind.pronoun !== undefined ||
        edge.kind === 'quote' ||
        language.tag === 'fr')
    )
      return behind;
  }
  return subjectBefore(reading, names, verb);
}

/** The index of the last row before an item. */
function before(rows: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
