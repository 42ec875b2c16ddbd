import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { insertGuestComment } from '../../db/guests/guests';
import { selectShownClaims, selectShownMarks } from '../../db/guests/shown';
import { selectNote } from '../../db/notes';
import { selectSource } from '../../db/sources';
import { insertThread, selectThreads, updateThreadRow } from '../../db/threads';
import type { GuestGrant } from '../../lib/access/guest-grant';
import { AppError } from '../../lib/errors';
import type { GuestAbout, GuestThread, GuestWords } from '../../lib/guests/guest-page';
import { newId } from '../../lib/new-id';
import { isAbout, peopleIn } from '../../lib/threads/about';
import type { Thread } from '../../lib/threads/thread';
import { authorizeGuest, type GuestProof } from '../access/authorize-guest';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { spend } from '../limits';
import { listenersAmong } from '../notices/listeners';
import { tellPeople } from '../notices/tell';
import { guestThread, readGuestThreads } from './threads';

/** The guest's threads, with what they were answered meanwhile. @throws AppError as the gate's: gone as soon as the link is. */
export async function readGuestNews(proof: GuestProof): Promise<{ threads: GuestThread[]; expires: string }> {
  const grant = await authorizeGuest(proof, 'guest.read');
  return { threads: await readGuestThreads(database(), grant), expires: grant.link.expires };
}

/**
 * Takes down what a guest says of something their link shows: a comment, or whether it is right, in the one thread that they have about
 * it. The same id twice is no error.
 * @throws AppError as the gate's; not-found for what the link does not show, rate-limited for too much in an hour.
 */
export async function sayAsGuest(proof: GuestProof, words: GuestWords): Promise<GuestThread> {
  const action = words.verdict === null ? 'guest.comment' : 'guest.confirm';
  const { actor, link, projectId } = await authorizeGuest(proof, action);
  await spend('guest-words', actor.userId);
  await spend('guest-words-link', link.id);
  return database().transaction(async (tx) => {
    await lockProject(tx, { projectId });
    // Judged again behind the lock: a link that was ended meanwhile takes nothing more.
    const grant = await authorizeGuest(proof, action, tx);
    await mustBeShown(tx, grant, words.about);
    const mine = await selectThreads(tx, grant, { guest: actor.userId }, { limit: 2_500 });
    const { id, isNew } = await threadFor(tx, grant, words.about, mine);
    const { text, verdict } = words;
    const commentId = words.id ?? newId();
    if (!(await insertGuestComment(tx, grant, { id: commentId, threadId: id, text, verdict }))) {
      const standing = mine.find(({ comments }) => comments.some((one) => one.id === commentId));
      const again = standing && guestThread(grant, standing);
      if (!again || isNew) throw new AppError('conflict', 'This id is taken. Choose another.');
      return again;
    }
    const thread = await told(tx, grant, id, isNew, commentId);
    return guestThread(grant, thread) as GuestThread;
  });
}

/** What a guest speaks of is what they were shown. @throws AppError not-found. */
async function mustBeShown(tx: Transaction, grant: GuestGrant, { type, id }: GuestAbout): Promise<void> {
  const { link } = grant;
  const isShown = {
    source: async () =>
      link.kind === 'source' &&
      link.mode === 'comment' &&
      id === link.sourceId &&
      (await selectSource(tx, grant, id)) !== null,
    annotation: async () =>
      link.kind === 'source' && (await selectShownMarks(tx, grant)).some((mark) => mark.id === id),
    claim: async () => (await selectShownClaims(tx, grant)).some((claim) => claim.id === id),
    note: async () => id === link.noteId && (await selectNote(tx, grant, id)) !== null,
  }[type];
  if (!(await isShown())) throw notFound(type);
}

async function threadFor(
  tx: Transaction,
  grant: GuestGrant,
  about: GuestAbout,
  mine: readonly Thread[],
): Promise<{ id: string; isNew: boolean }> {
  const standing = mine.find((thread) => isAbout(thread, about));
  if (standing !== undefined) {
    if (standing.resolved !== null) await updateThreadRow(tx, grant, standing.id, { resolved: false });
    return { id: standing.id, isNew: false };
  }
  const { type, id: aboutId } = about;
  const id = newId();
  const of = (kind: GuestAbout['type']) => (type === kind ? aboutId : null);
  const note = type === 'note' ? await selectNote(tx, grant, aboutId) : null;
  const sourceId = note?.sourceId ?? (grant.link.kind === 'source' ? grant.link.sourceId : null);
  const target = { annotationId: of('annotation'), claimId: of('claim'), noteId: of('note'), codeId: null };
  await insertThread(tx, grant, { id, ...target, sourceId, passage: null });
  return { id, isNew: true };
}

/** Tells the project what was said: those who look on, and by a notice whoever made the link and whoever is in the thread. */
async function told(
  tx: Transaction,
  grant: GuestGrant,
  threadId: string,
  isNew: boolean,
  commentId: string,
): Promise<Thread> {
  const [thread] = await selectThreads(tx, grant, { id: threadId }, { limit: 1 });
  if (thread === undefined) throw notFound('thread');
  const { projectId, actor, link } = grant;
  const author = { projectId, actor: { userId: null, name: actor.name, ip: actor.ip } };
  if (isNew) await publish(tx, author, { type: 'thread.created', subject: thread });
  else await publish(tx, author, { type: 'comment.created', subject: { ...thread, commentId } });
  const people = new Set([...peopleIn(thread), link.creatorId]);
  const told = await listenersAmong(tx, grant, thread.annotationId, people);
  await tellPeople(
    tx,
    grant,
    told.map((userId) => ({ userId, kind: 'reply', threadId, commentId, byId: null })),
  );
  return thread;
}
