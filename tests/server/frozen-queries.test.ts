import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertFrozenQuery } from '@/db/frozen-queries';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import type { SearchAnswer } from '@/lib/search/found';
import type { FrozenQuery } from '@/lib/search/frozen-query';
import { ask, call, grantOf } from '@/tests/support/instance';
import { annotator, database, owner, projectId } from '@/tests/support/one-source';

let noteId: string;
beforeAll(async () => {
  noteId = (await ask<Note>('note.create', owner, { params: { projectId }, body: { title: 'Draft' } })).id;
});
const freeze = (body: object) =>
  ask<FrozenQuery>('frozen-query.create', owner, { params: { projectId, noteId }, body });
const state = (wording: string) =>
  ask<{ id: string }>('claim.create', owner, { params: { projectId }, body: { wording } });
const look = (id: string) =>
  ask<FrozenQuery>('frozen-query.get', annotator, { params: { projectId, noteId, frozenId: id } });
const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);

describe('A frozen search', () => {
  it('goes on saying what was found when it was frozen, whatever comes after', async () => {
    const one = await state('The marmalade is late.');
    const frozen = await freeze({ q: 'marmalade' });
    expect(idsOf(frozen)).toEqual([one.id]);
    expect(frozen).toMatchObject({ q: 'marmalade', total: 1, by: { id: owner.userId } });
    const two = await state('The marmalade is here.');
    const now = await ask<SearchAnswer>('search', owner, {
      params: { projectId },
      query: { q: 'marmalade' },
    });
    expect(idsOf(now).sort()).toEqual([one.id, two.id].sort());
    expect(await look(frozen.id)).toEqual(frozen);
  });

  it('is kept once under one id, and is of its note alone', async () => {
    const id = newId();
    const first = await freeze({ id, q: 'marmalade' });
    expect(await freeze({ id, q: 'something else' })).toEqual(first);
    const other = await ask<Note>('note.create', owner, { params: { projectId }, body: { title: 'Other' } });
    const elsewhere = { params: { projectId, noteId: other.id, frozenId: id } };
    expect((await call('frozen-query.get', owner, elsewhere)).status).toBe(404);
  });

  it('shows a claim, a follow-up and what is said about a claim to those alone who may see them', async () => {
    const claim = await state('The kumquat is ripe.');
    const body = { kind: 'task', wording: 'Ask about the kumquat.' };
    const task = await ask<{ id: string }>('follow-up.create', owner, { params: { projectId }, body });
    const about = { claimId: claim.id, text: 'Which kumquat?' };
    const thread = await ask<{ id: string }>('thread.create', owner, { params: { projectId }, body: about });
    const frozen = await freeze({ q: 'kumquat' });
    expect(idsOf(frozen).sort()).toEqual([claim.id, task.id, thread.id].sort());
    expect(idsOf(await look(frozen.id)).sort()).toEqual([claim.id, task.id, thread.id].sort());
    // What nobody here may see: neither is of this project.
    const hidden = frozen.items.map((item) => ({
      ...item,
      id: newId(),
      claimId: item.claimId === null ? null : newId(),
    }));
    const id = newId();
    const kept = { id, noteId, q: 'kumquat', items: hidden, total: 3 };
    await insertFrozenQuery(database.db, grantOf(owner, projectId), kept);
    expect(idsOf(await look(id))).toEqual([]);
  });

  it('can be changed by nobody, not in the database either', async () => {
    await freeze({ q: 'marmalade' });
    const change = database.db.execute(sql`update frozen_queries set total = 7`);
    await expect(change).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/append|change/i) },
    });
  });
});
