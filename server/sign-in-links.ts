import { database } from '../db/client';
import { createSignInLink, findSignInLink, type LinkOwner, takeSignInLink } from '../db/mail-links';
import { findUserByEmail } from '../db/people';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { Email } from '../lib/members/member';
import { giveBack, spend } from './limits';
import { log } from './log';
import { sendMail } from './mail';
import { hashToken, newToken } from './secret';

/** How long a link in a mail works, in minutes. */
const MINUTES = 15;
const spent = () =>
  new AppError('unauthenticated', 'This link was used already or has expired. Ask for a new one.');

/** Uses a sign-in link up. @throws AppError unauthenticated when it was used, is expired or unknown. */
export async function redeemSignInLink(token: string, ip: string | null): Promise<LinkOwner> {
  return guessed(token, ip, takeSignInLink);
}

/** Whom a sign-in link would sign in. @throws AppError unauthenticated when it was used, is expired or unknown. */
export async function lookAtSignInLink(
  token: string,
  ip: string | null,
): Promise<{ name: string; email: string }> {
  const { name, email } = await guessed(token, ip, findSignInLink);
  return { name, email };
}

/** Each guess counts; a link that is right costs nothing, so that a whole office can sign in by mail. */
async function guessed(token: string, ip: string | null, find: typeof findSignInLink): Promise<LinkOwner> {
  const key = ip ?? 'unknown';
  await spend('link', key);
  const owner = await find(database(), hashToken(token));
  if (owner === null) throw spent();
  await giveBack('link', key);
  return owner;
}

/** Makes a link that signs this person in once within the minutes given. Its secret stands behind `#`. */
export async function makeSignInLink(userId: string, minutes: number): Promise<string> {
  const token = newToken();
  await createSignInLink(database(), { tokenHash: hashToken(token), userId, minutes });
  return `${env().GLOSS_URL}/sign-in/link#${token}`;
}

/**
 * Mails a sign-in link to an address that has an account. The answer and its time say nothing about whether it has: the
 * mail is written and sent after the answer.
 * @throws AppError invalid for what is no address, unavailable without SMTP, rate-limited.
 */
export async function requestSignInLink(given: string, ip: string | null): Promise<void> {
  const parsed = Email.safeParse(given);
  if (!parsed.success) throw new AppError('invalid', 'That is not an e-mail address.');
  if (env().SMTP_URL === undefined)
    throw new AppError('unavailable', 'This instance sends no mail. Sign in with your password.');
  await spend('mail-address', ip ?? 'unknown');
  await spend('mail', parsed.data);
  mailLink(parsed.data).catch((error: Error) =>
    log.error({ err: error, cause: String(error.cause ?? '') }, 'a sign-in link could not be mailed'),
  );
}

async function mailLink(email: string): Promise<void> {
  const user = await findUserByEmail(database(), email);
  if (user === null) return;
  const link = await makeSignInLink(user.id, MINUTES);
  await sendMail({
    to: user.email,
    subject: 'Sign in to Gloss',
    text: `Open this link to sign in to Gloss. It works once, for ${MINUTES} minutes:\n\n${link}\n\nIf you did not ask for it, do nothing.`,
  });
}
