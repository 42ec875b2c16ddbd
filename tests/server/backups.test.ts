import '@/tests/support/test-environment';
import { createHash, randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { makeTables, readJournal } from '@/db/backups/level';
import { openClient, openDatabase, setDatabase } from '@/db/client';
import { loadNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { HEAD_FILE, LEFT_OUT, MANIFEST_FILE, Manifest } from '@/lib/backups/backup';
import { applyStored } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { createAnnotation } from '@/server/annotations';
import { backUp } from '@/server/backups/back-up';
import { restore } from '@/server/backups/restore';
import { readTar, TAR_END, type TarEntry, tarEntry } from '@/server/backups/tar';
import { firstStart } from '@/server/first-start';
import { type EmptyDatabase, emptyDatabase, type TestDatabase } from '@/tests/support/database';
import { addPerson, addProject, addSource, grantOf, openInstance } from '@/tests/support/instance';
import { ROOT } from '@/tests/support/source-files';

const MIGRATIONS = `${ROOT}/db/migrations`;

/** A backup in memory. */
async function backUpWhole(connection: Parameters<typeof backUp>[0]) {
  const parts: Buffer[] = [];
  const into = new Writable({
    write(part: Buffer, _, done) {
      parts.push(part);
      done();
    },
  });
  const done = await backUp(connection, into, MIGRATIONS);
  return { ...done, bytes: Buffer.concat(parts) };
}

const restoreWhole = (connection: Parameters<typeof restore>[0], bytes: Buffer) =>
  restore(connection, Readable.from([bytes]), MIGRATIONS);

async function entriesOf(bytes: Buffer): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for await (const entry of readTar(Readable.from([gunzipSync(bytes)]), 2 ** 30)) entries.push(entry);
  return entries;
}
const pack = (entries: readonly TarEntry[]) =>
  gzipSync(Buffer.concat([...entries.map(({ name, body }) => tarEntry(name, body, 0)), TAR_END]));

async function query<T extends object>(connection: EmptyDatabase['connection'], text: string): Promise<T[]> {
  const client = openClient(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('A backup', () => {
  let instance: TestDatabase;
  const places: EmptyDatabase[] = [];
  const empty = async () => {
    const place = await emptyDatabase();
    places.push(place);
    return place.connection;
  };
  beforeAll(async () => {
    instance = await openInstance();
    await firstStart(() => undefined);
  });
  afterAll(async () => {
    await instance.end();
    for (const place of places) await place.end();
  });

  it('taken while somebody writes is of one moment, and restores whole, with what its notes say', async () => {
    const person = await addPerson(instance, 'Writer');
    const projectId = await addProject(instance, person);
    const grant = grantOf(person, projectId);
    const source = await addSource(grant, 'A word that is marked over and over. A word that is not.');
    let writing = true;
    let written = 0;
    const writer = (async () => {
      for (; writing; written++) {
        await createAnnotation(grant, {
          sourceId: source.id,
          motivation: 'highlighting',
          selector: [
            { type: 'TextQuoteSelector', exact: 'marked over and over. A word', prefix: '', suffix: '' },
          ],
          body: null,
          codeIds: [],
          quote: null,
        });
      }
    })();
    await expect.poll(() => written).toBeGreaterThan(2);
    const before = written;
    const backup = await backUpWhole(instance.connection);
    writing = false;
    await writer;

    const target = await empty();
    const restored = await restoreWhole(target, backup.bytes);
    expect(restored.tables).toEqual(backup.tables);
    const again = await backUpWhole(target);
    expect(again.tables).toEqual(backup.tables);
    // A mark and its event are one transaction: a moment holds both or none.
    const [count] = await query<{ marks: number; told: number }>(
      target,
      `select (select count(*)::int from annotations where project_id = '${projectId}') as marks,
        (select count(*)::int from events where project_id = '${projectId}' and type = 'annotation.created') as told`,
    );
    expect(count?.marks).toBe(count?.told);
    expect(count?.marks).toBeGreaterThanOrEqual(before);

    const db = openDatabase(target, { max: 2 });
    try {
      const [note] = await query<{ id: string; project_id: string }>(
        target,
        'select n.id, n.project_id from notes n join note_updates u on u.note_id = n.id limit 1',
      );
      if (note === undefined) throw new Error('The sample has no note');
      const doc = new Y.Doc();
      applyStored(doc, await loadNote(db, noteKeyOf({ projectId: note.project_id }, note.id)));
      const text = doc.getXmlFragment(NOTE_FRAGMENT).toString();
      const original = new Y.Doc();
      applyStored(original, await loadNote(instance.db, noteKeyOf({ projectId: note.project_id }, note.id)));
      expect(text.length).toBeGreaterThan(200);
      expect(text).toBe(original.getXmlFragment(NOTE_FRAGMENT).toString());
      // And it is a database to work in: counters go on, and guards stand again.
      setDatabase(db, target);
      await addSource(grant, 'Written after the restore.');
      await expect(query(target, 'delete from events')).rejects.toThrow('never changed or removed');
      const [hit] = await query<{ found: number }>(
        target,
        `select count(*)::int as found from search_documents where project_id = '${projectId}' and kind = 'source'`,
      );
      expect(hit?.found).toBe(2);
    } finally {
      setDatabase(instance.db, instance.connection);
      await db.$client.end();
    }
  });

  it('holds nobody’s session and no link that signs in', async () => {
    const { bytes } = await backUpWhole(instance.connection);
    const entries = await entriesOf(bytes);
    for (const table of LEFT_OUT)
      expect(entries.filter(({ name }) => name.startsWith(`tables/${table}/`))).toEqual([]);
    const [session] = await query<{ token_hash: string }>(
      instance.connection,
      'select token_hash from sessions limit 1',
    );
    expect(Buffer.concat(entries.map(({ body }) => body)).includes(session?.token_hash ?? 'none')).toBe(
      false,
    );
    expect(session).toBeDefined();
  });

  it('of an older version is restored by this one, and brought up to date', async () => {
    const older = await empty();
    const client = openClient(older);
    await client.connect();
    const level = readJournal(MIGRATIONS).map(({ at }) => at);
    await makeTables(client, MIGRATIONS, level.slice(0, 3));
    const [user, team, project] = [randomUUID(), randomUUID(), randomUUID()];
    await client.query(`insert into users (id, email, name) values ('${user}', 'old@example.org', 'Old')`);
    await client.query(`insert into teams (id, name) values ('${team}', 'Desk')`);
    await client.query(
      `insert into projects (id, team_id, name) values ('${project}', '${team}', E'Tab\\there, line\\nthere, \\\\N')`,
    );
    await client.query(
      `insert into events (project_id, type, subject_id, actor_name, subject) values ('${project}', 'project.created', '${project}', 'Old', '{"id": "${project}", "name": "x"}')`,
    );
    await client.end();

    const target = await empty();
    await restoreWhole(target, (await backUpWhole(older)).bytes);
    const [found] = await query<{ name: string }>(target, 'select name from projects');
    expect(found?.name).toBe('Tab\there, line\nthere, \\N');
    const done = await query<{ at: string }>(
      target,
      'select created_at as at from drizzle.__drizzle_migrations order by 1',
    );
    expect(done.map(({ at }) => Number(at))).toEqual(level);
  });

  it('is restored into no place that holds anything, and changes nothing there', async () => {
    const { bytes } = await backUpWhole(instance.connection);
    const [before] = await query<{ n: number }>(instance.connection, 'select count(*)::int as n from events');
    await expect(restoreWhole(instance.connection, bytes)).rejects.toMatchObject({ code: 'conflict' });
    expect(await query(instance.connection, 'select count(*)::int as n from events')).toEqual([before]);
  });

  it('says that there is nothing to back up where Gloss never was', async () => {
    await expect(backUpWhole(await empty())).rejects.toThrow('This database has no tables of Gloss');
  });

  describe('that is not whole is refused, and leaves nothing behind', () => {
    let bytes: Buffer;
    let entries: TarEntry[];
    let target: EmptyDatabase['connection'];
    beforeAll(async () => {
      ({ bytes } = await backUpWhole(instance.connection));
      entries = await entriesOf(bytes);
      target = await empty();
    });
    const without = (gone: string) => entries.filter(({ name }) => !name.startsWith(gone));
    const changed = (which: string, change: (text: string) => string) =>
      entries.map((entry) =>
        entry.name.startsWith(which) ? { ...entry, body: Buffer.from(change(entry.body.toString())) } : entry,
      );

    it.each<[string, () => Buffer, RegExp]>([
      ['cut off', () => bytes.subarray(0, bytes.length >> 1), /ends too early/],
      ['without its list of contents', () => pack(without(MANIFEST_FILE)), /ends before its list/],
      ['without its head', () => pack(without(HEAD_FILE)), /where head.json should be/],
      ['with a table missing', () => pack(without('tables/users/')), /users: 0 rows instead of \d+/],
      [
        'with a word changed',
        () => pack(changed('tables/users/', (text) => text.replace('you@gloss.local', 'me@gloss.local!'))),
        /users: its content is another/,
      ],
      [
        'with a key that leads nowhere, though all sums are right',
        () => {
          const wrong = changed('tables/team_members/', (text) => text.replace(/^[0-9a-f]{8}/, '00000000'));
          const sum = createHash('sha256');
          for (const { name, body } of wrong) if (name.startsWith('tables/team_members/')) sum.update(body);
          return pack(
            wrong.map((entry) => {
              if (entry.name !== MANIFEST_FILE) return entry;
              const manifest = Manifest.parse(JSON.parse(entry.body.toString()));
              const tables = manifest.tables.map((table) =>
                table.name === 'team_members' ? { ...table, sha256: sum.copy().digest('hex') } : table,
              );
              return { ...entry, body: Buffer.from(JSON.stringify({ ...manifest, tables })) };
            }),
          );
        },
        /Postgres refuses what is in it \(23503\)/,
      ],
      [
        'of a newer program',
        () => pack(changed(HEAD_FILE, (text) => text.replace(/"migrations": \[/, '"migrations": [ 1, '))),
        /made by a newer Gloss/,
      ],
      ['no gzip', () => Buffer.from('age-encryption.org/v1\n'), /decrypt it first/],
      ['no archive', () => gzipSync(Buffer.alloc(2048, 'x')), /no backup of Gloss/],
    ])('%s', async (_, make, reason) => {
      await expect(restoreWhole(target, make())).rejects.toThrow(reason);
      expect(await query(target, `select from pg_class where relnamespace = 'public'::regnamespace`)).toEqual(
        [],
      );
    });
  });
});
