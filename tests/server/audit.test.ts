import '@/tests/support/test-environment';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest, insertAudit } from '@/db/audit';
import { canonicalText, INSTANCE_CHAIN, NO_HASH } from '@/lib/audit/entry';
import { isAudited } from '@/lib/audit/of-happening';
import { Happening } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import { NewSpeaker } from '@/lib/speakers/speaker';
import { writeDenials } from '@/server/access/denials';
import { exportAudit, verifyAudit } from '@/server/audit/verify-audit';
import { erasePerson } from '@/server/erasure/erase-person';
import { publish } from '@/server/events/publish';
import { createSpeaker } from '@/server/speakers/create-speaker';
import { protectSpeaker } from '@/server/speakers/protect-speaker';
import { ownDataFolder } from '@/tests/support/data-folder';
import { addPerson, addProject, addSource, ask, call, grantOf, type Person } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

afterAll(ownDataFolder());

type Listed = {
  items: { act: string; actor: { name: string }; details: object }[];
  nextCursor: string | null;
};

const list = (query: Record<string, string | number> = {}, of = projectId) =>
  ask<Listed>('audit.list', owner, { params: { projectId: of }, query });

describe('The audit', () => {
  let editor: Person;
  let stranger: Person;
  beforeAll(async () => {
    editor = await addPerson(database, 'Editor');
    stranger = await addPerson(database, 'Stranger');
  });

  it('says who did what: members, links, settings, deletions, exports, looks at who a speaker is, refusals', async () => {
    const params = { projectId };
    await ask('member.add', owner, { params, body: { email: editor.email, role: 'reader' } });
    await ask('member.update', owner, { params, body: { userId: editor.userId, role: 'editor' } });
    const link = await ask<{ id: string }>('invitation.create', owner, { params, body: { role: 'reader' } });
    await ask('project.update', owner, { params, body: { readersComment: true } });
    const grant = grantOf(owner, projectId);
    const source = await addSource(grant);
    await ask('source.delete', editor, { params: { projectId, sourceId: source.id } });
    const speaker = await createSpeaker(grant, NewSpeaker.parse({ name: 'Canary Name', kind: 'Person' }));
    await protectSpeaker(grant, speaker.id, { pseudonym: 'Source A' }, null);
    const identity = { params: { projectId, speakerId: speaker.id } };
    expect((await call('speaker.identity', owner, identity)).status).toBe(200);
    expect((await call('speaker.identity', editor, identity)).status).toBe(404);
    const file = await call('export.download', editor, { params: { projectId, format: 'csl-json' } });
    await file.arrayBuffer();
    await call('invitation.create', editor, { params, body: { role: 'reader' } });
    for (let times = 0; times < 3; times++) await call('note.list', stranger, { params });
    await writeDenials();

    const { items } = await list();
    expect(items.map(({ act, actor, details }) => [act, actor.name, details]).reverse()).toEqual([
      ['member.added', 'Owner', { name: 'Editor', role: 'reader' }],
      ['member.updated', 'Owner', { name: 'Editor', role: 'editor' }],
      ['invitation.created', 'Owner', expect.objectContaining({ role: 'reader', maxUses: 10 })],
      ['project.updated', 'Owner', { name: 'Story', readersComment: true }],
      ['source.deleted', 'Editor', {}],
      ['speaker.protected', 'Owner', { knownTo: [owner.userId] }],
      ['speaker.identity-read', 'Owner', { shown: true }],
      ['speaker.identity-read', 'Editor', { shown: false }],
      ['export.project', 'Editor', { format: 'csl-json', profile: 'standard' }],
      ['access.refused', 'Editor', { why: 'role', count: 1, actions: ['invitation.create'] }],
      ['access.refused', 'Stranger', { why: 'not a member', count: 3, actions: ['note.read'] }],
    ]);
    expect(link.id).toMatch(/^0/);
    const all = await database.db.execute(sql`select * from audit_entries`);
    expect(JSON.stringify(all.rows)).not.toMatch(/Canary|watchdog|draft report/i);
  });

  it('is narrowed to a person and to a kind, and read a page at a time', async () => {
    const acts = ({ items }: Listed) => items.map(({ act }) => act);
    expect(acts(await list({ person: editor.userId, kind: 'deletions' }))).toEqual(['source.deleted']);
    expect(acts(await list({ kind: 'speakers' }))).toHaveLength(3);
    expect(acts(await list({ kind: 'people' }))).toEqual([
      'invitation.created',
      'member.updated',
      'member.added',
    ]);
    const first = await list({ limit: 4 });
    const second = await list({ limit: 200, cursor: first.nextCursor ?? '' });
    expect([...acts(first), ...acts(second)]).toEqual(acts(await list({ limit: 200 })));
    expect(second.nextCursor).toBe(null);
  });

  it('is for owners', async () => {
    expect((await call('audit.list', editor, { params: { projectId } })).status).toBe(403);
    expect((await call('audit.list', stranger, { params: { projectId } })).status).toBe(404);
    await writeDenials();
  });

  it('has every deletion in it, of whatever noun', () => {
    const types = Happening.options.map(({ shape }) => shape.type.value);
    const deletions = types.filter((type) => /\.(deleted|restored)$/.test(type));
    expect(deletions.length).toBeGreaterThan(15);
    expect(deletions.filter((type) => !isAudited(type))).toEqual([]);
  });

  it('keeps nothing of what was undone', async () => {
    const before = (await list()).items.length;
    const grant = grantOf(owner, projectId);
    await expect(
      database.db.transaction(async (tx) => {
        await publish(tx, grant, { type: 'project.updated', subject: { id: projectId, name: 'Never' } });
        throw new Error('and it came to nothing');
      }),
    ).rejects.toThrow('came to nothing');
    expect((await list()).items).toHaveLength(before);
  });

  it('takes an entry of each of many who act at once, without a gap', async () => {
    const busy = await addProject(database, owner);
    const grant = grantOf(owner, busy);
    await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        database.db.transaction((tx) =>
          publish(tx, grant, { type: 'project.updated', subject: { id: busy, name: `Name ${nth}` } }),
        ),
      ),
    );
    expect((await verifyAudit(busy))[0]).toMatchObject({ head: { nr: 20 }, faults: [] });
  });

  it.each([
    'update audit_entries set act = act',
    'delete from audit_entries',
    'truncate audit_entries',
    'delete from audit_chains',
  ])('lets nobody do this: %s', async (statement) => {
    await expect(database.db.execute(sql.raw(statement))).rejects.toThrow();
    await expect(database.db.execute(sql.raw('update audit_chains set nr = nr - 1'))).rejects.toThrow();
  });

  it('goes into a file from which anybody can compute its hashes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gloss-audit-'));
    const file = join(folder, 'audit.jsonl');
    try {
      const count = await exportAudit(projectId, file);
      const lines = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines).toHaveLength(count);
      for (const { chain, prevHash, hash, ...entry } of lines)
        expect(digest(canonicalText(chain, { ...entry, at: new Date(entry.at) }, prevHash))).toBe(hash);
      expect(await exportAudit('instance', file)).toBeGreaterThan(0);
      await expect(exportAudit(newId(), file)).rejects.toThrow('Nothing was written down of a project');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('What somebody with the database in their hands does to the audit is found:', () => {
  /** A chain of ten entries of its own, and what is done to it past the triggers. */
  async function faultsAfter(change: string): Promise<string[]> {
    const chain = newId();
    for (let nth = 1; nth <= 10; nth++)
      await insertAudit(database.db, chain, [
        {
          act: 'member.updated',
          subjectId: null,
          details: { role: 'reader', nth },
          actor: { id: null, name: 'A', ip: null },
        },
      ]);
    expect((await verifyAudit(chain))[0]?.faults).toEqual([]);
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql.raw(change.replaceAll('$chain', `'${chain}'`)));
    });
    const faults = (await verifyAudit(chain))[0]?.faults.map(({ what }) => what) ?? [];
    // Others do not suffer from it.
    expect((await verifyAudit(projectId))[0]?.faults).toEqual([]);
    return faults;
  }

  it.each<[string, string, string[]]>([
    [
      'an entry taken out',
      'delete from audit_entries where chain = $chain and nr = 4',
      ['entry 4 is missing'],
    ],
    [
      'the first ones taken out',
      'delete from audit_entries where chain = $chain and nr < 4',
      ['entries 1 to 3 are missing'],
    ],
    [
      'the last ones taken out',
      'delete from audit_entries where chain = $chain and nr > 7',
      ['entries 8 to 10 are missing'],
    ],
    [
      'all of them taken out',
      'delete from audit_entries where chain = $chain',
      ['entries 1 to 10 are missing'],
    ],
    [
      'a word changed',
      `update audit_entries set details = details || '{"role": "owner"}' where chain = $chain and nr = 5`,
      ['entry 5 was changed after it was written'],
    ],
    [
      'a name changed',
      `update audit_entries set actor_name = 'B' where chain = $chain and nr = 10`,
      ['entry 10 was changed after it was written'],
    ],
    [
      'two put in each other’s place',
      `update audit_entries set nr = case nr when 3 then -6 when 6 then -3 end where chain = $chain and nr in (3, 6);
       update audit_entries set nr = -nr where chain = $chain and nr < 0`,
      [
        'entry 3 does not follow the one before it: they were put in another order, or one was put in',
        'entry 3 was changed after it was written',
        'entry 4 does not follow the one before it: they were put in another order, or one was put in',
        'entry 6 does not follow the one before it: they were put in another order, or one was put in',
        'entry 6 was changed after it was written',
        'entry 7 does not follow the one before it: they were put in another order, or one was put in',
      ],
    ],
    [
      'an entry and the record of the end changed to fit',
      `delete from audit_entries where chain = $chain and nr = 10;
       update audit_chains set nr = 9 where chain = $chain`,
      ['the record of where the chain ends (entry 9) is not of this chain'],
    ],
  ])('%s', async (_, change, faults) => {
    expect(await faultsAfter(change)).toEqual(faults);
  });

  it('what was written before entries had salts, as far as it can be once somebody of it was erased', async () => {
    const chain = newId();
    const gone = await addPerson(database, 'Gone');
    let prevHash = NO_HASH;
    for (let nr = 1; nr <= 4; nr++) {
      const at = new Date();
      const id = nr === 3 ? gone.userId : owner.userId;
      const entry = {
        nr,
        at,
        act: 'member.updated',
        subjectId: null,
        details: {},
        actor: { id, name: 'A', ip: null },
      };
      const hash = digest(canonicalText(chain, { ...entry, personal: null }, prevHash));
      await database.db.$client.query(
        `insert into audit_entries (chain, nr, at, act, actor_id, actor_name, details, prev_hash, hash) values ($1, $2, $3, $4, $5, 'A', '{}', $6, $7)`,
        [chain, nr, at, entry.act, id, prevHash, hash],
      );
      prevHash = hash;
    }
    await database.db.$client.query('insert into audit_chains (chain, nr, hash) values ($1, 4, $2)', [
      chain,
      prevHash,
    ]);
    expect((await verifyAudit(chain))[0]).toMatchObject({ faults: [], unnamed: 0 });
    await erasePerson(gone.userId);
    expect((await verifyAudit(chain))[0]).toMatchObject({ faults: [], unnamed: 1 });
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`update audit_entries set actor_name = 'B' where chain = ${chain} and nr = 2`);
    });
    expect((await verifyAudit(chain))[0]?.faults).toHaveLength(1);
  });

  it('names that were taken away though nobody was erased', async () => {
    expect(
      await faultsAfter(
        `update audit_entries set salt = null, actor_name = '' where chain = $chain and nr = 5`,
      ),
    ).toEqual(['entry 5 lost its names, and nobody of it was erased']);
  });

  it('the sign-ins of the instance have a chain as well', async () => {
    const [instance] = await verifyAudit(INSTANCE_CHAIN);
    expect(instance).toMatchObject({ name: 'the instance', faults: [] });
    expect(instance?.head.nr).toBeGreaterThan(0);
  });
});
