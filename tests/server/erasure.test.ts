import '@/tests/support/test-environment';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateMemberRole } from '@/db/members';
import { markProved, recordAccountEvent } from '@/db/people';
import { OPERATIONS } from '@/lib/api/operations';
import type { ErasurePlan } from '@/lib/erasure/erasure';
import { newId } from '@/lib/new-id';
import { OWN_DATA_PARTS } from '@/lib/own-data/parts';
import { recordDeed } from '@/server/audit/record';
import { verifyAudit } from '@/server/audit/verify-audit';
import { runPersonCommand } from '@/server/cli-person';
import { eraseAgain } from '@/server/erasure/erase-again';
import { erasePerson } from '@/server/erasure/erase-person';
import { listErased, listFile } from '@/server/erasure/erased-list';
import { publish } from '@/server/events/publish';
import { spend } from '@/server/limits';
import { settleNote } from '@/server/notes';
import { addUser } from '@/server/people';
import { loadProject, loadSource } from '@/server/snapshot';
import { CASES, oneOfEach } from '@/tests/access/cases';
import { addPlace, makeWorld, type Place, type World } from '@/tests/access/world';
import { ownDataFolder } from '@/tests/support/data-folder';
import type { TestDatabase } from '@/tests/support/database';
import { addApp, addPasskey, PASSWORD } from '@/tests/support/factors';
import {
  addPerson,
  addProject,
  ask,
  call,
  grantOf,
  openInstance,
  openSession,
  type Person,
} from '@/tests/support/instance';
import { COLUMNS } from './erasure-columns';

/** Says who somebody is, wherever it stands. */
const CANARY = /canary|203\.0\.113\.77/i;
const EMAIL = 'zephyrine@canary.example';
const NAME = 'Zephyrine Canary';
const IP = '203.0.113.77';
const FROM = { 'x-gloss-ip': IP, 'user-agent': 'CanaryPhone/9' };

const forget = ownDataFolder();
let database: TestDatabase;
let world: World;
let canary: Person;
let place: Place;
let left: Place;

const query = async <T extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  (await database.db.$client.query<T>(text, values)).rows;
const by = () => ({ cookie: canary.cookie });
const owner = () => ({ cookie: world.people.owner.cookie });

type Column = { table: string; column: string; type: string };
/** Columns of a type that can hold what somebody wrote. */
const columnsThat = (types: readonly string[]) =>
  query<Column>(
    `select table_name as "table", column_name as "column", udt_name as type from information_schema.columns
     join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and udt_name = any($1) order by 1, 2`,
    [types],
  );
const keysToPeople = () =>
  query<{ table: string; column: string }>(
    `select child.relname::text as "table", a.attname::text as "column" from pg_constraint c join pg_class child on child.oid = c.conrelid
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'public.users'::regclass order by 1, 2`,
  );

/** Everything that is told of a person in each text, JSON and bytes of every table. */
async function whereTheyAre(): Promise<string[]> {
  const found: string[] = [];
  for (const { table, column, type } of await columnsThat([
    ...['text', '_text', 'jsonb', '_jsonb', 'json', 'varchar', 'tsvector', 'bytea'],
  ])) {
    const rows = await query<{ value: unknown }>(`select "${column}" as value from "${table}"`);
    for (const { value } of rows) {
      const is = Buffer.isBuffer(value) ? value : null;
      const words = is ? `${is.toString('latin1')}${unpacked(table, is)}` : JSON.stringify(value);
      if (CANARY.test(words)) found.push(`${table}.${column} (${type})`);
    }
  }
  return [...new Set(found)];
}
const unpacked = (table: string, bytes: Buffer) =>
  table === 'note_versions' ? zstdDecompressSync(bytes).toString('latin1') : '';

/** Does something past every trigger and key, as nobody can through Gloss. */
async function past(statement: string, values: unknown[]): Promise<void> {
  const client = await database.db.$client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(statement, values);
    await client.query('set session_replication_role = origin');
  } finally {
    client.release();
  }
}

