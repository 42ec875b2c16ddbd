import { createTransport } from 'nodemailer';
import { env } from '../env';
import { AppError } from '../lib/errors';

export type Message = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for whoever reads mail with colours; plain text alone where it is left out. */
  readonly html?: string;
  readonly messageId?: string;
};

/** Sends one message. @throws AppError unavailable when SMTP is not set or does not take it. */
export async function sendMail({ to, ...message }: Message): Promise<void> {
  const url = env().SMTP_URL;
  if (url === undefined)
    throw new AppError('unavailable', 'This instance sends no mail. Ask its operator to set SMTP_URL.');
  try {
    await createTransport(url).sendMail({
      ...message,
      from: env().SMTP_FROM,
      to: { name: '', address: to },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (cause) {
    throw new AppError('unavailable', 'The mail could not be sent. Try again later.', { cause });
  }
}
