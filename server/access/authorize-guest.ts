import { createHash } from 'node:crypto';
import { type Db, database } from '../../db/client';
import { findGuest } from '../../db/guests/guests';
import { findGuestLink, type OpenLink } from '../../db/guests/links';
import { type GuestGrant, guestCan } from '../../lib/access/guest-grant';
import type { GuestAction } from '../../lib/access/roles';
import { AppError } from '../../lib/errors';
import { spend, standingOf } from '../limits';
import { hashToken } from '../secret';
import { archivedForGuests } from './archived';
import { countDenial } from './denials';

/** What somebody brings who was sent a link: its secret, and the secret of their cookie where they have one. */
export type GuestProof = { readonly token: string; readonly key: string | null; readonly ip: string | null };

/** What is stored of a guest's cookie: it differs from link to link. */
export function guestKeyHash(linkId: string, key: string): string {
  return createHash('sha256').update(`${linkId} ${key}`).digest('hex');
}

/**
 * The link that a secret opens. Wrong guesses are counted per address, and after 30 in an hour nothing is looked up for it.
 * @throws AppError not-found for a secret of no link, gone for a link that ran out or was ended, rate-limited.
 */
export async function openLinkOf({ token, ip }: GuestProof, db: Db = database()): Promise<OpenLink> {
  const address = ip ?? 'unknown';
  if ((await standingOf('guest-link', address)).left === 0) await spend('guest-link', address);
  const link = await findGuestLink(db, hashToken(token));
  if (link === null) {
    countDenial({ why: 'no proof', actor: null, ip, action: 'guest.read' });
    await spend('guest-link', address);
    throw new AppError('not-found', 'This link does not work. Look whether all of it was copied.');
  }
  if (link.revoked !== null)
    throw new AppError(
      'gone',
      'This link was ended by those who sent it. Nothing more can be read or said by it.',
    );
  if (link.isOver) throw new AppError('gone', 'This link has run out. Ask those who sent it for a new one.');
  return link;
}

/**
 * The gate for guests: lets whoever has a link's secret, and the cookie they were given when they opened it, in to what the link shows.
 * The only maker of GuestGrants.
 * @throws AppError not-found, gone or rate-limited as `openLinkOf`; unauthenticated for whoever did not open the link in this browser;
 * forbidden for what the link is not for, or what would change an archived project.
 */
export async function authorizeGuest(
  proof: GuestProof,
  action: GuestAction,
  db: Db = database(),
): Promise<GuestGrant> {
  const link = await openLinkOf(proof, db);
  const guest = proof.key === null ? null : await findGuest(db, link, guestKeyHash(link.id, proof.key));
  if (guest === null) throw new AppError('unauthenticated', 'Open the link again, in this browser.');
  if (!guestCan(link.mode, action))
    throw new AppError(
      'forbidden',
      link.mode === 'comment'
        ? 'This link is for comments.'
        : 'This link is for saying whether something is right.',
    );
  if (action !== 'guest.read' && link.archived) throw archivedForGuests();
  const { projectId, annotationIds: only } = link;
  return {
    projectId,
    actor: { userId: guest.id, name: guest.name, ip: proof.ip },
    only,
    link: { ...link, creatorId: link.createdBy, expires: link.expires.toISOString() },
  } as unknown as GuestGrant;
}
