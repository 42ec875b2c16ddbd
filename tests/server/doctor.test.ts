import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { setDatabase } from '@/db/client';
import { noteUpdates } from '@/db/schema/notes';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import { diagnose } from '@/server/doctor/diagnose';
import { judgeOidc, judgeSmtp } from '@/server/doctor/services';
import { createNote } from '@/server/notes';
import { emptyDatabase } from '@/tests/support/database';
import { freePort } from '@/tests/support/free-port';
import { openIdentityProvider } from '@/tests/support/identity-provider';
import { grantOf } from '@/tests/support/instance';
import { openMailbox } from '@/tests/support/mailbox';
import { database, owner, projectId } from '@/tests/support/one-project';
import { ROOT } from '@/tests/support/source-files';

/** A script among the blocks, written past the gate. */
const POISON = Uint8Array.from([
  1, 1, 7, 0, 7, 1, 7, 100, 101, 102, 97, 117, 108, 116, 3, 6, 115, 99, 114, 105, 112, 116, 0,
]);
const MIGRATIONS = `${ROOT}/db/migrations`;
const urlOf = (name: string) => {
  const { host, user } = inject('postgres');
  return `postgres://${user}@/${name}?host=${encodeURIComponent(host)}`;
};

describe('The doctor', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gloss-doctor-'));
  beforeAll(() => {
    setEnv({
      GLOSS_DATA_DIR: dataDir,
      DATABASE_URL: urlOf(database.connection.database),
      GLOSS_URL: 'http://localhost:3000',
      NEXTAUTH_SECRET: 'q7Vn2YkP0cR5tXw8mZbL4hJ6dF1gS3aE',
    });
  });
  afterAll(() => {
    setEnv({ DATABASE_URL: '' });
    setDatabase(database.db, database.connection);
    rmSync(dataDir, { recursive: true });
  });

  /** What it finds wrong; the tests' Postgres does not write through, and that is always among it. */
  async function faults(): Promise<string[]> {
    const findings = await diagnose(() => undefined, MIGRATIONS);
    setDatabase(database.db, database.connection);
    return findings.filter(({ ok, line }) => !ok && !line.startsWith('fsync is off')).map(({ line }) => line);
  }

  it('finds what is wrong with a data folder, a log’s guard, a mail and a note, and nothing else', async () => {
    expect(await faults()).toEqual([]);

    const secret = join(dataDir, 'secret');
    writeFileSync(secret, 'short');
    chmodSync(secret, 0o644);
    chmodSync(dataDir, 0o777);
    await database.db.execute(sql`alter table events disable trigger events_append_only`);
    await database.db.execute(sql`
      insert into notice_mails (id, user_id, kind, notice_ids, due, gave_up) values
        (${newId()}, ${owner.userId}, 'at-once', '{}', now() - interval '3 hours', null),
        (${newId()}, ${owner.userId}, 'at-once', '{}', now() - interval '1 day', now())`);
    const hook = (because: string, is: string) => sql`
      (${newId()}, ${projectId}, ${owner.userId}, 'https://chat.example/hooks/secret', '{*}', 'sealed', 0, now() - ${is}::interval, ${because})`;
    await database.db.execute(sql`
      insert into webhooks (id, project_id, maker_id, url, events, secret, cursor, disabled, disabled_because) values
        ${hook('failing', '1 day')}, ${hook('by-hand', '1 day')}, ${hook('failing', '8 days')}`);
    const note = await createNote(grantOf(owner, projectId), { title: 'Poisoned' });
    await database.db.insert(noteUpdates).values({ projectId, noteId: note.id, update: POISON });

    expect(await faults()).toEqual([
      `others can write to the data folder: chmod go-w ${dataDir}`,
      `others can read the secret: chmod 600 ${secret}`,
      expect.stringMatching(/^the secret is too short/),
      expect.stringMatching(/^what keeps logs append-only is missing or off \(events_append_only\)/),
      expect.stringMatching(/^1 mails wait, the first since 3 hours: SMTP_URL is not set/),
      expect.stringMatching(/^1 mails were given up/),
      expect.stringMatching(/^1 webhook was given up in the last week \(chat\.example\):/),
      expect.stringMatching(new RegExp(`^1 of 1 notes are damaged.*${note.id}`)),
    ]);
    await database.db.execute(sql`alter table events enable trigger events_append_only`);
  });

  it('says so of a database without tables, and asks it nothing more', async () => {
    const empty = await emptyDatabase();
    try {
      setEnv({ DATABASE_URL: urlOf(empty.connection.database) });
      expect(await faults()).toContainEqual(expect.stringMatching(/migrations have not run: gloss migrate/));
    } finally {
      await empty.end();
    }
  });

  it('goes on to say the rest where the database can’t be reached', async () => {
    setEnv({ DATABASE_URL: urlOf('nosuch'), GLOSS_URL: 'http://gloss.example.org' });
    const found = await faults();
    expect(found[0]).toMatch(/^GLOSS_URL is not https/);
    expect(found.at(-1)).toMatch(/^DATABASE_URL does not work.*nosuch/);
  });
});

describe('The doctor asks', () => {
  it('the mail server, and says which one does not answer', async () => {
    const mailbox = await openMailbox();
    expect((await judgeSmtp(mailbox.url)).ok).toBe(true);
    expect(mailbox.mails).toEqual([]);
    await mailbox.close();
    const port = await freePort();
    const { ok, line } = await judgeSmtp(`smtp://someone:canary-4711@127.0.0.1:${port}`);
    expect(ok).toBe(false);
    expect(line).toMatch(new RegExp(`^the mail server at 127.0.0.1:${port} can't be used: .*SMTP_URL`));
    expect(line).not.toContain('canary-4711');
  });

  it('the provider, and says what it calls itself', async () => {
    const provider = await openIdentityProvider('http://gloss.test/api/auth/callback/oidc');
    try {
      expect(await judgeOidc(provider.issuer)).toMatchObject({ ok: true });
      provider.discovery = { issuer: 'https://other.example.org' };
      const lied = await judgeOidc(provider.issuer);
      expect(lied).toMatchObject({ ok: false, line: expect.stringContaining('exactly that') });
      expect(await judgeOidc(`${provider.issuer}/nowhere`)).toMatchObject({ ok: false });
    } finally {
      await provider.close();
    }
    expect((await judgeOidc(`http://127.0.0.1:${await freePort()}`)).line).toContain("can't be reached");
  });
});
