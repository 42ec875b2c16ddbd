import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { newId } from '@/lib/new-id';
import type { FollowUpNotice } from '@/lib/notices/notice';
import type { Thread } from '@/lib/threads/thread';
import { createDueSweep } from '@/server/follow-ups/due-sweep';
import { loadProject } from '@/server/snapshot';
import { addPerson, ask, type Call, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, type Page } from '@/tests/support/versioned-source';

const QUOTE = 'The ministry denied that any contract was missing';

let place: Awaited<ReturnType<typeof desk>>;
let editor: Person;
beforeEach(async () => {
  place = await desk();
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, place, editor.userId, 'editor');
});

const here = (body?: object, params: Record<string, string> = {}, revision?: number): Call =>
  place.inside({ params, body, headers: revision === undefined ? {} : { 'if-match': `"${revision}"` } });
const raise = (body: object, by = owner) => ask<FollowUp>('follow-up.create', by, here(body));
const change = (followUpId: string, body: object, by = owner) =>
  ask<FollowUp>('follow-up.update', by, here(body, { followUpId }));
const list = async (query: Record<string, string | number> = {}) =>
  (await ask<Page<FollowUp>>('follow-up.list', owner, place.inside({ query }))).items;
const told = async (id: string) =>
  (await place.events()).filter(({ happening }) => (happening.subject as { id?: string }).id === id);
const noticesOf = async (person: Person) =>
  (await ask<{ items: FollowUpNotice[]; unseen: number }>('notice.list', person, {})).items.filter(
    ({ project }) => project.id === place.projectId,
  );
const found = async (q: string) =>
  (await ask<{ items: { id: string }[] }>('search', owner, place.inside({ query: { q } }))).items.map(
    ({ id }) => id,
  );

