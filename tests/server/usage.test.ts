import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, setDatabase } from '@/db/client';
import { selectMiscounted } from '@/db/usage';
import { setEnv } from '@/env';
import type { Quota, Used } from '@/lib/projects/usage';
import { createAnnotation } from '@/server/annotations';
import { judgeUsage } from '@/server/doctor/content';
import { limitProject } from '@/server/projects/usage';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { addPdf, addPerson, addProject, addSource, ask, call, grantOf, TEXT } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';

const QUOTE = { type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' } as const;
const MARK = { motivation: 'highlighting', selector: [QUOTE], codeIds: [] as string[] } as const;
type Refusal = { error: { code: string; message: string; details: Record<string, unknown> } };

const inHere = () => ({ params: { projectId } });
async function used(what: Quota, project = projectId): Promise<Used> {
  const { items } = await ask<{ items: Used[] }>('usage.list', owner, { params: { projectId: project } });
  return items.find((one) => one.what === what) as Used;
}
const mark = () => call('annotation.create', owner, { ...inHere(), body: { ...MARK, sourceId } });
const refusalOf = async (answer: Response) => ((await answer.json()) as Refusal).error;

async function isRefused(answer: Response, what: Quota): Promise<void> {
  expect(answer.status).toBe(403);
  const { code, message, details } = await refusalOf(answer);
  expect(code).toBe('forbidden');
  expect(details).toMatchObject({ reason: 'limit', limit: what });
  expect(message).toMatch(/^This project may hold .* ask whoever runs this Gloss for more room\.$/);
}

describe('What a project holds', () => {
  it('is told to whoever is in it, with what it may hold by the settings of the instance', async () => {
    const { items } = await ask<{ items: Used[] }>('usage.list', annotator, inHere());
    expect(items.every(({ room, isWhole }) => room === 'room' && !isWhole)).toBe(true);
    expect(items.map(({ what, used: many, of }) => ({ what, used: many, of }))).toEqual([
      { what: 'members', used: 2, of: 500 },
      { what: 'sources', used: 1, of: 10_000 },
      { what: 'file-bytes', used: 0, of: 20_000_000_000 },
      { what: 'annotations', used: 0, of: 1_000_000 },
      { what: 'notes', used: 0, of: 10_000 },
    ]);
  });

  it('follows what is made, deleted and brought back', async () => {
    const made = (await (await mark()).json()) as { id: string };
    expect((await used('annotations')).used).toBe(1);
    const one = { params: { projectId, annotationId: made.id } };
    await ask('annotation.delete', owner, one);
    expect((await used('annotations')).used).toBe(0);
    await ask('annotation.restore', owner, one);
    expect((await used('annotations')).used).toBe(1);
    await ask('note.create', owner, { ...inHere(), body: { title: 'Notes' } });
    expect((await used('notes')).used).toBe(1);
    await addPdf(grantOf(owner, projectId));
    expect((await used('file-bytes')).used).toBeGreaterThan(200);
    expect((await used('sources')).used).toBe(2);
  });
});

describe('A project that is full', () => {
  it('takes no further member, source, file, mark or note, says what to do, and keeps nothing of it', async () => {
    const [full, other] = [await addProject(database, owner), await addPerson(database, 'Other')];
    const grant = grantOf(owner, full);
    const source = await addSource(grant);
    const params = { projectId: full };
    await ask('annotation.create', owner, { params, body: { ...MARK, sourceId: source.id } });
    await ask('note.create', owner, { params, body: { title: 'One' } });
    const { url } = await ask<{ url: string }>('invitation.create', owner, {
      params,
      body: { role: 'reader', days: 1, maxUses: 5 },
    });
    await limitProject(full, ['members=1', 'sources=1', 'annotations=1', 'notes=1']);
    const before = await fingerprintOf(database);
    const attempts: [Quota, Promise<Response>][] = [
      ['annotations', call('annotation.create', owner, { params, body: { ...MARK, sourceId: source.id } })],
      ['notes', call('note.create', owner, { params, body: { title: 'Two' } })],
      ['sources', call('source.create', owner, { params, body: { title: 'Report', text: TEXT } })],
      ['members', call('member.add', owner, { params, body: { email: other.email, role: 'reader' } })],
      [
        'members',
        call('invitation.create', owner, { params, body: { role: 'reader', days: 1, maxUses: 1 } }),
      ],
    ];
    for (const [what, attempt] of attempts) await isRefused(await attempt, what);
    expect(await fingerprintOf(database)).toBe(before);
    await isRefused(
      await call('invitation.accept', other, { body: { token: url.split('#')[1] } }),
      'members',
    );
  });

  it('refuses a file that would not fit, and not a text', async () => {
    const full = await addProject(database, owner);
    await addPdf(grantOf(owner, full));
    await limitProject(full, [`file-bytes=${(await used('file-bytes', full)).used}`]);
    await expect(addPdf(grantOf(owner, full))).rejects.toMatchObject({
      code: 'forbidden',
      details: { reason: 'limit', limit: 'file-bytes' },
    });
    await addSource(grantOf(owner, full));
    expect((await used('sources', full)).used).toBe(2);
  });

  it('lets go of what it holds, and takes again what fits then', async () => {
    const full = await addProject(database, owner);
    const params = { projectId: full };
    const source = await addSource(grantOf(owner, full));
    const body = { ...MARK, sourceId: source.id };
    const { id } = await ask<{ id: string }>('annotation.create', owner, { params, body });
    await limitProject(full, ['annotations=0']);
    await ask('annotation.delete', owner, { params: { ...params, annotationId: id } });
    await isRefused(
      await call('annotation.restore', owner, { params: { ...params, annotationId: id } }),
      'annotations',
    );
    await limitProject(full, ['annotations=1']);
    await ask('annotation.restore', owner, { params: { ...params, annotationId: id } });
    await limitProject(full, ['annotations=default']);
    await ask('annotation.create', owner, { params, body });
    expect(await used('annotations', full)).toMatchObject({ what: 'annotations', used: 2, of: 1_000_000 });
  });

  it('is told so before a file is read, and no import is spent on it', async () => {
    const [person, page] = [await addPerson(database, 'Counted'), 'https://nowhere.invalid/'];
    const full = await addProject(database, person);
    await limitProject(full, ['sources=0']);
    for (let nth = 0; nth < 31; nth += 1)
      await isRefused(
        await call('source.create', person, { params: { projectId: full }, body: { url: page } }),
        'sources',
      );
  });

  it('counts from the setting of the instance where it has no limit of its own', async () => {
    const full = await addProject(database, owner);
    setEnv({ LIMIT_PROJECT_NOTES: '1' });
    const note = () => call('note.create', owner, { params: { projectId: full }, body: { title: 'One' } });
    expect((await note()).status).toBe(201);
    await isRefused(await note(), 'notes');
    setEnv({ LIMIT_PROJECT_NOTES: '10000' });
    expect((await note()).status).toBe(201);
  });
});

describe('Many at once, on two pools', () => {
  let second: Database;
  beforeAll(() => {
    second = openDatabase(database.connection);
  });
  afterAll(() => second.$client.end());

  it('bring in exactly as many marks as fit', async () => {
    const full = await addProject(database, owner);
    const grant = grantOf(owner, full);
    const source = await addSource(grant);
    await limitProject(full, ['annotations=13']);
    const attempts = Array.from({ length: 40 }, (_, nth) => {
      setDatabase(nth % 2 === 0 ? database.db : second, database.connection);
      return createAnnotation(grant, { ...MARK, selector: [QUOTE], sourceId: source.id });
    });
    setDatabase(database.db, database.connection);
    const done = await Promise.allSettled(attempts);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
    for (const one of done)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ details: { reason: 'limit', of: 13 } });
    expect(await used('annotations', full)).toMatchObject({ what: 'annotations', used: 13, of: 13 });
    const { rows } = await database.db.$client.query(
      'select count(*)::int as n from annotations where project_id = $1',
      [full],
    );
    expect(rows).toEqual([{ n: 13 }]);
  });

  it('bring in exactly as many sources as fit', async () => {
    const full = await addProject(database, owner);
    await limitProject(full, ['sources=5']);
    const attempts = Array.from({ length: 20 }, (_, nth) => {
      setDatabase(nth % 2 === 0 ? database.db : second, database.connection);
      return addSource(grantOf(owner, full));
    });
    setDatabase(database.db, database.connection);
    const done = await Promise.allSettled(attempts);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect((await used('sources', full)).used).toBe(5);
  });
});

