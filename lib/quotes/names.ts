import { GIVEN_NAMES } from './given-names';
import type { Item } from './items';
import type { Reading } from './reading';

/** Capitalised words that stand together and name somebody or something, without titles before them. */
export type Run = {
  /** Indexes of its first and last item. */
  readonly first: number;
  readonly last: number;
  /** As written. */
  readonly name: string;
  /** The last word in lower case: what a later mention by surname is looked up by. */
  readonly key: string;
  readonly count: number;
  /** What stands before the name and says what somebody is: "president", "skipper"; in lower case. */
  readonly role: string;
  readonly gender: 'man' | 'woman' | null;
};

/** Words of a name that are looked at. */
const LONGEST = 8;
/** Of a line without a full stop with at least this part of its words capitalised, names are not learnt: a headline. */
const HEADLINE = 0.6;

/** All names of a text in order. */
export function runsOf(reading: Reading): Run[] {
  const { items, language } = reading;
  const common = new Set<string>();
  for (const { kind, isCapital, lower } of items) if (kind === 'word' && !isCapital) common.add(lower);
  const isPart = (item: Item | undefined) =>
    item?.kind === 'word' && item.isCapital && !isFunctionWord(reading, item.lower);
  const found: Run[] = [];
  for (let at = 0; at < items.length; at += 1) {
    reading.meter.steps += 1;
    if (!isPart(items[at])) continue;
    let last = at;
    while (!items[last]?.isOwner && last - at < LONGEST) {
      let next = last + 1;
      while (
        items[next]?.isNext &&
        !items[next]?.isCapital &&
        language.particles.has(items[next]?.lower ?? '') &&
        next - last < 3
      )
        next += 1;
      if (!isPart(items[next]) || !items[next]?.isNext) break;
      last = next;
    }
    const run = runFrom(reading, at, last, common);
    if (run !== null) found.push(run);
    at = last;
  }
  return found;
}

/** Words that name nobody however they are written. */
export function isFunctionWord({ language }: Reading, lower: string): boolean {
  const { stops, determiners, adverbs, pronouns, auxiliaries, times, according } = language;
  return (
    stops.has(lower) ||
    determiners.has(lower) ||
    adverbs.has(lower) ||
    pronouns.has(lower) ||
    auxiliaries.has(lower) ||
    times.has(lower) ||
    according.some(([first]) => first === lower)
  );
}

function runFrom(reading: Reading, at: number, last: number, common: ReadonlySet<string>): Run | null {
  const { items, language } = reading;
  let first = at;
  let gender: Run['gender'] = null;
  let role = '';
  // Titles and offices before the name; what is left must be a name.
  for (let scan = at; scan < last; scan += 1) {
    const title = titleOf(reading, items[scan] as Item);
    if (title === undefined) continue;
    first = scan + 1;
    gender = title === 'anybody' ? gender : title;
    role = items[scan]?.lower ?? '';
  }
  if (role === '') {
    const before = items[first - 1];
    if (
      before?.kind === 'word' &&
      !before.isCapital &&
      items[first]?.isNext &&
      !isFunctionWord(reading, before.lower)
    )
      role = before.lower;
  }
  const item = items[last] as Item;
  const alone = items[first] as Item;
  // A common word with a capital letter because a sentence begins there.
  if (
    first === last &&
    common.has(alone.lower) &&
    !(items[first - 1]?.kind === 'word' && items[first]?.isNext)
  )
    return null;
  if (first === last && titleOf(reading, alone) !== undefined) return null;
  const particle = items[first - 1];
  const from =
    particle?.kind === 'word' && items[first]?.isNext && isParticleOfName(reading, first) ? first - 1 : first;
  gender ??= GIVEN_NAMES.get(alone.lower) ?? null;
  const name = reading.text.slice(items[from]?.start ?? 0, item.end).replace(/\s+/g, ' ');
  return {
    first: from,
    last,
    name,
    key: item.lower,
    count: last - first + 1 - (language.particles.has(alone.lower) ? 1 : 0),
    role,
    gender,
  };
}

