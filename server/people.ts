import { hash, verify } from '@node-rs/argon2';
import { type Db, database } from '../db/client';
import { findInvitation } from '../db/members';
import {
  createSignInLink,
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
  takeSignInLink,
  type User,
  updateUser,
} from '../db/people';
import { env } from '../env';
import type { Actor, Scope } from '../lib/access/actor';
import { AppError } from '../lib/errors';
import { Email } from '../lib/members/member';
import { newId } from '../lib/new-id';
import { forgive, spend } from './limits';
import { sendMail } from './mail';
import { joinByInvitation } from './members';
import { hashToken, newToken } from './secret';

const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A hash of no known password: an unknown account takes as long as a wrong password. */
let decoy: Promise<string> | undefined;

/** Hashes a password with argon2id (19 MiB, 2 passes), in PHC form. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON);
}

type Person = { id: string; name: string; email: string };
const toPerson = ({ id, name, email }: User): Person => ({ id, name, email });

function readEmail(given: string): string {
  const parsed = Email.safeParse(given);
  if (!parsed.success) throw new AppError('invalid', 'That is not an e-mail address.');
  return parsed.data;
}

/** Adds a person. @throws AppError invalid for a bad address, conflict when it is taken. */
export async function addUser(
  input: { email: string; name?: string; password?: string },
  db: Db = database(),
): Promise<Person> {
  const email = readEmail(input.email);
  const user = await createUser(db, {
    id: newId(),
    email,
    name: input.name?.trim() || (email.split('@')[0] as string),
    passwordHash: input.password === undefined ? null : await hashPassword(input.password),
  });
  if (user === null) throw new AppError('conflict', `${email} has an account already.`);
  return toPerson(user);
}

/** Signs up with an invitation link and joins its project. @throws AppError not-found for a link that does not work. */
export async function createAccount(
  input: { invitation: string; name: string; email: string; password: string },
  ip: string | null,
): Promise<Person> {
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
    return person;
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

/** Uses a sign-in link up. @throws AppError unauthenticated when it was used, is expired or unknown. */
export async function redeemSignInLink(token: string, ip: string | null): Promise<Person> {
  await spend('link', ip ?? 'unknown');
  const user = await takeSignInLink(database(), hashToken(token));
  if (user === null)
    throw new AppError('unauthenticated', 'This link was used already or has expired. Ask for a new one.');
  return toPerson(user);
}

/** Makes a link that signs this person in once within the minutes given. Its secret stands behind `#`. */
export async function makeSignInLink(userId: string, minutes: number): Promise<string> {
  const token = newToken();
  await createSignInLink(database(), { tokenHash: hashToken(token), userId, minutes });
  return `${env().GLOSS_URL}/sign-in/link#${token}`;
}

/** Mails a sign-in link to an address that has an account; says nothing about whether it has. */
export async function requestSignInLink(given: string, ip: string | null): Promise<void> {
  const email = readEmail(given);
  if (env().SMTP_URL === undefined)
    throw new AppError('unavailable', 'This instance sends no mail. Sign in with your password.');
  await spend('mail', email);
  await spend('link', ip ?? 'unknown');
  const user = await findUserByEmail(database(), email);
  if (user === null) return;
  const link = await makeSignInLink(user.id, 15);
  await sendMail({
    to: email,
    subject: 'Sign in to Gloss',
    text: `Open this link to sign in to Gloss. It works once, for 15 minutes:\n\n${link}\n\nIf you did not ask for it, do nothing.`,
  });
}

/** Who the actor is. */
export async function getMe(actor: Actor): Promise<Person> {
  return toPerson((await findUser(database(), actor.userId)) as User);
}

/** Changes the actor's name, address or password; a new password ends all other sessions. */
export async function updateMe(
  actor: Actor,
  change: { name?: string; email?: string; password?: string; currentPassword?: string },
): Promise<Person> {
  if (actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to change your account; a token may not.');
  const user = (await findUser(database(), actor.userId)) as User;
  const sensitive =
    change.password !== undefined || (change.email !== undefined && change.email !== user.email);
  if (sensitive && user.passwordHash !== null) {
    await spend('sign-in-account', user.email);
    if (!(await verify(user.passwordHash, (change.currentPassword ?? '').normalize('NFKC')))) {
      throw new AppError('invalid', 'The current password is not right.');
    }
    await forgive('sign-in-account', user.email);
  }
  if (
    change.email !== undefined &&
    change.email !== user.email &&
    (await findUserByEmail(database(), change.email))
  ) {
    throw new AppError('conflict', 'Another account has this address.');
  }
  const passwordHash = change.password === undefined ? undefined : await hashPassword(change.password);
  const fields = { name: change.name, email: change.email, passwordHash };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const saved = Object.keys(given).length === 0 ? user : await updateUser(database(), user.id, given);
  if (change.password !== undefined) {
    for (const session of await listSessions(database(), user.id)) {
      if (session.id !== actor.via.id) await endSessions(database(), user.id, session.id);
    }
    await recordAccountEvent(database(), { type: 'password.changed', userId: user.id, ip: actor.ip });
  }
  return toPerson(saved);
}

/** Where the actor is signed in. */
export async function listMySessions(actor: Actor) {
  const rows = await listSessions(database(), actor.userId);
  return {
    items: rows.map((row) => ({
      id: row.id,
      created: row.created.toISOString(),
      expires: row.expires.toISOString(),
      userAgent: row.userAgent,
      current: row.id === actor.via.id,
    })),
    nextCursor: null,
  };
}

/** Signs the actor out: of one session, or everywhere. Their sockets end too, on every process. */
export async function endMySessions(actor: Actor, sessionId?: string): Promise<void> {
  await endSessions(database(), actor.userId, sessionId);
  await recordAccountEvent(database(), {
    type: sessionId ? 'session.ended' : 'sessions.ended',
    userId: actor.userId,
    ip: actor.ip,
  });
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
export async function issueToken(userId: string, input: { name: string; scopes: Scope[]; days?: number }) {
  const token = newToken();
  const row = await createToken(database(), {
    id: newId(),
    userId,
    name: input.name,
    scopes: input.scopes,
    tokenHash: hashToken(token),
    expires: input.days === undefined ? null : new Date(Date.now() + input.days * 86_400_000),
  });
  return { ...tokenAnswer(row), token };
}

/** Makes an API token for the actor. @throws AppError forbidden when the actor itself came by a token. */
export async function createMyToken(actor: Actor, input: { name: string; scopes: Scope[]; days?: number }) {
  if (actor.via.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to make a token; a token may not.');
  await recordAccountEvent(database(), { type: 'token.created', userId: actor.userId, ip: actor.ip });
  return issueToken(actor.userId, input);
}

/** Revokes one of the actor's tokens; sockets opened with it end. */
export async function revokeMyToken(actor: Actor, id: string): Promise<void> {
  if (!(await revokeToken(database(), actor.userId, id)))
    throw new AppError('not-found', 'You have no such token.');
  await notifyAccess(database(), actor.userId);
  await recordAccountEvent(database(), { type: 'token.revoked', userId: actor.userId, ip: actor.ip });
}
