import { describe, expect, it } from 'vitest';
import { CONNECTIONS, type DatabaseFacts, judgeDatabase } from '@/lib/doctor/database';
import { judgeSettings, type Settings } from '@/lib/doctor/settings';

const wrong = (findings: readonly { ok: boolean; line: string }[]) =>
  findings.filter(({ ok }) => !ok).map(({ line }) => line);

const SOUND: DatabaseFacts = {
  version: 180_004,
  fsync: true,
  encoding: 'UTF8',
  guards: { there: ['a', 'b'], wanted: ['a', 'b'] },
  migrations: { run: [1, 2], known: [1, 2] },
  skewMs: -40,
  connections: { allowed: 97, used: 15 },
};

describe('The doctor on a database', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(wrong(judgeDatabase(SOUND))).toEqual([]);
  });

  it.each<[string, Partial<DatabaseFacts>, RegExp]>([
    ['that is too old', { version: 140_009 }, /^Postgres 14: use 15 or newer$/],
    ['that does not write through', { fsync: false }, /turn it on in postgresql.conf/],
    ['in another encoding', { encoding: 'LATIN1' }, /LATIN1.*restore a backup/],
    [
      'whose triggers somebody switched off',
      { guards: { there: ['a'], wanted: ['a', 'b'] } },
      /\(b\).*enable/,
    ],
    [
      'that is behind the program',
      { migrations: { run: [1], known: [1, 2] } },
      /^1 migrations have not run: gloss migrate/,
    ],
    [
      'that is before the program',
      { migrations: { run: [1, 2, 3], known: [1, 2] } },
      /newer Gloss.*update the program/,
    ],
    ['whose clock is before this machine’s', { skewMs: -7_200_000 }, /7200.0 s behind the database's: .*NTP/],
    ['whose clock is behind this machine’s', { skewMs: 5_500 }, /5.5 s before the database's/],
    [
      'that has no connections left',
      { connections: { allowed: 20, used: 20 - CONNECTIONS + 1 } },
      /^13 of 20 .* raise max_connections/,
    ],
  ])('%s says what to do, and that alone', (_, facts, line) => {
    const found = wrong(judgeDatabase({ ...SOUND, ...facts }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(line);
  });
});

describe('The doctor on settings', () => {
  const bare: Settings = { HOST: '127.0.0.1', ROLE: 'all', SMTP_FROM: 'Gloss <gloss@localhost>' };
  const secret = 'q7Vn2YkP0cR5tXw8mZbL4hJ6dF1gS3aE';
  const served: Settings = {
    ...bare,
    HOST: '0.0.0.0',
    GLOSS_URL: 'https://gloss.example.org',
    TRUSTED_PROXY: '1',
    NEXTAUTH_SECRET: secret,
    SMTP_URL: 'smtp://mail.example.org',
    SMTP_FROM: 'Gloss <gloss@example.org>',
  };

  it.each<[string, Settings]>([
    ['of a first start', bare],
    ['of an instance behind a proxy', served],
    ['of a half', { ...served, ROLE: 'sync' }],
  ])('finds nothing wrong with those %s', (_, settings) => {
    expect(wrong(judgeSettings(settings))).toEqual([]);
  });

  it.each<[string, Settings, RegExp]>([
    ['let others in by no address', { ...bare, HOST: '0.0.0.0' }, /set it to the address people type/],
    [
      'have people sign in without TLS',
      { ...served, GLOSS_URL: 'http://gloss.example.org' },
      /put a TLS proxy in front/,
    ],
    ['put it below a path', { ...served, GLOSS_URL: 'https://example.org/gloss' }, /take the path away/],
    ['forget the proxy', { ...served, TRUSTED_PROXY: undefined }, /set TRUSTED_PROXY=1/],
    ['have a secret of one letter', { ...served, NEXTAUTH_SECRET: 'x'.repeat(40) }, /openssl rand/],
    [
      'have a secret from an example',
      { ...served, NEXTAUTH_SECRET: `please-change-me-${secret}` },
      /openssl rand/,
    ],
    [
      'split the program and not the secret',
      { ...served, ROLE: 'web', NEXTAUTH_SECRET: undefined },
      /need the same one/,
    ],
    ['send mail from nowhere', { ...served, SMTP_FROM: bare.SMTP_FROM }, /still at localhost/],
    ['name half a provider', { ...served, OIDC_ISSUER: 'https://id.example.org' }, /go together/],
  ])('says what to do about those that %s, and that alone', (_, settings, line) => {
    const found = wrong(judgeSettings(settings));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(line);
  });
});
