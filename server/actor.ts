import { database } from '../db/client';
import { findSession, findTokenEnd, findTokenUser, touchSession } from '../db/people';
import { env } from '../env';
import type { Actor } from '../lib/access/actor';
import { hashToken } from './secret';

/** The name of the session cookie; behind https it is bound to this very host. */
export function sessionCookieName(): string {
  return env().GLOSS_URL?.startsWith('https:') ? '__Host-gloss-session' : 'gloss-session';
}

export type Credentials = {
  cookie?: string | null;
  authorization?: string | null;
  /** A token given in a socket's address. */
  token?: string | null;
  ip: string | null;
};

/** The value of one cookie in a Cookie header. */
export function cookieValue(header: string | null | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** The bearer token of an Authorization header. */
function bearer(header: string | null | undefined): string | null {
  return /^Bearer ([\w-]{20,200})$/.exec(header ?? '')?.[1] ?? null;
}

/** Whether a request brings any proof of who it is from, good or bad. */
export function hasCredentials(given: Credentials): boolean {
  return Boolean(given.token || given.authorization || cookieValue(given.cookie, sessionCookieName()));
}

/** Whom a request comes from: by API token when it names one, else by session cookie; `null` for nobody. */
export async function findActor(given: Credentials): Promise<Actor | null> {
  const token = given.token ?? bearer(given.authorization);
  if (token !== null) {
    const found = await findTokenUser(database(), { tokenHash: hashToken(token) });
    if (found === null) return null;
    return toActor(found.user, { kind: 'token', id: found.tokenId }, found.scopes, given.ip);
  }
  if (given.authorization) return null;
  const cookie = cookieValue(given.cookie, sessionCookieName());
  if (cookie === null) return null;
  const session = await findSession(database(), { tokenHash: hashToken(cookie) });
  if (session === null) return null;
  // At most once a minute: a write for each request would cost more than the request.
  if (session.stale) await touchSession(database(), session.sessionId, given.ip);
  return toActor(session.user, { kind: 'session', id: session.sessionId }, ['read', 'write'], given.ip);
}

/**
 * What to tell whoever was not let in. Only the holder of a token learns what became of it: nobody else can name it.
 */
export async function whyNobody(given: Credentials): Promise<string> {
  const token = given.token ?? bearer(given.authorization);
  if (token === null) return 'Sign in, or send a token, to do this.';
  const end = await findTokenEnd(database(), hashToken(token));
  const anew = 'Make a new one on your account page.';
  if (end === null) return `This is no API token of this instance. ${anew}`;
  if (end.revoked !== null) return `This API token was revoked. ${anew}`;
  const when = end.expires?.toISOString().slice(0, 16).replace('T', ' ');
  return `This API token ran out on ${when} UTC. ${anew}`;
}

/** Whether what proved this actor still holds: the session has not ended, the token is not revoked. */
export async function stillHolds(actor: Actor): Promise<boolean> {
  const { kind, id } = actor.via;
  return (
    (await (kind === 'session' ? findSession(database(), { id }) : findTokenUser(database(), { id }))) !==
    null
  );
}

function toActor(
  user: { id: string; name: string; email: string },
  via: Actor['via'],
  scopes: Actor['scopes'],
  ip: string | null,
): Actor {
  return { userId: user.id, name: user.name, email: user.email, via, scopes, ip };
}
