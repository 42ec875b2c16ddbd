import { database } from '../db/client';
import { createEmailChange, findEmailChange, takeEmailChange } from '../db/mail-links';
import { findUserByEmail, recordAccountEvent, updateUser } from '../db/people';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { giveBack, spend } from './limits';
import { sendMail } from './mail';
import { hashToken, newToken } from './secret';

/** How long an address may be confirmed, in minutes. */
const MINUTES = 24 * 60;
const taken = () => new AppError('conflict', 'Another account has this address.');

/**
 * Asks for another address. Where mail is sent, it must be confirmed by whoever reads that mailbox, and is answered;
 * until then the old one stays. Elsewhere it may be set at once, and the answer is `null`. The old address is told.
 * @throws AppError conflict when another account has it, rate-limited, or unavailable when the mail could not be sent.
 */
export async function askForEmail(
  user: { id: string; email: string },
  email: string,
  ip: string | null,
): Promise<string | null> {
  if (await findUserByEmail(database(), email)) throw taken();
  await recordAccountEvent(database(), { type: 'email.asked', userId: user.id, ip });
  if (env().SMTP_URL === undefined) return null;
  await spend('mail', email);
  const token = newToken();
  await createEmailChange(database(), {
    tokenHash: hashToken(token),
    userId: user.id,
    email,
    minutes: MINUTES,
  });
  await sendMail({
    to: email,
    subject: 'Confirm your address for Gloss',
    text: `Open this link to use this address for your Gloss account. It works once, for a day:\n\n${env().GLOSS_URL}/confirm-email#${token}\n\nIf you did not ask for it, do nothing.`,
  });
  await sendMail({
    to: user.email,
    subject: 'Your Gloss account is to have another address',
    text: 'Somebody who is signed in to your Gloss account asked to use another address for it. It changes once that address is confirmed.\n\nIf it was not you, sign in, set a new password and sign out everywhere.',
  });
  return email;
}

/** The address a person asked for and has not confirmed; `null` when there is none. */
export async function findUnconfirmedEmail(userId: string): Promise<string | null> {
  return findEmailChange(database(), userId);
}

/**
 * Gives the account the address that its link was mailed to.
 * @throws AppError not-found when the link was used, replaced, is expired or unknown; conflict when somebody has the address by now.
 */
export async function confirmEmail(token: string, ip: string | null): Promise<{ email: string }> {
  const key = ip ?? 'unknown';
  await spend('link', key);
  return database().transaction(async (tx) => {
    const change = await takeEmailChange(tx, hashToken(token));
    if (change === null) {
      throw new AppError(
        'not-found',
        'This link was used already, has expired, or another address was asked for since.',
      );
    }
    await giveBack('link', key);
    const holder = await findUserByEmail(tx, change.email);
    if (holder !== null && holder.id !== change.userId) throw taken();
    await updateUser(tx, change.userId, { email: change.email });
    await recordAccountEvent(tx, { type: 'email.changed', userId: change.userId, ip });
    return { email: change.email };
  });
}