/** How many rows of a column are the person's. */
async function countOf(table: string, column: string): Promise<number> {
  const is =
    column.endsWith('s') || column === 'seen_by' ? `$1::uuid = any("${column}")` : `"${column}" = $1`;
  const [row] = await query<{ n: number }>(`select count(*)::int as n from "${table}" where ${is}`, [
    canary.userId,
  ]);
  return row?.n ?? 0;
}

/** What a column holds in a row that is there only to be the person's, by its type. */
const ANYTHING: Record<string, string> = {
  ...{
    uuid: 'gen_random_uuid()',
    text: `'x'`,
    jsonb: `'{}'`,
    bytea: `'\\x00'`,
    timestamptz: 'now()',
    bool: 'false',
  },
  ...{ int4: '1', int8: '1', float4: '1', _uuid: `'{}'`, _text: `'{}'` },
};

/** Puts a row into a table that has none: of the place and its note, where it says of which it is. */
async function putRow(table: string, another = false): Promise<void> {
  if (!another && (await query(`select from "${table}" limit 1`)).length > 0) return;
  const columns = await query<{ name: string; type: string }>(
    `select column_name as name, udt_name as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null and is_identity = 'NO'`,
    [table],
  );
  const [note] = await query<{ id: string }>('select id from notes where project_id = $1', [place.projectId]);
  const known: Record<string, string> = { project_id: `'${place.projectId}'`, note_id: `'${note?.id}'` };
  await past(
    `insert into "${table}" (${columns.map(({ name }) => `"${name}"`).join()}) values (${columns
      .map(({ name, type }) => known[name] ?? ANYTHING[type])
      .join()})`,
    [],
  );
}

/** Gives the person a row of each column that leads to people and has none of theirs. */
async function plantEverywhere(): Promise<void> {
  for (const { table, column } of await keysToPeople()) {
    if ((await countOf(table, column)) > 0) continue;
    await putRow(table);
    await past(
      `update "${table}" set "${column}" = $1 where ctid = (select ctid from "${table}" where "${column}" is distinct from $1 limit 1)`,
      [canary.userId],
    );
  }
  await past(
    `update annotations set seen_by = array[$1::uuid] where ctid = (select ctid from annotations where pass_id is not null and seen_by is null limit 1)`,
    [canary.userId],
  );
  for (const table of ['note_updates', 'note_logs_set_aside'])
    await past(`update ${table} set user_ids = array[$1::uuid]`, [canary.userId]);
  await past(`update note_versions set author_ids = array[$1::uuid]`, [canary.userId]);
  await past(`update source_protections set named_ids = array[$1::uuid]`, [canary.userId]);
  // What they are told of goes; what others are told of them stays.
  await putRow('notices', true);
  await past('update notices set by_id = $1 where user_id <> $1', [canary.userId]);
  await past(`update comments set mentions = array[$1::uuid]`, [canary.userId]);
  const table = {
    columns: [{ id: canary.userId, label: NAME }],
    rows: [{ id: canary.userId, label: NAME, cells: [1] }],
  };
  await past(`update frozen_analyses set "table" = "table" || $1::jsonb`, [table]);
  await past(`update webhook_deliveries set answer = $1 where project_id = $2`, [
    `Hello ${NAME}`,
    place.projectId,
  ]);
}

beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
  const user = await addUser({ email: EMAIL, name: NAME, password: PASSWORD });
  const first = await openSession(database.db, user.id);
  canary = { userId: user.id, name: user.name, email: user.email, ...first };
});
afterAll(async () => {
  await database.end();
  forget();
});

/** The tables and columns of a fate. */
const ofFate = (fate: string) =>
  Object.entries(COLUMNS).flatMap(([table, { people = {} }]) =>
    Object.entries(people).flatMap(([column, of]) => (of === fate ? [{ table, column }] : [])),
  );