describe('The operator', () => {
  it('sets limits, which the audit of the project tells', async () => {
    const project = await addProject(database, owner);
    const { name, items } = await limitProject(project, ['sources=7', 'file-bytes=5MB']);
    expect(name).toBe('Story');
    expect(items.map(({ what, of }) => [what, of])).toContainEqual(['file-bytes', 5_000_000]);
    await limitProject(project, ['sources=default']);
    expect((await used('sources', project)).of).toBe(10_000);
    expect((await used('file-bytes', project)).of).toBe(5_000_000);
    const audit = await ask<{ items: { act: string; details: object }[] }>('audit.list', owner, {
      params: { projectId: project },
    });
    expect(audit.items.map(({ act, details }) => [act, details])).toEqual([
      ['project.limited', { sources: null }],
      ['project.limited', { sources: 7, 'file-bytes': 5_000_000 }],
    ]);
  });

  it.each(['sources', 'sources=many', 'pages=3', 'sources=-1'])(
    'is told what “%s” should be, and nothing is set',
    async (written) => {
      const project = await addProject(database, owner);
      const before = await fingerprintOf(database);
      await expect(limitProject(project, ['notes=3', written])).rejects.toMatchObject({ code: 'invalid' });
      expect(await fingerprintOf(database)).toBe(before);
    },
  );

  it('hears of a count that is wrong by the doctor, and has it counted afresh', async () => {
    expect(await selectMiscounted(database.db)).toEqual([]);
    await database.db.$client.query(
      'update project_usage set annotations = annotations + 3 where project_id = $1',
      [projectId],
    );
    expect(await judgeUsage()).toMatchObject({ ok: false, line: expect.stringContaining(projectId) });
    await limitProject(projectId, []);
    expect(await judgeUsage()).toMatchObject({ ok: true });
  });
});
