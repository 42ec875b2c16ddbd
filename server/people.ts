import { verify } from '@node-rs/argon2';
import { type Db, database } from '../db/client';
import { findInvitation } from '../db/members';
import {
  createToken,
  createUser,
  endSessions,
  findUser,
  findUserByEmail,
  listSessions,
  listTokens,
  notifyAccess,
  recordAccountEvent,
  revokeToken,
  revokeTokens,
  type User,
  updateUser,
} from '../db/people';
import { holdSession } from '../db/session-ends';
import { deleteSignInSteps } from '../db/sign-in-steps';
import type { Actor, Scope } from '../lib/access/actor';
import { AppError } from '../lib/errors';
import { Email } from '../lib/members/member';
import { newId } from '../lib/new-id';
import { tellOwner } from './account-mail';
import { refuseWeak } from './common-passwords';
import { askForEmail, findUnconfirmedEmail } from './email-changes';
import { requireFactor } from './factors/prove';
import { forgive, spend } from './limits';
import { joinByInvitation } from './members';
import { hashPassword } from './password-hash';
import { hashToken, newToken } from './secret';

/** A hash of no known password: an unknown account takes as long as a wrong password. */
let decoy: Promise<string> | undefined;

type Person = { id: string; name: string; email: string };
/** `unconfirmedEmail` is the address they asked for, until they follow the link that was mailed there. */
type Me = Person & { unconfirmedEmail: string | null };
const toPerson = ({ id, name, email }: User): Person => ({ id, name, email });

function readEmail(given: string): string {
  const parsed = Email.safeParse(given);
  if (!parsed.success) throw new AppError('invalid', 'That is not an e-mail address.');
  return parsed.data;
}

/** Adds a person. @throws AppError invalid for a bad address or a common password, conflict when the address is taken. */
export async function addUser(
  input: { email: string; name?: string; password?: string },
  db: Db = database(),
): Promise<Person> {
  const email = readEmail(input.email);
  const name = input.name?.trim() || (email.split('@')[0] as string);
  if (input.password !== undefined) await refuseWeak(input.password, { name, email });
  const user = await createUser(db, {
    id: newId(),
    email,
    name,
    passwordHash: input.password === undefined ? null : await hashPassword(input.password),
  });
  if (user === null) throw new AppError('conflict', `${email} has an account already.`);
  return toPerson(user);
}

/** Signs up with an invitation link and joins its project. @throws AppError not-found for a link that does not work. */
export async function createAccount(
  input: { invitation: string; name: string; email: string; password: string },
  ip: string | null,
): Promise<Me> {
  await spend('sign-up', ip ?? 'unknown');
  if ((await findInvitation(database(), hashToken(input.invitation))) === null) {
    throw new AppError('not-found', 'This invitation link does not work any more. Ask for a new one.');
  }
  return database().transaction(async (tx) => {
    const person = await addUser(input, tx);
    const actor: Actor = {
      userId: person.id,
      name: person.name,
      email: person.email,
      via: { kind: 'session', id: person.id },
      scopes: ['read', 'write'],
      ip,
    };
    await joinByInvitation(tx, actor, input.invitation);
    await recordAccountEvent(tx, { type: 'account.created', userId: person.id, ip });
    return { ...person, unconfirmedEmail: null };
  });
}

/**
 * Checks an address and a password. The answer and its time are the same for unknown accounts.
 * @throws AppError unauthenticated, or rate-limited after too many failures (per account and per address).
 */
export async function checkPassword(
  given: { email: string; password: string },
  ip: string | null,
): Promise<Person> {
  const parsed = Email.safeParse(given.email);
  const email = parsed.success ? parsed.data : given.email.slice(0, 254);
  await spend('sign-in-address', ip ?? 'unknown');
  await spend('sign-in-account', email);
  decoy ??= hashPassword(newToken());
  const user = await findUserByEmail(database(), email);
  const right = await verify(
    user?.passwordHash ?? (await decoy),
    given.password.slice(0, 1_000).normalize('NFKC'),
  );
  if (user === null || user.passwordHash === null || !right) {
    await recordAccountEvent(database(), { type: 'sign-in.refused', userId: user?.id, ip });
    throw new AppError('unauthenticated', 'This address and password do not fit together.');
  }
  await forgive('sign-in-account', email);
  return toPerson(user);
}

/** Who the actor is. */
export async function getMe(actor: Actor): Promise<Me> {
  const user = (await findUser(database(), actor.userId)) as User;
  return { ...toPerson(user), unconfirmedEmail: await findUnconfirmedEmail(user.id) };
}

type AccountChange = {
  name?: string;
  email?: string;
  password?: string;
  currentPassword?: string;
  /** With a new password: whether the actor's API tokens end too. */
  revokeTokens?: boolean;
};

/**
 * Changes the actor's name, address or password. A new password ends all other sessions, and the tokens when asked; a
 * new address waits for its confirmation where mail is sent, and is answered as `unconfirmedEmail`.
 * @throws AppError forbidden for a token, and with `reason` prove-again for whoever has a second factor and gave none lately; invalid without
 * the current password or with a common new one, conflict when the address is taken.
 */
