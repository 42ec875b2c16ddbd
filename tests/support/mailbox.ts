import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from './socket';

export type Mail = {
  /** Whom the envelope names. */
  readonly to: string[];
  readonly headers: Map<string, string>;
  readonly text: string;
  /** The same as html; empty where the mail has none. */
  readonly html: string;
};

export type Mailbox = {
  /** What SMTP_URL is set to. */
  readonly url: string;
  readonly mails: Mail[];
  /** The first mail to an address after so many, once it is there. */
  next(to: string, after?: number): Promise<Mail>;
  close(): Promise<void>;
};

/** A real mail server on this machine that keeps what it is given. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let raw = '';
      stream.on('data', (part: Buffer) => {
        raw += part.toString('latin1');
      });
      stream.on('end', () => {
        mails.push(
          read(
            raw,
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        );
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async next(to, after = 0) {
      const found = () => mails.slice(after).find((mail) => mail.to.includes(to));
      await until(() => found() !== undefined);
      return found() as Mail;
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
}

function read(raw: string, to: string[]): Mail {
  const { headers, body } = split(raw);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return { to, headers, text: decoded(headers, body), html: '' };
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.trimStart()));
  const of = (type: string) => {
    const part = parts.find((one) => one.headers.get('content-type')?.startsWith(type));
    return part === undefined ? '' : decoded(part.headers, part.body);
  };
  return { to, headers, text: of('text/plain'), html: of('text/html') };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  );
  return { headers, body: rest.join('\r\n\r\n') };
}

function decoded(headers: Map<string, string>, body: string): string {
  const encoding = headers.get('content-transfer-encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  const bytes =
    encoding === 'quoted-printable'
      ? body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      : body;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The link in a mail. */
export function linkIn(mail: Mail): string {
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error(`There is no link in:\n${mail.text}`);
  return link;
}