/** "de" before "Miranda", but not the "de" of "le rapport de Miranda": only where nothing it could belong to stands before. */
function isParticleOfName({ items, language }: Reading, first: number): boolean {
  const particle = items[first - 1];
  if (
    particle === undefined ||
    !language.particles.has(particle.lower) ||
    language.determiners.has(particle.lower)
  )
    return false;
  if (language.links.has(particle.lower)) return false;
  return true;
}

function titleOf({ language }: Reading, { lower }: Item): 'man' | 'woman' | 'anybody' | undefined {
  return language.titles.get(lower) ?? language.titles.get(lower.split('-').at(-1) ?? lower);
}

/** Who is who: full names by surname, and offices by who holds them. */
export class Names {
  readonly #full = new Map<string, { name: string; at: number; gender: Run['gender'] }[]>();
  readonly #first = new Map<string, string | null>();
  readonly #roles = new Map<string, { name: string; at: number }[]>();
  readonly #genders = new Map<string, 'man' | 'woman'>();
  readonly runs: readonly Run[];
  readonly #byLast = new Map<number, Run>();
  readonly #byFirst = new Map<number, Run>();

  constructor(reading: Reading) {
    this.runs = runsOf(reading);
    const headlines = headlinesOf(reading);
    for (const run of this.runs) {
      this.#byLast.set(run.last, run);
      this.#byFirst.set(run.first, run);
      if (run.gender !== null) this.#genders.set(run.key, run.gender);
      if (run.count < 2 || headlines(run.first)) continue;
      const given = run.name.split(' ')[0]?.toLowerCase() ?? '';
      // A first name that two people have is nobody's.
      const other = this.#first.get(given);
      this.#first.set(given, other === undefined || other === run.name ? run.name : null);
      const known = this.#full.get(run.key);
      const row = { name: run.name, at: run.first, gender: run.gender };
      if (known === undefined) this.#full.set(run.key, [row]);
      else if (known.length < 20 && !known.some(({ name }) => name === run.name)) known.push(row);
    }
    for (const run of this.runs) {
      if (run.role === '') continue;
      const name = this.inFull(run);
      const rows = this.#roles.get(run.role);
      if (rows === undefined) this.#roles.set(run.role, [{ name, at: run.first }]);
      else if (rows.length < 20) rows.push({ name, at: run.first });
    }
  }

  /** The name that ends at an item. */
  endingAt(item: number): Run | undefined {
    return this.#byLast.get(item);
  }

  startingAt(item: number): Run | undefined {
    return this.#byFirst.get(item);
  }

  /** A name as the text gives it in full: the last full name with this surname before the mention, or the first of all. */
  inFull({ name, key, first, count }: Run): string {
    const full = this.#full.get(key);
    if (full === undefined) return (count === 1 ? this.#first.get(key) : null) ?? name;
    if (count > 1 && full.some((row) => row.name === name)) return name;
    return (full.findLast(({ at }) => at <= first) ?? full[0])?.name ?? name;
  }

  /** Whoever an office was last said to belong to: "the president". */
  holderOf(role: string, before: number): string | undefined {
    const rows = this.#roles.get(role);
    return (rows?.findLast(({ at }) => at < before) ?? undefined)?.name;
  }

  genderOf(key: string): 'man' | 'woman' | undefined {
    return this.#genders.get(key);
  }
}

function headlinesOf({ items, meter }: Reading): (item: number) => boolean {
  const lines: { from: number; is: boolean }[] = [];
  let [from, capitals, all, ended] = [0, 0, 0, false];
  const close = (to: number) => {
    lines.push({ from, is: all > 3 && !ended && capitals / all >= HEADLINE });
    [from, capitals, all, ended] = [to, 0, 0, false];
  };
  for (const [at, item] of items.entries()) {
    meter.steps += 1;
    if (item.kind === 'line') close(at + 1);
    else if (item.kind === 'word') {
      all += 1;
      capitals += item.isCapital ? 1 : 0;
      ended = false;
    } else if (item.kind === 'sign') ended = item.text === '.';
  }
  close(items.length);
  return (item) => {
    let low = 0;
    let high = lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.from ?? 0) <= item) low = middle;
      else high = middle;
    }
    return lines[low]?.is ?? false;
  };
}