describe('Every column that may be about a person', () => {
  it('is told of in a list: whoever adds one says what becomes of it', async () => {
    const found = [
      ...(await keysToPeople()),
      ...(await columnsThat([
        'text',
        '_text',
        'json',
        'jsonb',
        '_jsonb',
        'bytea',
        'varchar',
        'inet',
        '_uuid',
        'tsvector',
      ])),
      ...(await columnsThat(['uuid'])).filter(({ column }) =>
        /user|_by$|^by$|by_id$|actor|creator|owner|maker|author|lead_id/.test(column),
      ),
    ].map(({ table, column }) => `${table}.${column}`);
    const listed = Object.entries(COLUMNS).flatMap(([table, { people = {}, others = '' }]) =>
      [...Object.keys(people), ...others.split(' ').filter(Boolean)].map((column) => `${table}.${column}`),
    );
    expect(listed.sort()).toEqual([...new Set(found)].sort());
    const keys = new Set((await keysToPeople()).map(({ table, column }) => `${table}.${column}`));
    const fated = Object.entries(COLUMNS).flatMap(([table, { people = {} }]) =>
      Object.keys(people).map((column) => `${table}.${column}`),
    );
    expect([...keys].filter((key) => !fated.includes(key))).toEqual([]);
  });
});

describe('Somebody who erases themselves', () => {
  const ask1 = (id: Parameters<typeof call>[0], given = {}) => ask(id, by(), { ...given, headers: FROM });

  beforeAll(async () => {
    const { owner: other, editor } = world.people;
    // A project that both own, with one of everything in it, by the one who leaves.
    place = await addPlace(database, { ...world.people, owner: canary });
    await updateMemberRole(database.db, place, editor.userId, 'owner');
    left = await addPlace(database, world.people);
    const params = { projectId: left.projectId };
    await ask('member.add', owner(), { params, body: { email: EMAIL, role: 'editor' } });
    await ask1('annotation.create', {
      params,
      body: {
        sourceId: left.sourceId,
        motivation: 'commenting',
        body: { type: 'TextualBody', value: 'Mine, and I left' },
        selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
        codeIds: [],
      },
    });
    // Others go on after they left.
    const claim = await ask1('claim.create', { params, body: { wording: 'My claim' } });
    await ask1('member.remove', { params, body: { userId: canary.userId } });
    const of = { projectId: left.projectId, claimId: String(claim.id) };
    await ask('claim.update', owner(), { params: of, body: { wording: 'Another made this of it' } });
    const thread = { sourceId: left.sourceId, text: 'Words of another' };
    await ask('thread.create', owner(), { params, body: thread });
    await oneOfEach(world, place);
    const ofProject = CASES.filter(({ operation }) => OPERATIONS[operation].path.includes('{projectId}'));
    const nouns = new Map(ofProject.map((one) => [one.operation.split('.')[0], one]));
    for (const one of nouns.values()) {
      const given = await one.given(world, place, canary);
      if (one.operation.startsWith('project.') || one.operation.startsWith('member.')) continue;
      const answer = await call(one.operation, by(), { ...given, headers: { ...FROM, ...given.headers } });
      await answer.body?.cancel();
    }
    // Two who wrote in a note together, and a freeze of an analysis of who coded what.
    const { notes } = await loadProject(grantOf(canary, place.projectId));
    const noteId = notes[0]?.id ?? '';
    await settleNote(
      { projectId: place.projectId, noteId },
      {
        text: 'We wrote this.',
        annotationIds: [],
        userIds: [canary.userId, other.userId],
      },
    );
    // How they sign in.
    await ask1('proof.give', { body: { password: PASSWORD } });
    const me = { id: canary.userId, name: NAME, email: EMAIL, cookie: canary.cookie };
    await addPasskey(me, undefined, 'Canary’s phone');
    await addApp(me);
    await query(`update sessions set ip = $2, user_agent = 'CanaryPhone/9' where user_id = $1`, [
      canary.userId,
      IP,
    ]);
    await query(
      `insert into email_changes (token_hash, user_id, email, expires) values ('x', $1, 'new@canary.example', now() + interval '1 day')`,
      [canary.userId],
    );
    await ask1('token.create', { body: { name: 'Canary script', scopes: ['read'] } });
    await ask1('team.create', { body: { name: `${NAME}’s team` } });
    for (const type of ['sign-in', 'sign-in.refused'])
      await recordAccountEvent(database.db, { type, userId: canary.userId, ip: IP });
    await spend('sign-in-account', EMAIL);
    await spend('sign-in-address', IP);
    await plantEverywhere();
  });

  it('is everywhere before', async () => {
    const found = await whereTheyAre();
    for (const { table, column } of ofFate('rewritten')) {
      if (['password_hash', 'oidc_subject', 'salt', 'answer'].includes(column)) continue;
      expect(found.join(' '), `${table}.${column}`).toContain(`${table}.${column} `);
    }
    const none: string[] = [];
    for (const { table, column } of [...(await keysToPeople()), ...ofFate('pseudonym')])
      if ((await countOf(table, column)) === 0) none.push(`${table}.${column}`);
    expect(none).toEqual([]);
    expect((await verifyAudit()).flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('takes out before all that concerns them: their own words, also of a project they left, and nobody else’s, and no secret', async () => {
    const answer = await call('me.export', by(), { headers: FROM });
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const text = (name: string) => new TextDecoder().decode(files[name]);
    expect(Object.keys(files)).toEqual([
      'README.txt',
      ...Object.keys(OWN_DATA_PARTS).map((part) => `${part}.jsonl`),
    ]);
    for (const part of Object.keys(OWN_DATA_PARTS)) {
      expect(text('README.txt')).toContain(`${part}.jsonl`);
      for (const line of text(`${part}.jsonl`).split('\n').filter(Boolean))
        expect(typeof JSON.parse(line)).toBe('object');
    }
    expect(Object.keys(files).filter((name) => text(name) === '')).toEqual([]);
    expect(text('annotations.jsonl')).toContain('Mine, and I left');
    expect(JSON.parse(text('profile.jsonl'))).toMatchObject({
      name: NAME,
      email: EMAIL,
      unconfirmedEmail: 'new@canary.example',
    });
    const all = Object.keys(files).map(text).join('');
    for (const column of [
      'token_hash',
      'code_hash',
      'salt',
      'sealed',
      'public_key',
      'password_hash',
      'secret',
    ])
      for (const { table } of (await columnsThat(['text'])).filter((one) => one.column === column))
        for (const { value } of await query<{ value: string | null }>(
          `select "${column}" as value from "${table}"`,
        ))
          if (value !== null && value.length > 3)
            expect(all.includes(value), `${table}.${column}`).toBe(false);
    expect(all).not.toContain('Words of another');
    expect(all).not.toContain('Another made this of it');
    expect(all).toContain('"changedByOthers":true');
    expect(answer.headers.get('ratelimit-policy')).toMatch(/^"export";q=/);
  });

  it('is told what goes and what stays, and hands over first what nobody else owns', async () => {
    const { id } = await ask<{ id: string }>('project.create', by(), { body: { name: 'Mine alone' } });
    const plan = await ask<ErasurePlan>('me.plan-erasure', by());
    expect(plan.blockedBy).toEqual([{ id, name: 'Mine alone' }]);
    expect(plan.stays.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['marks and codings', 'comments', 'claims']),
    );
    expect(plan.goes).toEqual(expect.arrayContaining([{ what: 'passkeys', count: 1 }]));
    const refused = await call('me.erase', by(), { body: { email: EMAIL } });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { details: { projects: plan.blockedBy } } });
    expect((await call('me.erase', by(), { body: { email: 'another@example.org' } })).status).toBe(400);
    const unproved = await openSession(database.db, canary.userId);
    const asked = await call('me.erase', { cookie: unproved.cookie }, { body: { email: EMAIL } });
    expect(await asked.json()).toMatchObject({
      error: { details: { reason: 'prove-again', how: 'factor' } },
    });
    await ask('project.delete', by(), { params: { projectId: id } });
    expect((await whereTheyAre()).length).toBeGreaterThan(10);
  });

  it('is in no column of any table afterwards, but for the id that others’ work hangs on', async () => {
    await markProved(database.db, canary.sessionId);
    await ask('me.erase', by(), { body: { email: ` ${EMAIL.toUpperCase()} ` }, headers: FROM });
    expect(await whereTheyAre()).toEqual([]);
    const [listed] = readFileSync(listFile(), 'utf8')
      .split('\n')
      .filter((line) => line.includes(canary.userId));
    expect(JSON.parse(listed ?? '')).toMatchObject({ id: canary.userId, pseudonym: 'Erased person 1' });
    expect(listed).not.toMatch(CANARY);
    for (const { table, column } of ofFate('removed'))
      if ((await keysToPeople()).some((key) => key.table === table && key.column === column))
        expect(await countOf(table, column), `${table}.${column}`).toBe(0);
    for (const { table, column } of ofFate('pseudonym'))
      expect(await countOf(table, column), `${table}.${column}`).toBeGreaterThan(0);
    const [row] = await query<{ name: string; password_hash: string | null }>(
      'select * from users where id = $1',
      [canary.userId],
    );
    expect(row).toMatchObject({ name: 'Erased person 1', password_hash: null, oidc_subject: null });
    expect((await call('me', by())).status).toBe(401);
  });

  it('writes nothing any more by what was under way, and is named in nothing that is written down of it', async () => {
    const grant = grantOf(canary, place.projectId);
    const late = database.db.transaction((tx) =>
      publish(tx, grant, { type: 'project.updated', subject: { id: place.projectId, name: NAME } }),
    );
    await expect(late).rejects.toMatchObject({ code: 'unauthenticated' });
    const actor = { ...grant.actor, ip: IP };
    await recordDeed({ ...grant, actor } as typeof grant, 'export.quotes');
    await recordAccountEvent(database.db, {
      type: 'denied',
      userId: canary.userId,
      details: { name: NAME },
      ip: IP,
    });
    expect(await whereTheyAre()).toEqual([]);
  });

  it('is called by one pseudonym in every list, page and export of the project', async () => {
    const { projectId, sourceId } = place;
    const editor = { cookie: world.people.editor.cookie };
    const lists = Object.values(OPERATIONS).filter(
      ({ method, path }) => method === 'GET' && path.split('{').length === 2 && path.includes('{projectId}'),
    );
    expect(lists.length).toBeGreaterThan(20);
    let named = 0;
    for (const { id } of lists) {
      const answer = await call(id as Parameters<typeof call>[0], editor, { params: { projectId } });
      const text = await answer.text();
      expect(CANARY.test(text), id).toBe(false);
      if (text.includes('Erased person 1')) named += 1;
    }
    expect(named).toBeGreaterThan(10);
    const grant = grantOf(world.people.editor, projectId);
    const pages = JSON.stringify([await loadProject(grant), await loadSource(grant, sourceId)]);
    expect(pages).toContain('Erased person 1');
    expect(pages).not.toMatch(CANARY);
    await query('delete from rate_limits');
    for (const format of ['gloss', 'web-annotation', 'csv', 'html']) {
      const answer = await call('export.download', editor, { params: { projectId, format } });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const zip = bytes[0] === 0x50 && bytes[1] === 0x4b ? Object.values(unzipSync(bytes)) : [bytes];
      for (const part of zip) expect(CANARY.test(Buffer.from(part).toString('latin1')), format).toBe(false);
      await query('delete from rate_limits');
    }
  });

  it('leaves an audit that is still proved, but for the names', async () => {
    const verdicts = await verifyAudit();
    expect(verdicts.flatMap(({ faults }) => faults)).toEqual([]);
    expect(verdicts.reduce((sum, { unnamed }) => sum + unnamed, 0)).toBeGreaterThan(3);
    const { items } = await ask<{ items: { act: string; actor: { name: string } }[] }>(
      'audit.list',
      { cookie: world.people.editor.cookie },
      { params: { projectId: place.projectId } },
    );
    expect(items.filter(({ act }) => !act.startsWith('export.'))[0]).toMatchObject({
      act: 'member.removed',
      actor: { name: 'Erased person 1' },
    });
  });

  it('opens no way to change the log but to those who are being erased', async () => {
    const change = (person: string, set: string) =>
      database.db.$client.query(
        `begin; select set_config('gloss.erasing', '${person}', true); update events set ${set}; commit`,
      );
    await expect(change(world.people.owner.userId, `actor_name = 'Nobody'`)).rejects.toThrow('never changed');
    await expect(change(canary.userId, `type = 'nothing'`)).rejects.toThrow('never changed');
    await query('rollback');
  });

  it('may come again, as somebody new', async () => {
    const again = await addUser({ email: EMAIL, name: NAME, password: PASSWORD });
    expect(again.id).not.toBe(canary.userId);
    const { cookie } = await openSession(database.db, again.id);
    expect(await ask('project.list', { cookie })).toMatchObject({ items: [] });
    await erasePerson(again.id);
  });
});