describe('A follow-up', () => {
  it('is raised by a mark, with an owner and a day, and is the same in every reading', async () => {
    const mark = await place.mark(QUOTE);
    const followUp = await raise({
      kind: 'question',
      wording: ' Who counted the contracts? ',
      details: 'The clerk may know.',
      owner: annotator.userId,
      due: '2026-12-01',
      raisedBy: { type: 'annotation', id: mark.id, quote: 'not taken: the mark has words of its own' },
    });
    expect(followUp).toMatchObject({
      projectId: place.projectId,
      kind: 'question',
      wording: 'Who counted the contracts?',
      owner: { id: annotator.userId, name: 'Annotator' },
      due: '2026-12-01',
      state: 'open',
      raisedBy: {
        type: 'annotation',
        id: mark.id,
        sourceId: place.source.id,
        annotationId: mark.id,
        quote: QUOTE,
      },
      creator: { id: owner.userId },
      revision: 1,
      deleted: null,
    });
    const read = await ask('follow-up.get', owner, here(undefined, { followUpId: followUp.id }));
    expect(read).toEqual(followUp);
    expect(await list()).toEqual([followUp]);
    expect((await loadProject(grantOf(owner, place.projectId))).followUps).toEqual([followUp]);
    expect((await told(followUp.id)).map(({ happening }) => happening)).toEqual([
      { type: 'follow-up.created', subject: followUp },
    ]);
  });

  it('is raised by a comment, a claim, a source, a code, or a task item of a note', async () => {
    const mark = await place.mark(QUOTE);
    const thread = await ask<{ comments: { id: string }[] }>(
      'thread.create',
      owner,
      here({ annotationId: mark.id, text: 'Is that so?' }),
    );
    const claim = await ask<{ id: string }>('claim.create', owner, here({ wording: 'None is missing.' }));
    const code = await ask<{ id: string }>('code.create', owner, here({ name: 'Denial' }));
    const [note] = (await ask<Page<{ id: string }>>('note.list', owner, place.inside({}))).items;
    const raisers = [
      [{ type: 'comment', id: thread.comments[0]?.id }, 'Is that so?'],
      [{ type: 'claim', id: claim.id }, 'None is missing.'],
      [{ type: 'source', id: place.source.id }, 'Report'],
      [{ type: 'code', id: code.id }, 'Denial'],
      [{ type: 'note', id: note?.id, quote: 'Call the clerk' }, 'Call the clerk'],
    ] as const;
    for (const [raisedBy, quote] of raisers)
      expect((await raise({ wording: 'See to it', raisedBy })).raisedBy).toMatchObject({
        ...raisedBy,
        quote,
      });
    const bySource = await list({ source: place.source.id });
    expect(bySource.map(({ raisedBy }) => raisedBy?.type)).toEqual(['comment', 'source', 'note']);
    expect(bySource[0]?.raisedBy?.annotationId).toBe(mark.id);
    expect(await list({ raisedBy: claim.id })).toHaveLength(1);
  });

  it('is raised by a comment of any discussion, in words that name people, until either is deleted', async () => {
    const claim = await ask<{ id: string }>('claim.create', owner, here({ wording: 'None is missing.' }));
    const code = await ask<{ id: string }>('code.create', owner, here({ name: 'Denial' }));
    const [note] = (await ask<Page<{ id: string }>>('note.list', owner, place.inside({}))).items;
    const sourceId = place.source.id;
    const text = `Can @[${editor.userId}] look?`;
    for (const about of [{ claimId: claim.id }, { codeId: code.id }, { noteId: note?.id }, { sourceId }]) {
      const thread = await ask<Thread>('thread.create', owner, here({ ...about, text }));
      const raisedBy = { type: 'comment', id: thread.comments[0]?.id };
      expect((await raise({ wording: 'See to it', raisedBy })).raisedBy).toEqual({
        ...raisedBy,
        quote: 'Can @Editor look?',
        sourceId: thread.sourceId,
        annotationId: null,
      });
      const threadId = thread.id;
      await ask('comment.delete', owner, here(undefined, { threadId, commentId: raisedBy.id as string }));
      expect((await call('follow-up.create', owner, here({ wording: 'No.', raisedBy }))).status).toBe(404);
    }
    const thread = await ask<Thread>('thread.create', owner, here({ claimId: claim.id, text }));
    await ask('claim.delete', owner, here(undefined, { claimId: claim.id }));
    const raisedBy = { type: 'comment', id: thread.comments[0]?.id };
    expect((await call('follow-up.create', owner, here({ wording: 'No.', raisedBy }))).status).toBe(404);
  });

  it('is made once under one id, and not at all of what is not there', async () => {
    const id = newId();
    const first = await raise({ id, wording: 'Once.' });
    expect(await raise({ id, wording: 'Twice.' }, editor)).toEqual(first);
    const stranger = await addPerson(database, 'Stranger');
    for (const [status, body] of [
      [400, { owner: stranger.userId }],
      [404, { raisedBy: { type: 'claim', id: newId() } }],
      [400, { raisedBy: { type: 'weather', id: newId() } }],
      [400, { due: '2026-02-30' }],
      [400, { place: 'a0' }],
      [400, { wording: '  ' }],
    ] as const)
      expect((await call('follow-up.create', owner, here({ wording: 'No.', ...body }))).status).toBe(status);
    expect(await list()).toEqual([first]);
  });

  it('is changed by whoever made it, owns it or may edit, from the revision that was read', async () => {
    const followUp = await raise({ wording: 'Ask.' }, annotator);
    const params = { followUpId: followUp.id };
    const doing = await ask<FollowUp>('follow-up.update', annotator, here({ state: 'doing' }, params, 1));
    expect(doing).toMatchObject({ state: 'doing', revision: 2 });
    expect((await call('follow-up.update', editor, here({ due: null }, params, 1))).status).toBe(409);
    const theirs = await raise({ wording: 'Theirs.' }, editor);
    const refused = here({ state: 'done' }, { followUpId: theirs.id });
    expect((await call('follow-up.update', annotator, refused)).status).toBe(403);
    await change(theirs.id, { owner: annotator.userId });
    expect((await change(theirs.id, { state: 'done' }, annotator)).state).toBe('done');
    expect(
      (await call('follow-up.delete', annotator, here(undefined, { followUpId: theirs.id }))).status,
    ).toBe(403);
  });

  it('is deleted and comes back whole; meanwhile nothing about it can change', async () => {
    const followUp = await raise({ wording: 'Ask.' });
    const params = { followUpId: followUp.id };
    const gone = await ask<FollowUp>('follow-up.delete', owner, here(undefined, params));
    expect(await ask('follow-up.delete', owner, here(undefined, params))).toEqual(gone);
    expect(await list()).toEqual([]);
    expect((await call('follow-up.update', owner, here({ state: 'done' }, params))).status).toBe(409);
    const back = await ask<FollowUp>('follow-up.restore', owner, here(undefined, params));
    expect(back).toEqual({ ...followUp, modified: back.modified, revision: 3 });
    expect((await told(followUp.id)).map(({ happening }) => happening.type)).toEqual([
      'follow-up.created',
      'follow-up.deleted',
      'follow-up.restored',
    ]);
  });

  it('is found by state, kind, owner and day, a page at a time', async () => {
    const one = await raise({ wording: 'One.', kind: 'question', due: '2026-05-01' });
    const two = await raise({ wording: 'Two.', owner: editor.userId, due: '2026-05-03' });
    const three = await raise({ wording: 'Three.', state: 'doing' });
    const ids = async (query: Record<string, string | number>) => (await list(query)).map(({ id }) => id);
    expect(await ids({ kind: 'question' })).toEqual([one.id]);
    expect(await ids({ state: 'doing' })).toEqual([three.id]);
    expect(await ids({ owner: editor.userId })).toEqual([two.id]);
    expect(await ids({ due: '2026-05-02' })).toEqual([one.id]);
    expect(await ids({ limit: 2 })).toEqual([one.id, two.id]);
    expect(await ids({ limit: 2, cursor: two.id })).toEqual([three.id]);
  });

  it('is found by its words, owner, day, state and source, as long as it is there', async () => {
    const mark = await place.mark(QUOTE);
    const raisedBy = { type: 'annotation', id: mark.id };
    const one = await raise({ wording: 'Telephone the registrar', owner: editor.userId, due: '2026-05-01' });
    const two = await raise({ wording: 'Telephone the archive', details: 'Ask for Ludmila', raisedBy });
    expect(await found('registrar')).toEqual([one.id]);
    expect(await found('ludmila kind:follow-up')).toEqual([two.id]);
    expect(await found('telephone owner:editor')).toEqual([one.id]);
    expect(await found('owner:me kind:follow-up')).toEqual([]);
    expect(await found('telephone source:report')).toEqual([two.id]);
    expect(await found('telephone due:2026-05-02')).toEqual([one.id]);
    expect(await found('telephone -due:2026-05-02')).toEqual([two.id]);
    await change(two.id, { state: 'done', owner: owner.userId });
    expect(await found('status:done')).toEqual([two.id]);
    expect(await found('owner:me kind:follow-up')).toEqual([two.id]);
    await ask('follow-up.delete', owner, here(undefined, { followUpId: one.id }));
    expect(await found('registrar')).toEqual([]);
  });

  it('has owners of claims found by the same field', async () => {
    const claim = await ask<{ id: string }>('claim.create', owner, here({ wording: 'It is so.' }));
    expect(await found('owner:editor')).toEqual([]);
    await ask(
      'claim.update',
      owner,
      here({ owner: editor.userId, due: '2026-05-01' }, { claimId: claim.id }),
    );
    expect(await found('owner:editor')).toEqual([claim.id]);
    expect(await found('due:2026-05-01')).toEqual([claim.id]);
  });
});

