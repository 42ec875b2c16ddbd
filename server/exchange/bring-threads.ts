import { selectPlacesOf } from '../../db/annotations-brought-in';
import { selectNote } from '../../db/notes';
import { selectThreads } from '../../db/threads';
import {
  insertComments,
  insertThreads,
  type NewComment,
  setThreadStates,
  type ThreadState,
} from '../../db/threads-brought-in';
import { idsIn } from '../../lib/threads/mentions';
import type { Comment, Thread } from '../../lib/threads/thread';
import { type Coming, count, credit, cut, idsOf } from './coming';
import { inParts, settleUp } from './settle-up';

/** A comment as it would stand here, and as the file has it. */
type Told = NewComment & { readonly given: Comment };
type About = Pick<Thread, 'annotationId' | 'claimId' | 'codeId' | 'noteId' | 'sourceId' | 'passage'>;
const NOTHING: About = {
  ...{ annotationId: null, claimId: null, codeId: null, noteId: null, sourceId: null, passage: null },
};

/** What a thread of the file is about here; `null` where that is not here. `placed` has the sources of marks. */
async function aboutHere(
  coming: Coming,
  given: Thread,
  placed: Awaited<ReturnType<typeof selectPlacesOf>>,
): Promise<About | null> {
  const { tx, grant, marks, claims, codes, notes, sources } = coming;
  if (given.annotationId !== null) {
    const annotationId = marks.get(given.annotationId);
    const place = annotationId === undefined ? undefined : placed.get(annotationId);
    return annotationId && place ? { ...NOTHING, annotationId, sourceId: place.sourceId } : null;
  }
  if (given.noteId !== null) {
    const noteId = notes.get(given.noteId);
    const note = noteId && (await selectNote(tx, grant, noteId));
    const passage = given.passage && cut(given.passage, 2_000);
    return note ? { ...NOTHING, noteId: note.id, sourceId: note.sourceId, passage } : null;
  }
  const claimId = claims.get(given.claimId ?? '');
  if (given.claimId !== null) return claimId ? { ...NOTHING, claimId } : null;
  const codeId = codes.get(given.codeId ?? '');
  if (given.codeId !== null) return codeId ? { ...NOTHING, codeId } : null;
  const sourceId = sources.get(given.sourceId ?? '')?.id;
  return sourceId ? { ...NOTHING, sourceId } : null;
}

/** The id that a thread of the file has here; `null` where it is not here. */
export const threadIdHere = ({ threads }: Coming, key: string): string | null => threads.get(key) ?? null;

/** Says which comments of a thread that is here are those of the file. */
function knowComments(coming: Coming, given: Thread, there: Thread): void {
  coming.threads.set(given.id, there.id);
  for (const comment of given.comments) {
    const known = idsOf(coming, 'comment', comment.id).all;
    const standing = there.comments.find((said) => known.includes(said.id));
    if (standing) coming.comments.set(comment.id, standing.id);
  }
  count(coming, 'Discussions', given.id, false);
}

/** Brings some discussions in together. Nobody is told of them: what was said, was said elsewhere. */
export async function bringThreads(coming: Coming, some: readonly Thread[]): Promise<void> {
  const { tx, grant, marks, threads, losses, waiting } = coming;
  const ids = some.flatMap(({ id }) => idsOf(coming, 'thread', id).all);
  const known = await selectThreads(tx, grant, { ids }, { limit: ids.length });
  const there = new Map(known.map((thread) => [thread.id, thread]));
  const placed = await selectPlacesOf(
    tx,
    grant,
    some.flatMap(({ annotationId }) => marks.get(annotationId ?? '') ?? []),
  );
  const ready: { given: Thread; id: string; about: About }[] = [];
  for (const given of some) {
    const { made: id, all } = idsOf(coming, 'thread', given.id);
    const standing = all.map((one) => there.get(one)).find((one) => one !== undefined);
    if (standing) knowComments(coming, given, standing);
    else if (ready.some((one) => one.id === id)) count(coming, 'Discussions', given.id, false);
    else {
      const about = await aboutHere(coming, given, placed);
      if (about) ready.push({ given, id, about });
      else
        losses.add('Discussions of what is not here', 'What they are about did not come in.', firstOf(given));
    }
  }
  const made = await insertThreads(
    tx,
    grant,
    ready.map(({ id, about }) => ({ id, ...about })),
  );
  const comments: Told[] = [];
  for (const { given, id } of ready) {
    if (!made.has(id)) {
      losses.add('Discussions that can’t be told apart', 'Something else has their id.', firstOf(given));
      continue;
    }
    threads.set(given.id, id);
    comments.push(...given.comments.flatMap((comment) => commentHere(coming, id, comment)));
    waiting.events.push({ type: 'thread.created', id });
    count(coming, 'Discussions', given.id, true);
  }
  await keepComments(coming, comments);
  const states = ready.flatMap(({ given, id }) => (made.has(id) ? stateHere(coming, id, given) : []));
  await setThreadStates(tx, grant, states);
  await settleUp(coming);
}

const firstOf = ({ comments }: Thread) => comments.find(({ deleted }) => deleted === null)?.text ?? '';

/** Whether a discussion is over, and whose it is; nothing where it is neither. */
function stateHere({ losses, members }: Coming, id: string, given: Thread): ThreadState[] {
  const assigneeId = given.assignee && (members.get(given.assignee.id) ?? null);
  if (given.assignee && assigneeId === null)
    losses.add('Whom discussions are given to', 'They are no members of this project.', given.assignee.name);
  const isResolved = given.resolved !== null;
  return isResolved || assigneeId !== null ? [{ id, isResolved, assigneeId }] : [];
}

/** A comment with the people that are here. */
function commentHere(coming: Coming, threadId: string, comment: Comment): Told[] {
  const { losses, members } = coming;
  if (comment.deleted !== null) {
    losses.add('Comments that were deleted', 'They have no words.', '');
    return [];
  }
  if (comment.reactions.length > 0)
    losses.add('Reactions', 'Whoever has one gives it here, by themselves.', comment.text);
  const names = new Map(comment.mentions.map((one) => [one.id, one.name]));
  let text = comment.text;
  const mentions: string[] = [];
  for (const key of idsIn(comment.text)) {
    const userId = members.get(key);
    if (userId !== undefined) mentions.push(userId);
    else losses.add('Whom comments mention', 'They are no members of this project.', names.get(key) ?? '');
    text = text.replaceAll(
      `@[${key}]`,
      userId === undefined ? `@${names.get(key) ?? 'somebody'}` : `@[${userId}]`,
    );
  }
  const id = idsOf(coming, 'comment', comment.id).made;
  // In their order, and never said later than now.
  const created = new Date(Math.min(Date.parse(comment.created), Date.now()));
  return [{ id, threadId, text: cut(text, 20_000), mentions, created, given: comment }];
}

/** Brings comments into a discussion that is here. */
export async function bringComments(
  coming: Coming,
  threadId: string,
  all: readonly Comment[],
): Promise<void> {
  await keepComments(
    coming,
    all.flatMap((comment) => commentHere(coming, threadId, comment)),
  );
}

/** Writes comments, and who made those that are new. */
async function keepComments(coming: Coming, comments: readonly Told[]): Promise<void> {
  for (const part of inParts(comments)) {
    const rows = part.map(({ given: _, ...row }) => row);
    const made = await insertComments(coming.tx, coming.grant, rows);
    for (const { id, given } of part) {
      if (!made.has(id)) continue;
      coming.comments.set(given.id, id);
      credit(coming, id, { key: given.creator.id, name: given.creator.name });
    }
  }
}
