import { createTransport } from 'nodemailer';
import { env } from '../env';
import { AppError } from '../lib/errors';

/** Sends one plain-text message. @throws AppError unavailable when SMTP is not set or does not take it. */
export async function sendMail(message: { to: string; subject: string; text: string }): Promise<void> {
  const url = env().SMTP_URL;
  if (url === undefined)
    throw new AppError('unavailable', 'This instance sends no mail. Ask its operator to set SMTP_URL.');
  try {
    await createTransport(url).sendMail({
      from: env().SMTP_FROM,
      to: { name: '', address: message.to },
      subject: message.subject,
      text: message.text,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (cause) {
    throw new AppError('unavailable', 'The mail could not be sent. Try again later.', { cause });
  }
}
