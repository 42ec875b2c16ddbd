import { selectClaim } from '../../db/claims';
import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import {
  insertGuestLink,
  revokeGuestLinkRow,
  selectGuestAnswers,
  selectGuestLink,
  selectGuestLinks,
  selectGuestViews,
} from '../../db/guests/links';
import { selectMarksToShow } from '../../db/guests/shown';
import { selectNote } from '../../db/notes';
import { selectSource, selectSourceText } from '../../db/sources';
import { env } from '../../env';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import {
  type GuestLink,
  type GuestLinkRecord,
  MOST_DAYS,
  type NewGuestLink,
} from '../../lib/guests/guest-link';
import { newId } from '../../lib/new-id';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { hashPassword } from '../password-hash';
import { hashToken, newToken } from '../secret';

/** The guest links of a project, without the links themselves. */
export async function listGuestLinks(grant: Grant): Promise<{ items: GuestLink[]; nextCursor: null }> {
  return { items: await selectGuestLinks(database(), grant), nextCursor: null };
}

/** One guest link with who looked and what they wrote. @throws AppError not-found. */
export async function readGuestLink(grant: Grant, id: string): Promise<GuestLinkRecord> {
  const link = await selectGuestLink(database(), grant, id);
  if (link === null) throw notFound('guest link');
  const log = await selectGuestViews(database(), link);
  return { ...link, log, said: await selectGuestAnswers(database(), grant, link) };
}

const DAY = 86_400_000;

/**
 * Makes a link for guests to one source, some claims or one note. The link is in this answer only; its secret stands behind `#`, which
 * no server log sees. What it shows of marks is chosen now: none is shown that comes later.
 * @throws AppError not-found when the thing is gone, invalid for a day that is past or too far away, conflict for an id that is taken.
 */
export async function createGuestLink(grant: Grant, input: NewGuestLink): Promise<GuestLink> {
  const expires = new Date(input.expires);
  if (expires.getTime() <= Date.now())
    throw new AppError('invalid', 'expires: Choose a day that is still to come.');
  if (expires.getTime() > Date.now() + MOST_DAYS * DAY)
    throw new AppError('invalid', `expires: A guest link works for at most ${MOST_DAYS} days.`);
  const { id = newId(), kind, mode, message, showNames, pin } = input;
  const token = newToken();
  const pinHash = pin ? await hashPassword(pin) : null;
  const link = await database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const shown = await shownBy(tx, grant, input);
    const row = {
      id,
      kind,
      mode,
      message,
      showNames,
      pinHash,
      expires,
      tokenHash: hashToken(token),
      ...shown,
    };
    if (!(await insertGuestLink(tx, grant, row)))
      throw new AppError(
        'conflict',
        'This link was made before, and its secret is shown once. Make another.',
      );
    const made = (await selectGuestLink(tx, grant, id)) as GuestLink;
    await publish(tx, grant, { type: 'guest-link.created', subject: made });
    return made;
  });
  return { ...link, url: `${env().GLOSS_URL}/guest#${token}` };
}

type Shown = Pick<GuestLink, 'title' | 'annotationIds'> &
  Partial<Pick<GuestLink, 'sourceId' | 'version' | 'noteId' | 'claimIds'>>;

/** What a link is to show, as its row says it. */
async function shownBy(tx: Transaction, grant: Grant, input: NewGuestLink): Promise<Shown> {
  if (input.sourceId !== undefined) return sourceShown(tx, grant, input.sourceId, input);
  if (input.noteId !== undefined) {
    const note = await selectNote(tx, grant, input.noteId);
    if (note === null) throw notFound('note');
    const { id: noteId, title } = note;
    return { title, annotationIds: await selectMarksToShow(tx, grant, { noteId }), noteId };
  }
  const claimIds = [...new Set(input.claimIds)];
  const found = [];
  for (const claimId of claimIds) found.push(await selectClaim(tx, grant, claimId));
  const [first] = found;
  if (!first || found.some((claim) => claim === null || claim.deleted !== null)) throw notFound('claim');
  const annotationIds = await selectMarksToShow(tx, grant, { claimIds });
  return { title: first.wording, annotationIds, claimIds };
}

async function sourceShown(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  { mode, marks, annotationIds: chosen }: NewGuestLink,
): Promise<Shown> {
  const source = await selectSource(tx, grant, sourceId);
  const text = await selectSourceText(tx, grant, sourceId);
  if (source === null || text === null) throw notFound('source');
  const all = await selectMarksToShow(tx, grant, { sourceId, quotesOnly: false });
  if (chosen.some((one) => !all.includes(one))) throw notFound('annotation');
  const wanted =
    marks === 'quotes' ? await selectMarksToShow(tx, grant, { sourceId, quotesOnly: true }) : all;
  const annotationIds = [...new Set([...(marks === 'none' ? [] : wanted), ...chosen])];
  if (mode === 'confirm' && annotationIds.length === 0)
    throw new AppError('invalid', 'Choose marks to be confirmed: none of this source would be shown.');
  return { title: source.title, annotationIds, sourceId, version: text.version };
}

/** Ends a guest link at once, for everybody who has it; what they wrote stays. Twice is no error. @throws AppError not-found. */
export async function revokeGuestLink(grant: Grant, id: string): Promise<GuestLink> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const isNews = await revokeGuestLinkRow(tx, grant, id);
    const link = await selectGuestLink(tx, grant, id);
    if (link === null) throw notFound('guest link');
    if (isNews) await publish(tx, grant, { type: 'guest-link.revoked', subject: link });
    return link;
  });
}