describe('A list of who was erased', () => {
  it('lets whoever restored a backup erase them again; what nobody else owns passes on', async () => {
    const [owner, heir] = [await addPerson(database, 'Back'), await addPerson(database, 'Heir')];
    const shared = await addProject(database, owner, { reader: heir });
    const alone = await addProject(database, owner);
    const folder = mkdtempSync(join(tmpdir(), 'gloss-erased-'));
    const file = join(folder, 'erased.jsonl');
    try {
      const before = await listErased();
      expect(before.map(({ pseudonym }) => pseudonym)).toEqual(['Erased person 1', 'Erased person 2']);
      const gone = { id: newId(), pseudonym: 'Erased person 8', erased: new Date().toISOString() };
      const back = { ...gone, id: owner.userId };
      writeFileSync(file, [...before, gone, back].map((one) => `${JSON.stringify(one)}\n`).join(''));
      const erased = await eraseAgain(file);
      expect(erased).toHaveLength(1);
      expect(erased[0]?.passedOn).toEqual(
        expect.arrayContaining([
          { projectId: shared, to: 'a member' },
          { projectId: alone, to: 'nobody: it was deleted' },
        ]),
      );
      expect(
        await ask('project.get', { cookie: heir.cookie }, { params: { projectId: shared } }),
      ).toMatchObject({ role: 'owner' });
      expect(await eraseAgain(file)).toEqual([]);
      writeFileSync(file, 'somebody\n');
      await expect(eraseAgain(file)).rejects.toThrow('Line 1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('The command line', () => {
  it('takes out what concerns somebody, says what erasing them means, and erases them when told to', async () => {
    const { id } = await addUser({ email: 'leaver@canary.example', name: 'Leaver' });
    const said: string[] = [];
    const say = { note: (line: string) => said.push(line), print: (line: string) => said.push(line) };
    const run = (verb: string, subject?: string, options = {}) =>
      runPersonCommand(verb, subject, options, say).then(() => said.splice(0).join('\n'));
    const out = join(mkdtempSync(join(tmpdir(), 'gloss-leaver-')), 'leaver.zip');
    try {
      expect(await run('export', 'Leaver@Canary.example', { out })).toMatch(/^Wrote .* \(\d+ bytes\)/);
      expect(Object.keys(unzipSync(readFileSync(out)))).toContain('README.txt');
    } finally {
      rmSync(join(out, '..'), { recursive: true });
    }
    expect(await run('erase', 'leaver@canary.example')).toMatch(
      /Goes: name.*Nothing was changed\. To erase/s,
    );
    expect(await run('erase', 'leaver@canary.example', { yes: true })).toContain(
      `${id} is erased, and is called “Erased person`,
    );
    expect(await run('erased')).toContain(`"id":"${id}"`);
    expect(await run('erase', undefined, { again: true })).toContain('0 people were back');
    await expect(run('erase', 'leaver@canary.example')).rejects.toThrow('Nobody has the address');
    await expect(run('export', 'leaver@canary.example')).rejects.toThrow('gloss');
  });
});
