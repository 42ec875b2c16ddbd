import type { SaidHere } from '../../db/threads-brought-in';
import type { DiscussionInFile, SaidInFile } from './discussions';

/** What a file says that is not here: whole discussions, and what goes on in those that are here, by their ids. */
export type SaidAnew = {
  readonly fresh: readonly DiscussionInFile[];
  readonly replies: ReadonlyMap<string, readonly SaidInFile[]>;
};

const MINUTE = 60_000;
const FURTHEST_ZONE = 14 * 60 * MINUTE;

/** Who it was, also where an export named who brought it in. */
const authorOf = (name: string) => name.replace(/ \(brought in by .*\)$/, '').trim();
/** Words but for how they are spaced, and whom they mention: a file has names, or nobody. */
const wordsOf = (text: string) =>
  text
    .replace(/@(?:\[[^\]]*\]|somebody)/g, '@')
    .replace(/\s+/g, ' ')
    .trim();

/** Times are compared as programs round them; a comment of a file without one is known by its words. */
const isAt = ({ at }: SaidInFile, { created }: SaidHere, within: number) =>
  at === null || Math.abs(Date.parse(at) - created.getTime()) < within;

const isSame = (said: SaidInFile, here: SaidHere) =>
  authorOf(said.author) === here.author &&
  wordsOf(said.text) === wordsOf(here.text) &&
  isAt(said, here, MINUTE);

/**
 * Its time was moved when it came in, out of the future or behind what it answers: many programs write the time of the place and no
 * zone, which is as far off as zones are.
 */
const isMoved = (said: SaidInFile, here: SaidHere) =>
  authorOf(said.author) === here.author &&
  wordsOf(said.text) === wordsOf(here.text) &&
  isAt(said, here, FURTHEST_ZONE);

/** Its words were changed here, or name somebody: then who said it and when has to do, in a program that keeps minutes, too. */
const isChanged = (said: SaidInFile, here: SaidHere) =>
  (here.isEdited || here.text.includes('@[')) &&
  said.at !== null &&
  authorOf(said.author) === here.author &&
  isAt(said, here, MINUTE);

/**
 * Tells what of a file's comments is here already, whatever the file calls them: programs number them anew when they save. It is
 * known by who said it, when, and in which words; each comment here is known once. What was deleted here is known, too.
 */
export function saidAnew(all: readonly DiscussionInFile[], here: readonly SaidHere[]): SaidAnew {
  const known = new Map<SaidInFile, SaidHere>();
  const taken = new Set<SaidHere>();
  const ofWords = Map.groupBy(here, ({ text }) => wordsOf(text));
  const ofAuthor = Map.groupBy(here, ({ author }) => author);
  const take = (said: SaidInFile, among: readonly SaidHere[] | undefined, is: typeof isSame) => {
    const found = known.has(said) ? undefined : among?.find((one) => !taken.has(one) && is(said, one));
    if (found === undefined) return;
    known.set(said, found);
    taken.add(found);
  };
  const each = all.flatMap(({ said }) => said);
  for (const said of each) take(said, ofWords.get(wordsOf(said.text)), isSame);
  for (const said of each) take(said, ofAuthor.get(authorOf(said.author)), isChanged);
  for (const said of each) take(said, ofWords.get(wordsOf(said.text)), isMoved);
  const fresh: DiscussionInFile[] = [];
  const replies = new Map<string, SaidInFile[]>();
  for (const one of all) {
    const threadId = one.said.map((said) => known.get(said)?.threadId).find((id) => id !== undefined);
    const missing = one.said.filter((said) => !known.has(said));
    if (threadId === undefined) fresh.push(one);
    else if (missing.length > 0) replies.set(threadId, [...(replies.get(threadId) ?? []), ...missing]);
  }
  return { fresh, replies };
}
