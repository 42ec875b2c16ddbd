import { env } from '../env';
import { log } from './log';
import { sendMail } from './mail';

const NOT_YOU =
  'If it was not you, sign in, set a new password, look through your account page, and tell whoever runs this instance.';

/**
 * Tells the owner of an account by mail what was changed in it, where this instance sends mail. Nobody waits for it: what
 * was changed stays changed, and a mail that can't be sent is a line of the log.
 */
export async function tellOwner(to: string, subject: string, what: string): Promise<void> {
  if (env().SMTP_URL === undefined) return;
  const text = `${what}\n\n${env().GLOSS_URL}/account\n\n${NOT_YOU}`;
  await sendMail({ to, subject, text }).catch((error: Error) =>
    log.error({ err: error, cause: String(error.cause ?? '') }, 'an owner could not be told of a change'),
  );
}
