import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { database } from '../db/client';
import { readHealth } from '../db/health';
import { countUsers } from '../db/people';
import { env } from '../env';

export type Finding = { readonly ok: boolean; readonly line: string };

const GIB = 1024 ** 3;

/** Looks at what this instance rests on; each finding says what to do when it is wrong. */
export async function diagnose(): Promise<Finding[]> {
  const health = await readHealth(database());
  const findings: Finding[] = [
    {
      ok: health.version >= 150_000,
      line: `Postgres ${Math.floor(health.version / 10_000)}${health.version >= 150_000 ? '' : ': use 15 or newer'}`,
    },
    {
      ok: health.fsync,
      line: health.fsync
        ? 'fsync is on'
        : 'fsync is off: a power cut can lose what was saved; turn it on in postgresql.conf',
    },
    {
      ok: health.encoding === 'UTF8',
      line: `encoding ${health.encoding}${health.encoding === 'UTF8' ? '' : ': the database must be UTF8'}`,
    },
    {
      ok: health.guards === 3,
      line:
        health.guards === 3
          ? 'the logs are append-only'
          : 'a trigger that keeps the logs append-only is missing: run gloss migrate',
    },
    { ok: true, line: `${await countUsers(database())} people have an account` },
  ];
  const folder = resolve(env().GLOSS_DATA_DIR);
  if (existsSync(folder)) {
    const { bavail, bsize } = await statfs(folder);
    const free = (bavail * bsize) / GIB;
    findings.push({
      ok: free > 1,
      line: `${free.toFixed(1)} GiB free in the data folder${free > 1 ? '' : ': make room'}`,
    });
    const secret = join(folder, 'secret');
    if (existsSync(secret)) {
      const open = (statSync(secret).mode & 0o077) !== 0;
      findings.push({
        ok: !open,
        line: open
          ? `others can read the secret: chmod 600 ${secret}`
          : 'the secret is readable by its owner alone',
      });
    }
  }
  const { GLOSS_URL, HOST } = env();
  const shown =
    HOST !== '127.0.0.1' &&
    HOST !== 'localhost' &&
    GLOSS_URL !== undefined &&
    !GLOSS_URL.startsWith('https:');
  findings.push({
    ok: !shown,
    line: shown
      ? 'GLOSS_URL is not https though others can reach this server: put a TLS proxy in front'
      : 'the address is safe to sign in at',
  });
  return findings;
}
