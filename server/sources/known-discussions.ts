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
export const authorOf = (name: string): string => name.replace(/ \(brought in by .*\)$/, '').trim();
/** Words but for how they are spaced, and whom they mention: a file has names, or nobody. */
const wordsOf = (text: string) =>
  text
    .replace(/@(?:\[[^\]]*\]|somebody)/g, '@')
    .replace(/\s+/g, ' ')
    .trim();

/** What a mark says where it stands as a comment, as our export to Word writes it. */
export type MarkHere = Pick<SaidHere, 'id' | 'author' | 'text' | 'created'> & { readonly isDeleted: boolean };

type Spoken = Pick<SaidHere, 'author' | 'text' | 'created'>;

/** Times are compared as programs round them; a comment of a file without one is known by its words. */
const isAt = ({ at }: SaidInFile, { created }: Pick<SaidHere, 'created'>, within: number) =>
  at === null || Math.abs(Date.parse(at) - created.getTime()) < within;

const isSame = (said: SaidInFile, here: Spoken) =>
  authorOf(said.author) === here.author &&
  wordsOf(said.text) === wordsOf(here.text) &&
  isAt(said, here, MINUTE);

/**
 * Its time was moved when it came in, out of the future or behind what it answers: many programs write the time of the place and no
 * zone, which is as far off as zones are.
 */
const isMoved = (said: SaidInFile, here: Spoken) =>
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
  const take = (
    said: SaidInFile,
    among: readonly SaidHere[] | undefined,
    is: (said: SaidInFile, here: SaidHere) => boolean,
  ) => {
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

/**
 * Leaves out what marks say themselves, as they stand as comments in a document that was taken out of here: each once. What was answered
 * to one is about that mark, while it is there.
 */
export function withoutMarks(
  all: readonly DiscussionInFile[],
  marks: readonly MarkHere[],
): DiscussionInFile[] {
  const ofWords = Map.groupBy(marks, ({ text }) => wordsOf(text));
  const known = new Map<DiscussionInFile, MarkHere>();
  const taken = new Set<MarkHere>();
  for (const is of [isSame, isMoved])
    for (const one of all) {
      const [first] = one.said;
      if (first === undefined || first.at === null || known.has(one)) continue;
      const at = Date.parse(first.at);
      // Two may say the same within a minute: the one that was made nearest to it.
      const [mark] = (ofWords.get(wordsOf(first.text)) ?? [])
        .filter((other) => !taken.has(other) && is(first, other))
        .sort((a, b) => Math.abs(a.created.getTime() - at) - Math.abs(b.created.getTime() - at));
      if (mark === undefined) continue;
      known.set(one, mark);
      taken.add(mark);
    }
  return all.flatMap((one) => {
    const mark = known.get(one);
    if (mark === undefined) return one;
    const said = one.said.slice(1);
    return said.length === 0 ? [] : { ...one, said, ...(mark.isDeleted ? {} : { markId: mark.id }) };
  });
}
