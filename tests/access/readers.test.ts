import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import { can } from '@/lib/access/can';
import { OPERATIONS } from '@/lib/api/operations';
import { ask, call, openInstance } from '@/tests/support/instance';
import { CASES } from './cases';
import { makeWorld, type World } from './world';

let world: World;
const inProject = CASES.filter(({ operation }) => {
  const { access } = OPERATIONS[operation];
  return access !== 'public' && access !== 'signed-in';
});
const cases = inProject.filter(({ about }) => about !== "another's" && about !== 'another');

beforeAll(async () => {
  world = await makeWorld(await openInstance());
});

async function letReadersComment(readersComment: boolean) {
  const { owner } = world.people;
  const params = { projectId: world.places.own.projectId };
  const project = await ask<{ readersComment: boolean }>('project.update', owner, {
    params,
    body: { readersComment },
  });
  expect(project.readersComment).toBe(readersComment);
}

// Every operation there is, one after the other.
describe('Where readers may comment', { timeout: 180_000 }, () => {
  it('they may start, answer, edit, delete and react, and are kept out of all else as before', async () => {
    const { reader } = world.people;
    await letReadersComment(true);
    for (const one of cases.filter(({ apart }) => !apart)) {
      const { access } = OPERATIONS[one.operation];
      if (access === 'public' || access === 'signed-in') continue;
      const given = await one.given(world, world.places.own, reader);
      const { status } = await call(one.operation, reader, given);
      expect(status < 400 ? 'in' : status, one.operation).toBe(can('reader', access, true) ? 'in' : 403);
    }
  });

  it('ends at once when the owner says so', async () => {
    const { reader } = world.people;
    const one = cases.find(({ operation }) => operation === 'comment.create');
    if (one === undefined) throw new Error('There is no such case');
    await letReadersComment(true);
    const given = await one.given(world, world.places.own, reader);
    expect((await call('comment.create', reader, given)).status).toBe(201);
    await letReadersComment(false);
    expect((await call('comment.create', reader, given)).status).toBe(403);
  });

  it('goes for that project alone', async () => {
    const { reader } = world.people;
    await letReadersComment(true);
    const one = cases.find(({ operation }) => operation === 'thread.create');
    const { foreign } = world.places;
    await insertMember(world.database.db, foreign, reader.userId, 'reader');
    const given = await one?.given(world, foreign, reader);
    expect((await call('thread.create', reader, given)).status).toBe(403);
  });
});