export async function updateMe(actor: Actor, change: AccountChange): Promise<Me> {
  if (actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to change your account; a token may not.');
  const user = (await findUser(database(), actor.userId)) as User;
  const email = change.email === user.email ? undefined : change.email;
  if (change.password !== undefined || email !== undefined) {
    await proveAgain(user, change.currentPassword);
    await requireFactor(actor);
  }
  if (change.password !== undefined) await refuseWeak(change.password, user);
  const unconfirmedEmail = email === undefined ? null : await askForEmail(user, email, actor.ip);
  const given = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(email === undefined || unconfirmedEmail !== null ? {} : { email }),
    ...(change.password === undefined ? {} : { passwordHash: await hashPassword(change.password) }),
  };
  const saved = Object.keys(given).length === 0 ? user : await updateUser(database(), user.id, given);
  if (change.password !== undefined) await endAfterNewPassword(actor, change.revokeTokens ?? false);
  return { ...toPerson(saved), unconfirmedEmail };
}

/** Asks for the current password once more, where there is one; guesses are counted. */
async function proveAgain(user: User, password = ''): Promise<void> {
  if (user.passwordHash === null) return;
  await spend('sign-in-account', user.email);
  if (!(await verify(user.passwordHash, password.normalize('NFKC'))))
    throw new AppError('invalid', 'The current password is not right.');
  await forgive('sign-in-account', user.email);
}

async function endAfterNewPassword(actor: Actor, tokens: boolean): Promise<void> {
  const { userId, ip, email } = actor;
  await deleteSignInSteps(database(), userId);
  await endSessions(database(), userId, { but: actor.via.id });
  await recordAccountEvent(database(), { type: 'password.changed', userId, ip });
  void tellOwner(
    email,
    'Your Gloss password was changed',
    'The password of your account was changed. You were signed out everywhere else.',
  );
  if (tokens) await endTokens(actor);
}

async function endTokens({ userId, ip }: Actor): Promise<void> {
  const count = await revokeTokens(database(), userId);
  await recordAccountEvent(database(), { type: 'tokens.revoked', userId, details: { count }, ip });
}

/** Where the actor is signed in. */
export async function listMySessions(actor: Actor) {
  const rows = await listSessions(database(), actor.userId);
  return {
    items: rows.map((row) => ({
      id: row.id,
      created: row.created.toISOString(),
      expires: row.expires.toISOString(),
      lastUsed: row.lastUsed.toISOString(),
      ip: row.ip,
      userAgent: row.userAgent,
      current: row.id === actor.via.id,
    })),
    nextCursor: null,
  };
}

/**
 * Signs the actor out: of one session, of all but this one, or everywhere, with their API tokens if asked. Their sockets
 * end too, on every process.
 */
export async function endMySessions(
  actor: Actor,
  given: { id?: string; others?: boolean; revokeTokens?: boolean },
): Promise<void> {
  if (given.revokeTokens && actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to revoke tokens; a token may not.');
  const which = given.id ?? (given.others ? { but: actor.via.id } : undefined);
  await endSessions(database(), actor.userId, which);
  await recordAccountEvent(database(), {
    type: given.id ? 'session.ended' : 'sessions.ended',
    userId: actor.userId,
    ip: actor.ip,
  });
  if (given.revokeTokens) await endTokens(actor);
}

function tokenAnswer(row: {
  id: string;
  name: string;
  scopes: string[];
  created: Date;
  expires: Date | null;
}) {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes as Scope[],
    created: row.created.toISOString(),
    expires: row.expires?.toISOString() ?? null,
  };
}

/** The actor's API tokens, without the tokens themselves. */
export async function listMyTokens(actor: Actor) {
  return { items: (await listTokens(database(), actor.userId)).map(tokenAnswer), nextCursor: null };
}

/** Makes an API token for a person; only its hash is stored. */
export async function issueToken(
  userId: string,
  input: { name: string; scopes: Scope[]; days?: number },
  db: Db = database(),
) {
  const token = newToken();
  const row = await createToken(db, {
    id: newId(),
    userId,
    name: input.name,
    scopes: input.scopes,
    tokenHash: hashToken(token),
    expires: input.days === undefined ? null : new Date(Date.now() + input.days * 86_400_000),
  });
  return { ...tokenAnswer(row), token };
}

/** Makes an API token for the actor. @throws AppError forbidden when the actor itself came by a token, unauthenticated when their session ends meanwhile. */
export async function createMyToken(actor: Actor, input: { name: string; scopes: Scope[]; days?: number }) {
  if (actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to make a token; a token may not.');
  return database().transaction(async (tx) => {
    // What ends the session ends its tokens, too: one that is made in that moment is among them, or is not made.
    if (!(await holdSession(tx, actor.via.id)))
      throw new AppError('unauthenticated', 'You were signed out meanwhile. Sign in again.');
    const made = await issueToken(actor.userId, input, tx);
    await recordAccountEvent(tx, { type: 'token.created', userId: actor.userId, ip: actor.ip });
    return made;
  });
}

/** Revokes one of the actor's tokens; sockets opened with it end. */
export async function revokeMyToken(actor: Actor, id: string): Promise<void> {
  if (!(await revokeToken(database(), actor.userId, id)))
    throw new AppError('not-found', 'You have no such token.');
  await notifyAccess(database(), actor.userId);
  await recordAccountEvent(database(), { type: 'token.revoked', userId: actor.userId, ip: actor.ip });
}
