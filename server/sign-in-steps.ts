import { database } from '../db/client';
import { endSessions, findUser, recordAccountEvent, type User, updateUser } from '../db/people';
import { countFactors } from '../db/second-factors';
import {
  createSignInStep,
  deleteSignInSteps,
  findSignInStep,
  markSecond,
  type SignInStep,
  takeSignInStep,
} from '../db/sign-in-steps';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { Assertion, FactorCode } from '../lib/factors/factor';
import { tellOwner } from './account-mail';
import { cookieValue } from './actor';
import { refuseWeak } from './common-passwords';
import { checkFactor, type FactorGiven } from './factors/check-factor';
import { askForSignature, checkSignature } from './factors/webauthn';
import { giveBack, spend } from './limits';
import { hashPassword } from './password-hash';
import { hashToken, newToken } from './secret';

/** How long somebody may take from the first proof to the last, in minutes. */
const MINUTES = 10;
/** What next-auth says of a sign-in that is not done: the sign-in page leads on to the next step. */
export const NEXT_STEP = 'NextStep';

type Person = { id: string; name: string; email: string };
export type SignedIn = Person & {
  /** How the first proof was given. */
  readonly by: string;
  /** What the second was, where one was asked for. */
  readonly second?: string;
};

const isSecure = () => env().GLOSS_URL?.startsWith('https:') ?? false;
const cookieName = () => (isSecure() ? '__Host-gloss-sign-in' : 'gloss-sign-in');

/** The cookie of a browser that is signing in; an empty one is forgotten. */
export function signInCookie(token: string): string {
  const age = token === '' ? 0 : MINUTES * 60;
  return `${cookieName()}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`;
}

/** The secret of a browser that is signing in; `null` where it has none that could be ours. */
function tokenIn(cookie: string | null): string | null {
  const token = cookieValue(cookie, cookieName());
  return token !== null && /^[\w-]{43}$/.test(token) ? token : null;
}

/**
 * What follows the first proof. `null` where that is enough; else the secret of the step that is to follow, for a cookie:
 * a second factor is asked for, or another password where this one is a common one.
 */
export async function stepAfter(person: Person, by: string, newPassword = false): Promise<string | null> {
  const { authenticator, passkeys } = await countFactors(database(), person.id);
  const needsFactor = authenticator || passkeys > 0;
  if (!needsFactor && !newPassword) return null;
  const token = newToken();
  const second = needsFactor ? null : 'none';
  await createSignInStep(
    database(),
    { tokenHash: hashToken(token), userId: person.id, by, second, newPassword },
    MINUTES,
  );
  return token;
}

/** What a browser that is signing in has to give next, and whose account it is; `null` where it stands at no step. */
export async function lookAtStep(
  cookie: string | null,
): Promise<
  | { needs: 'factor'; email: string; app: boolean; passkeys: boolean }
  | { needs: 'password'; email: string }
  | null
> {
  const token = tokenIn(cookie);
  const found = token === null ? null : await findSignInStep(database(), hashToken(token));
  if (found === null) return null;
  const { email } = found.user;
  if (found.step.second !== null) return { needs: 'password', email };
  const { authenticator, passkeys } = await countFactors(database(), found.user.id);
  return { needs: 'factor', email, app: authenticator, passkeys: passkeys > 0 };
}

const begun = () =>
  new AppError('unauthenticated', 'That took too long, or was ended elsewhere. Sign in once more.');

function read(given: Record<string, string | undefined>): FactorGiven | null {
  const code = FactorCode.safeParse(given.code);
  if (code.success) return { code: code.data };
  return given.passkey === undefined ? null : { passkey: readAssertion(given.passkey) };
}

function readAssertion(text: string): Assertion {
  try {
    return Assertion.parse(JSON.parse(text.slice(0, 100_000)));
  } catch (cause) {
    throw new AppError('unauthenticated', 'That passkey was not taken. Try again, or use another way.', {
      cause,
    });
  }
}

