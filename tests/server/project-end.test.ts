import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readEndPlan } from '@/db/ended-projects';
import { OPERATIONS } from '@/lib/api/operations';
import { verifyAudit } from '@/server/audit/verify-audit';
import { createEndSweep, endProjectNow } from '@/server/projects/end';
import { CASES, oneOfEach } from '@/tests/access/cases';
import { addPlace, makeWorld, type Place, type World } from '@/tests/access/world';
import type { TestDatabase } from '@/tests/support/database';
import { ask, call, openInstance } from '@/tests/support/instance';

const DAY = 86_400_000;
/** What is kept of a project that is over, and what is not of a project at all. */
const KEPT = new Set([
  'audit_entries',
  'audit_chains',
  'rate_limits',
  'users',
  'sessions',
  'teams',
  'team_members',
]);

/** Tables of which no row is of one project; a mail that is due knows its person alone. */
const APART = [
  'account_events',
  'api_tokens',
  'audit_chains',
  'audit_entries',
  'authenticators',
  'email_changes',
  'notice_mails',
  'notice_settings',
  'passkey_challenges',
  'passkeys',
  'projects',
  'rate_limits',
  'recovery_codes',
  'sessions',
  'sign_in_links',
  'sign_in_steps',
  'team_members',
  'teams',
  'users',
  'watch_hosts',
];

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
});
afterAll(() => database.end());

const tables = async () =>
  (
    await database.db.execute<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
  ).rows.map(({ name }) => name);

/** How many rows each table has. */
async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of await tables()) {
    if (KEPT.has(name)) continue;
    const { rows } = await database.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)}`,
    );
    found[name] = rows[0]?.n ?? 0;
  }
  return found;
}

/** A project with one of everything in it. */
async function full(): Promise<Place> {
  const place = await addPlace(database, world.people);
  await oneOfEach(world, place);
  return place;
}

async function isEnding({ projectId }: Place): Promise<boolean> {
  const { rows } = await database.db.execute(
    sql`select from projects where id = ${projectId} and ending is not null`,
  );
  return rows.length > 0;
}

const owner = () => ({ cookie: world.people.owner.cookie });
const remove = ({ projectId }: Place) => ask('project.delete', owner(), { params: { projectId } });
const inDays = (days: number) => () => new Date(Date.now() + days * DAY);
type Deleted = { items: { id: string; name: string; deleted: string; ends: string }[] };

describe('A deleted project', () => {
  it('knows of every table whether its rows are of a project', async () => {
    const planned = new Set((await readEndPlan(database.db)).map(({ table }) => table));
    const { rows } = await database.db.execute<{ name: string }>(
      sql`select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'project_id'`,
    );
    for (const { name } of rows) expect(planned.has(name), name).toBe(true);
    // Whoever adds a table that hangs on no project says so here.
    expect((await tables()).filter((name) => !planned.has(name))).toEqual([...APART].sort());
  });

  it('is gone for everybody at once, told to its owners with the day it ends, and comes back as it was', async () => {
    const place = await full();
    const params = { projectId: place.projectId };
    const before = await counts();
    await remove(place);
    for (const person of Object.values(world.people))
      expect((await call('project.get', { cookie: person.cookie }, { params })).status).toBe(404);

    const { items } = await ask<Deleted>('project.list-deleted', owner());
    const mine = items.find(({ id }) => id === place.projectId);
    expect(Date.parse(mine?.ends ?? '') - Date.parse(mine?.deleted ?? '')).toBe(30 * DAY);
    for (const who of ['editor', 'reader', 'removed', 'outsider'] as const) {
      const credentials = { cookie: world.people[who].cookie };
      expect(JSON.stringify(await ask('project.list-deleted', credentials))).not.toContain(place.projectId);
      const refused = await call('project.restore', credentials, {
        params: { deletedProjectId: place.projectId },
      });
      expect(refused.status, who).toBe(404);
    }

    await createEndSweep({ now: inDays(29.9) }).sweepOnce();
    await ask('project.restore', owner(), { params: { deletedProjectId: place.projectId } });
    const { events: told, ...rest } = await counts();
    const { events, ...were } = before;
    expect(rest).toEqual(were);
    // It was deleted, and restored.
    expect(told).toBe((events ?? 0) + 2);
    expect((await call('project.get', { cookie: world.people.reader.cookie }, { params })).status).toBe(200);
    const again = await call('project.restore', owner(), { params: { deletedProjectId: place.projectId } });
    expect(again.status).toBe(404);
  });

  it('is over after its grace time: nothing of it is left in any table, and the audit says what became of it', async () => {
    await createEndSweep({ now: inDays(40) }).sweepOnce();
    const before = await counts();
    const place = await full();
    // A way to call each noun makes what that needs.
    const ofProject = CASES.filter(({ operation }) => OPERATIONS[operation].path.includes('{projectId}'));
    const nouns = new Map(ofProject.map((one) => [one.operation.split('.')[0], one]));
    for (const one of nouns.values()) await one.given(world, place, world.people.owner);
    const filled = Object.entries(await counts()).filter(([name, n]) => n > (before[name] ?? 0));
    expect(filled.length).toBeGreaterThan(40);
    await remove(place);
    const begin = () => createEndSweep({ now: inDays(30.1), atOnce: 3 });
    // Broken off in the midst of it, then by two processes at once; whoever comes last finishes.
    const broken = begin();
    const results = [broken.sweepOnce()];
    await vi.waitFor(async () => expect(await isEnding(place)).toBe(true), { interval: 1 });
    await broken.stop();
    results.push(begin().sweepOnce(), begin().sweepOnce());
    await Promise.all(results);
    results.push(begin().sweepOnce());
    expect((await Promise.all(results)).reduce((sum, one) => sum + one)).toBe(1);

    expect(await counts()).toEqual(before);
    for (const name of await tables()) {
      if (name === 'audit_entries' || name === 'audit_chains') continue;
      const { rows } = await database.db.execute<{ n: number }>(
        sql`select count(*)::int as n from ${sql.identifier(name)} t where t::text like ${`%${place.projectId}%`}`,
      );
      expect(rows[0]?.n, name).toBe(0);
    }
    const { rows } = await database.db.execute<{ act: string }>(
      sql`select act from audit_entries where subject_id = ${place.projectId} order by at`,
    );
    expect(rows.map(({ act }) => act).slice(-2)).toEqual(['project.deleted', 'project.ended']);
    expect((await verifyAudit()).every(({ faults }) => faults.length === 0)).toBe(true);
  });

  it('is ended before its time by whoever runs the program, and only once it was deleted', async () => {
    const place = await full();
    await expect(endProjectNow(place.projectId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      database.db.execute(sql`delete from events where project_id = ${place.projectId}`),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('never changed or removed') } });
    await remove(place);
    expect(await endProjectNow(place.projectId)).toMatchObject({ name: 'Story' });
    const { rows } = await database.db.execute(sql`select id from projects where id = ${place.projectId}`);
    expect(rows).toEqual([]);
  });
});