const sweepAt = (day: string) => createDueSweep({ now: () => new Date(`${day}T00:00:30Z`) }).sweepOnce();

describe('The people of a follow-up', () => {
  // What other tests left to be told.
  beforeEach(() => sweepAt('2099-01-01'));

  it('are told when somebody else gives them one, and who asked for it when it is done', async () => {
    const followUp = await raise({ wording: 'Ask the clerk.', owner: annotator.userId });
    expect(await noticesOf(annotator)).toMatchObject([
      {
        kind: 'follow-up-assigned',
        followUp: { id: followUp.id, wording: 'Ask the clerk.' },
        by: { id: owner.userId },
      },
    ]);
    await change(followUp.id, { state: 'doing' }, annotator);
    expect(await noticesOf(owner)).toEqual([]);
    await change(followUp.id, { state: 'done' }, annotator);
    expect(await noticesOf(owner)).toMatchObject([
      { kind: 'follow-up-done', by: { id: annotator.userId }, followUp: { state: 'done' } },
    ]);
    await change(followUp.id, { owner: owner.userId });
    expect(await noticesOf(owner)).toHaveLength(1);
    await ask('follow-up.delete', owner, here(undefined, { followUpId: followUp.id }));
    expect(await noticesOf(annotator)).toEqual([]);
  });

  it('are told once that its day has come, however many processes look, and again for another day', async () => {
    const due = await raise({ wording: 'Due.', owner: editor.userId, due: '2026-05-04' });
    await raise({ wording: 'Later.', owner: editor.userId, due: '2026-05-05' });
    await raise({ wording: 'Nobody’s.', due: '2026-05-04' });
    await raise({ wording: 'Done.', owner: editor.userId, due: '2026-05-04', state: 'done' });
    const kinds = async () =>
      (await noticesOf(editor))
        .filter(({ kind }) => kind === 'follow-up-due')
        .map(({ followUp }) => followUp?.wording);
    expect(await sweepAt('2026-05-03')).toBe(0);
    const counts = await Promise.all([sweepAt('2026-05-04'), sweepAt('2026-05-04'), sweepAt('2026-05-04')]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    expect(await sweepAt('2026-05-04')).toBe(0);
    expect(await kinds()).toEqual(['Due.']);
    const { revision } = await change(due.id, { due: '2026-05-06' });
    expect(await sweepAt('2026-05-06')).toBe(2);
    expect(await kinds()).toEqual(expect.arrayContaining(['Due.', 'Due.', 'Later.']));
    // Being told of it is no change of it.
    expect((await list()).find(({ id }) => id === due.id)?.revision).toBe(revision);
  });

  it('are not told of a project that they left', async () => {
    await raise({ wording: 'Due.', owner: editor.userId, due: '2026-05-04' });
    await ask('member.remove', owner, here({ userId: editor.userId }));
    expect(await sweepAt('2026-05-05')).toBe(0);
  });

  it('are told nothing after they left, of what they asked for either', async () => {
    const followUp = await raise({ wording: 'Ask.', owner: owner.userId }, editor);
    await ask('member.remove', owner, here({ userId: editor.userId }));
    await change(followUp.id, { state: 'done' });
    const { rows } = await database.db.execute(
      sql`select kind from notices where user_id = ${editor.userId} and project_id = ${place.projectId}`,
    );
    expect(rows).toEqual([]);
  });
});