/**
 * Takes what the step asks for (a code, a passkey's signature, or a new password) and answers who is signed in by it;
 * `null` where yet another step follows.
 * @throws AppError unauthenticated when it is wrong or the step is over, invalid for a password that may not be, rate-limited.
 */
export async function takeStep(
  cookie: string | null,
  given: Record<string, string | undefined>,
  ip: string | null,
): Promise<SignedIn | null> {
  const token = tokenIn(cookie);
  const tokenHash = hashToken(token ?? '');
  const found = token === null ? null : await findSignInStep(database(), tokenHash);
  if (found === null) throw begun();
  const { step, user } = found;
  const second = step.second ?? (await giveFactor(step, user, given, ip));
  if (step.newPassword && given.password === undefined) return null;
  if (step.newPassword) await checkNewPassword(user, given.password as string);
  if (!(await takeSignInStep(database(), tokenHash))) throw begun();
  if (step.newPassword) await setPassword(user, given.password as string, ip);
  const { id, name, email } = user;
  return { id, name, email, by: step.by, ...(second === 'none' ? {} : { second }) };
}

async function giveFactor(
  { tokenHash }: SignInStep,
  user: User,
  given: Record<string, string | undefined>,
  ip: string | null,
): Promise<string> {
  const factor = read(given);
  if (factor === null) throw new AppError('unauthenticated', 'Type the code, or use your passkey.');
  const second = await checkFactor(user, factor, { purpose: 'sign-in', holder: tokenHash }, ip);
  await markSecond(database(), tokenHash, second);
  return second;
}

async function checkNewPassword(user: User, password: string): Promise<void> {
  if (password.length < 10 || password.length > 256)
    throw new AppError('invalid', 'A password needs at least 10 characters, and at most 256.');
  await refuseWeak(password, user);
}

async function setPassword(user: User, password: string, ip: string | null): Promise<void> {
  await updateUser(database(), user.id, { passwordHash: await hashPassword(password) });
  await deleteSignInSteps(database(), user.id);
  await endSessions(database(), user.id);
  await recordAccountEvent(database(), { type: 'password.changed', userId: user.id, ip });
  void tellOwner(
    user.email,
    'Your Gloss password was changed',
    'Your password was a common one, and another was set as you signed in. You were signed out everywhere else.',
  );
}

/** What a browser is to ask of a passkey, to sign in: at a step one of its person's, else any. With the cookie to keep. */
export async function beginPasskeySignIn(cookie: string | null, ip: string | null) {
  await spend('sign-in-passkey', ip ?? 'unknown');
  const known = tokenIn(cookie);
  const found = known === null ? null : await findSignInStep(database(), hashToken(known));
  const token = known ?? newToken();
  const use = { purpose: 'sign-in', holder: hashToken(token) } as const;
  const options = await askForSignature(use, found?.step.second === null ? found.user.id : null);
  return { options, cookie: signInCookie(token) };
}

/**
 * Signs in by a passkey alone: it was found without a name, and its owner was verified by the authenticator.
 * @throws AppError unauthenticated, rate-limited.
 */
export async function signInByPasskey(
  cookie: string | null,
  given: string,
  ip: string | null,
): Promise<SignedIn> {
  const key = ip ?? 'unknown';
  await spend('sign-in-address', key);
  const token = tokenIn(cookie);
  if (token === null) throw begun();
  const use = { purpose: 'sign-in', holder: hashToken(token) } as const;
  try {
    const { userId } = await checkSignature(readAssertion(given), use, null);
    const user = await findUser(database(), userId);
    if (user === null) throw begun();
    await giveBack('sign-in-address', key);
    return { id: user.id, name: user.name, email: user.email, by: 'passkey' };
  } catch (error) {
    await recordAccountEvent(database(), { type: 'sign-in.refused', details: { by: 'passkey' }, ip });
    throw error;
  }
}
