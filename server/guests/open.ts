import { verify } from '@node-rs/argon2';
import { insertAudit } from '../../db/audit';
import { database } from '../../db/client';
import { findGuest, insertGuest, insertGuestView, selectGuestNames } from '../../db/guests/guests';
import type { OpenLink } from '../../db/guests/links';
import {
  selectShownClaims,
  selectShownMarks,
  selectShownQuotes,
  selectShownSource,
} from '../../db/guests/shown';
import { loadNote } from '../../db/note-log';
import { selectNote } from '../../db/notes';
import type { GuestGrant } from '../../lib/access/guest-grant';
import { noteKeyOf } from '../../lib/access/note-key';
import { AppError } from '../../lib/errors';
import { noteTree } from '../../lib/exchange/note-tree';
import type { GuestPage } from '../../lib/guests/guest-page';
import { guestName } from '../../lib/guests/names';
import { noteBlocks } from '../../lib/guests/note-blocks';
import { newId } from '../../lib/new-id';
import { salvage } from '../../lib/notes/salvage';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import { authorizeGuest, type GuestProof, guestKeyHash, openLinkOf } from '../access/authorize-guest';
import { spend } from '../limits';
import { newToken } from '../secret';
import { readGuestThreads } from './threads';

/**
 * Shows a guest what their link is to, and writes down that they looked, for those who sent it and in the audit. Whoever opens it for
 * the first time is given a name; `key` is what their cookie is to hold.
 * @throws AppError as the gate's, unauthenticated with `details.reason` `pin` where the link asks for one.
 */
export async function openGuestLink(
  proof: GuestProof,
  pin: string | null,
): Promise<{ page: GuestPage; key: string }> {
  const link = await openLinkOf(proof);
  const key = proof.key ?? newToken();
  await meet(link, key, pin);
  const grant = await authorizeGuest({ ...proof, key }, 'guest.read');
  await spend('guest-view', grant.actor.userId);
  const page = await pageOf(grant);
  await database().transaction(async (tx) => {
    const { projectId, actor } = grant;
    const what = whatOf(grant, page);
    await insertGuestView(tx, grant, what);
    const by = { id: null, name: actor.name, ip: actor.ip };
    const act = { act: 'guest-link.viewed', subjectId: link.id, details: { what } };
    await insertAudit(tx, projectId, [{ ...act, actor: by }]);
  });
  return { page, key };
}

/** Knows a guest again, or gives whoever is new a name. */
async function meet(link: OpenLink, key: string, pin: string | null): Promise<void> {
  const keyHash = guestKeyHash(link.id, key);
  if ((await findGuest(database(), link, keyHash)) !== null) return;
  await askForPin(link, pin);
  await spend('guest-new', link.id);
  const number = Number.parseInt(keyHash.slice(0, 8), 16);
  // Of two at once one finds the name taken, and takes the next.
  for (let tries = 0; tries < 10; tries += 1) {
    const name = guestName(number, await selectGuestNames(database(), link));
    if (await insertGuest(database(), link, { id: newId(), keyHash, name })) return;
    if ((await findGuest(database(), link, keyHash)) !== null) return;
  }
  throw new AppError('unavailable', 'Too many people opened this link at this moment. Try again.');
}

async function askForPin({ id, pinHash }: OpenLink, pin: string | null): Promise<void> {
  if (pinHash === null) return;
  const asks = (message: string) => new AppError('unauthenticated', message, { details: { reason: 'pin' } });
  if (!pin) throw asks('Type the PIN that you were told.');
  await spend('guest-pin', id);
  if (!(await verify(pinHash, pin.normalize('NFKC'))))
    throw asks('That is not the PIN. Look whether you typed it right.');
}

async function pageOf(grant: GuestGrant): Promise<GuestPage> {
  const { link, actor } = grant;
  const { kind, mode, message, expires } = link;
  const threads = await readGuestThreads(database(), grant);
  const page = {
    guest: actor.name,
    kind,
    mode,
    message,
    expires,
    marks: [],
    claims: [],
    blocks: [],
    threads,
  };
  switch (kind) {
    case 'source': {
      const source = await selectShownSource(database(), grant);
      if (source === null) throw removed();
      const whole = mode === 'comment' ? { type: 'source' as const, id: link.sourceId as string } : null;
      return { ...page, ...source, whole, marks: await selectShownMarks(database(), grant) };
    }
    case 'claims': {
      const claims = await selectShownClaims(database(), grant);
      if (claims.length === 0) throw removed();
      const title = claims.length === 1 ? 'A statement' : `${claims.length} statements`;
      return { ...page, title, text: null, whole: null, claims };
    }
    case 'note': {
      const note = await selectNote(database(), grant, link.noteId as string);
      if (note === null) throw removed();
      const blocks = await readBlocks(grant, note.id);
      return { ...page, title: note.title, text: null, blocks, whole: { type: 'note', id: note.id } };
    }
  }
}

/** What a note says at this moment. */
async function readBlocks(grant: GuestGrant, noteId: string): Promise<GuestPage['blocks']> {
  const { doc } = salvage(await loadNote(database(), noteKeyOf(grant, noteId)));
  const content = noteTree(doc.getXmlFragment(NOTE_FRAGMENT));
  return noteBlocks(content, await selectShownQuotes(database(), grant));
}

const removed = () =>
  new AppError(
    'gone',
    'What this link showed was taken away by those who sent it. There is nothing left to read.',
  );

function whatOf({ link }: GuestGrant, { kind, marks, claims }: GuestPage): string {
  if (kind === 'source') return `source, version ${link.version}, ${marks.length} marks`;
  return kind === 'note' ? 'note' : `${claims.length} claims`;
}
