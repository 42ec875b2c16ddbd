import { type Finding, finding } from './finding';

/** The settings that a doctor looks at. */
export type Settings = {
  readonly GLOSS_URL?: string;
  readonly HOST: string;
  readonly ROLE: 'all' | 'web' | 'sync';
  readonly TRUSTED_PROXY?: string;
  readonly NEXTAUTH_SECRET?: string;
  readonly SMTP_URL?: string;
  readonly SMTP_FROM: string;
  readonly OIDC_ISSUER?: string;
  readonly OIDC_CLIENT_ID?: string;
};

const isLocal = (host: string) => ['localhost', '127.0.0.1', '[::1]', '::1'].includes(host);

/** What is wrong with the settings, taken together; one by one they were checked when they were read. */
export function judgeSettings(settings: Settings): Finding[] {
  const { ROLE, NEXTAUTH_SECRET, SMTP_URL, SMTP_FROM, OIDC_ISSUER, OIDC_CLIENT_ID } = settings;
  const findings = [...judgeAddress(settings)];
  if (NEXTAUTH_SECRET !== undefined)
    findings.push(
      finding(
        isStrong(NEXTAUTH_SECRET),
        'NEXTAUTH_SECRET is strong',
        'NEXTAUTH_SECRET can be guessed: make one with openssl rand -base64 32, or unset it to have one made',
      ),
    );
  else if (ROLE !== 'all')
    findings.push({
      ok: false,
      line: `ROLE=${ROLE} without NEXTAUTH_SECRET: processes on several machines need the same one; set it`,
    });
  if (SMTP_URL !== undefined)
    findings.push(
      finding(
        !/@localhost>?$/.test(SMTP_FROM.trim()),
        `mails come from ${SMTP_FROM}`,
        'SMTP_FROM is still at localhost: most mail servers refuse that; set an address of your domain',
      ),
    );
  if ((OIDC_ISSUER === undefined) !== (OIDC_CLIENT_ID === undefined))
    findings.push({
      ok: false,
      line: 'OIDC_ISSUER and OIDC_CLIENT_ID go together: set both, or none',
    });
  return findings;
}

function judgeAddress({ GLOSS_URL, HOST, TRUSTED_PROXY }: Settings): Finding[] {
  if (GLOSS_URL === undefined)
    return [
      finding(
        isLocal(HOST),
        'served on this machine alone',
        'HOST lets other machines in, but GLOSS_URL is not set: set it to the address people type',
      ),
    ];
  const { protocol, hostname, pathname } = new URL(GLOSS_URL);
  const findings = [
    finding(
      protocol === 'https:' || isLocal(hostname),
      'the address is safe to sign in at',
      'GLOSS_URL is not https though it is not this machine alone: put a TLS proxy in front, and say https',
    ),
  ];
  if (pathname !== '/')
    findings.push({
      ok: false,
      line: `GLOSS_URL has a path (${pathname}): Gloss needs a host name of its own; take the path away`,
    });
  if (protocol === 'https:')
    findings.push(
      finding(
        TRUSTED_PROXY !== undefined,
        'the proxy in front is trusted to say who asks',
        'TRUSTED_PROXY is not set though https comes from a proxy: all people share one limit; set TRUSTED_PROXY=1',
      ),
    );
  return findings;
}

const KNOWN = /change.?me|example|secret|password|gloss|test|0123|abcd/i;

/** Whether a secret looks as one that was made by chance: many different characters, no word people put there. */
function isStrong(secret: string): boolean {
  return new Set(secret).size >= 12 && !KNOWN.test(secret);
}
