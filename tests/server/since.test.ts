import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Since } from '@/lib/events/activity';
import type { Event } from '@/lib/events/event';
import { createClaim } from '@/server/claims/create-claim';
import { createCode } from '@/server/codebook';
import { createThread } from '@/server/threads';
import { ask, grantOf } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';

let door: Door;
const knocks: Knock[] = [];
beforeAll(async () => {
  door = await openDoor(database);
});
afterEach(() => {
  for (const knock of knocks.splice(0)) knock.leave();
});
afterAll(() => door.stop());

const params = () => ({ projectId });
const since = () => ask<Since>('activity.since', annotator, { params: params() });

/** The annotator has the project open for a moment. */
async function visit(): Promise<void> {
  const before = await leftAt();
  const knock = knockAt(door, `/live/${projectId}?after=0`, { cookie: annotator.cookie });
  await until(() => knock.said('ready').length === 1);
  knock.leave();
  await until(async () => (await leftAt()) !== before);
}
async function leftAt(): Promise<string | null> {
  const { rows } = await database.db.execute(
    sql`select seen_at::text as at from project_visits where user_id = ${annotator.userId}`,
  );
  return (rows[0]?.at as string | undefined) ?? null;
}
/** Lets time pass since they left. */
const later = () => database.db.execute(sql`update project_visits set seen_at = seen_at - interval '1 hour'`);

describe('Since somebody was last here', () => {
  it('says nothing on a first visit, then what others made, by whom, and stays for the whole visit', async () => {
    expect(await since()).toEqual({ at: null, counts: [], people: [], more: false });
    await visit();
    await later();
    const grant = grantOf(owner, projectId);
    await createClaim(grant, { wording: 'It is so.', tags: [], evidence: [] });
    await createThread(grant, { sourceId, text: 'Is it?' });
    await createThread(grantOf(annotator, projectId), { sourceId, text: 'My own.' });
    const expected = {
      counts: [
        { of: 'comments', count: 1 },
        { of: 'claims', count: 1 },
      ],
      people: [{ id: owner.userId, name: 'Owner' }],
      more: false,
    };
    expect(await since()).toMatchObject(expected);
    // A page loaded again is no new visit.
    await visit();
    expect(await since()).toMatchObject(expected);
    await later();
    await visit();
    await later();
    expect((await since()).counts).toEqual([]);
  });
});

describe('The activity', () => {
  it('comes newest first, page by page, by person and by kind', async () => {
    for (let nth = 0; nth < 5; nth += 1)
      await createCode(grantOf(owner, projectId), { name: `Code ${nth}`, definition: '' });
    const read = (query: Record<string, string | number>) =>
      ask<{ items: Event[]; nextCursor: string | null }>('activity.list', owner, { params: params(), query });
    const first = await read({ kind: 'codes', limit: 3 });
    const second = await read({ kind: 'codes', limit: 3, cursor: first.nextCursor ?? '' });
    expect(second.nextCursor).toBeNull();
    const names = [...first.items, ...second.items].map(
      ({ happening }) => 'name' in happening.subject && happening.subject.name,
    );
    expect(names).toEqual(['Code 4', 'Code 3', 'Code 2', 'Code 1', 'Code 0']);
    const theirs = await read({ person: annotator.userId });
    expect(theirs.items.length).toBeGreaterThan(0);
    expect(theirs.items.every(({ actor }) => actor.id === annotator.userId)).toBe(true);
    const all = await read({ limit: 200 });
    expect(all.items.map(({ id }) => id)).toEqual(all.items.map(({ id }) => id).sort((a, b) => b - a));
  });
});
