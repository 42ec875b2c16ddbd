import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/events/event';
import type { SourceWatch } from '@/lib/sources/watch';
import { addPage, addProject, addSource, ask, call, grantOf } from '@/tests/support/instance';
import { database, owner } from '@/tests/support/one-project';

async function desk(url: string | null = 'https://example.org/article') {
  const projectId = await addProject(database, owner);
  const grant = grantOf(owner, projectId);
  const { id: sourceId } = url === null ? await addSource(grant) : await addPage(grant, url);
  const inside = { params: { projectId, sourceId } };
  return {
    sourceId,
    inside,
    set: (every: string, headers = {}) =>
      call('source-watch.set', owner, { ...inside, body: { every }, headers }),
    get: () => call('source-watch.get', owner, inside),
    remove: (headers = {}) => call('source-watch.remove', owner, { ...inside, headers }),
    events: async () => {
      const { items } = await ask<{ items: Event[] }>('event.list', owner, { params: { projectId } });
      return items.map(({ happening }) => happening).filter(({ type }) => type.includes('watch'));
    },
  };
}

describe('The watch on a source', () => {
  it('is off until somebody switches it on, and looks at once first', async () => {
    const { sourceId, inside, set, get } = await desk();
    expect((await get()).status).toBe(404);
    const answer = await set('six-hours');
    const watch = (await answer.json()) as SourceWatch;
    expect(watch).toMatchObject({
      id: sourceId,
      projectId: inside.params.projectId,
      every: 'six-hours',
      creator: { id: owner.userId, name: owner.name },
      lastChecked: null,
      lastResult: null,
      failures: 0,
      stopped: null,
      revision: 1,
    });
    expect(Date.parse(watch.nextCheck ?? '')).toBeLessThanOrEqual(Date.now());
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(await (await get()).json()).toEqual(watch);
  });

  it('is told to everybody in the project when it is set and removed', async () => {
    const { set, remove, events, get } = await desk();
    await set('day');
    await set('hour');
    const last = (await (await get()).json()) as SourceWatch;
    expect(await (await remove()).json()).toEqual(last);
    expect((await get()).status).toBe(404);
    expect((await remove()).status).toBe(404);
    expect(await events()).toMatchObject([
      { type: 'source.watch-set', subject: { every: 'day', revision: 1 } },
      { type: 'source.watch-set', subject: { every: 'hour', revision: 2 } },
      { type: 'source.watch-removed', subject: { every: 'hour', revision: 2 } },
    ]);
  });

  it('is not changed over what somebody else made of it meanwhile', async () => {
    const { set, remove, get } = await desk();
    expect((await set('day', { 'if-match': '"1"' })).status).toBe(409);
    await set('day');
    expect((await set('week', { 'if-match': '"1"' })).status).toBe(200);
    expect((await set('hour', { 'if-match': '"1"' })).status).toBe(409);
    expect((await remove({ 'if-match': '"1"' })).status).toBe(409);
    expect(await (await get()).json()).toMatchObject({ every: 'week', revision: 2 });
    expect((await remove({ 'if-match': '"2"' })).status).toBe(200);
  });

  it('is set up once when two people do it at the same moment', async () => {
    const { set, events, get } = await desk();
    const answers = await Promise.all(['hour', 'day', 'week'].map((every) => set(every)));
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const told = await events();
    expect(told).toHaveLength(answers.filter(({ ok }) => ok).length);
    expect((await get()).status).toBe(200);
  });

  it('needs an address to look at, and says how to get one', async () => {
    const { set } = await desk(null);
    const answer = await set('day');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'invalid', message: expect.stringContaining('Bring a version in from its address') },
    });
  });

  it('knows four intervals', async () => {
    const { set, get } = await desk();
    for (const every of ['minute', 'off', '']) expect((await set(every)).status).toBe(400);
    expect((await get()).status).toBe(404);
  });
});
