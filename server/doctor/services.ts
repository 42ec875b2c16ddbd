import { createTransport } from 'nodemailer';
import { type Finding, finding } from '../../lib/doctor/finding';

/** How long another machine may take to answer, in ms. */
const PATIENCE_MS = 5_000;

/** Whether the mail server answers and lets us in; no mail is sent. */
export async function judgeSmtp(url: string): Promise<Finding> {
  const where = new URL(url).host;
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  try {
    await transport.verify();
    return { ok: true, line: `the mail server at ${where} answers` };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const advice =
      code === 'EAUTH'
        ? 'it refuses the name and password of SMTP_URL'
        : `${message.split('\n')[0]}; look at SMTP_URL and whether this machine may reach it`;
    return { ok: false, line: `the mail server at ${where} can't be used: ${advice}` };
  } finally {
    transport.close();
  }
}

/** Whether the OpenID Connect provider is there and calls itself as OIDC_ISSUER does. */
export async function judgeOidc(issuer: string): Promise<Finding> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const wrong = (line: string): Finding => ({ ok: false, line });
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
    if (!answer.ok)
      return wrong(`${address} answers ${answer.status}: OIDC_ISSUER is not the issuer's address`);
    const told = ((await answer.json()) as { issuer?: unknown }).issuer;
    return finding(
      told === issuer,
      `the OpenID Connect provider ${issuer} answers`,
      `the provider calls itself ${String(told)}: set OIDC_ISSUER to exactly that`,
    );
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    return wrong(
      `the OpenID Connect provider at ${address} can't be reached: ${reason}; look at OIDC_ISSUER`,
    );
  }
}
