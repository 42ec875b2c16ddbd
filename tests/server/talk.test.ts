import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { updateUser } from '@/db/people';
import type { Event } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import type { Comment, Thread } from '@/lib/threads/thread';
import { createAnnotation } from '@/server/annotations';
import { createClaim } from '@/server/claims/create-claim';
import { deleteClaim, restoreClaim } from '@/server/claims/update-claim';
import { createCode, deleteCode, updateCode } from '@/server/codebook';
import { mergeCodes, restoreCode } from '@/server/codebook/merge-codes';
import { standingCode } from '@/server/codebook/standing-code';
import { createNote } from '@/server/notes';
import { createThread } from '@/server/threads';
import { addPerson, ask, call, grantOf } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';

const params = (more: Record<string, string> = {}) => ({ projectId, ...more });
const list = async (query: Record<string, string>) =>
  (await ask<{ items: Thread[] }>('thread.list', annotator, { params: params(), query })).items;
const start = (body: object) => ask<Thread>('thread.create', owner, { params: params(), body });
const grant = () => grantOf(owner, projectId);
let claimId: string;
let codeId: string;
let noteId: string;

beforeAll(async () => {
  claimId = (await createClaim(grant(), { wording: 'There is a report.', tags: [], evidence: [] })).id;
  codeId = (await createCode(grant(), { name: 'Denial', definition: '' })).id;
  noteId = (await createNote(grant(), { title: 'Thoughts' })).id;
});

async function commentOf(thread: Thread, text: string, person = annotator): Promise<Comment> {
  const given = { params: params({ threadId: thread.id }), body: { text } };
  return ask<Comment>('comment.create', person, given);
}
const change =
  (operation: 'comment.update' | 'comment.delete' | 'comment.restore' | 'comment.react') =>
  (comment: Comment, person: typeof owner, body?: object) =>
    call(operation, person, {
      params: params({ threadId: comment.threadId, commentId: comment.id }),
      body,
    });
const [edit, remove, restore, react] = [
  change('comment.update'),
  change('comment.delete'),
  change('comment.restore'),
  change('comment.react'),
];
const answer = async (response: Response | Promise<Response>) => (await (await response).json()) as Comment;

describe('What a thread is about', () => {
  it('is a claim, a code, a note, a passage of one, or a source, and each lists its own', async () => {
    const ofClaim = await start({ claimId, text: 'Is it?' });
    const ofCode = await start({ codeId, text: 'What belongs here?' });
    const ofPassage = await start({ noteId, passage: 'the last line', text: 'Why?' });
    const ofSource = await start({ sourceId, text: 'Who published this?' });
    expect(ofPassage.passage).toBe('the last line');
    expect((await list({ claim: claimId })).map(({ id }) => id)).toEqual([ofClaim.id]);
    expect((await list({ code: codeId })).map(({ id }) => id)).toEqual([ofCode.id]);
    expect((await list({ note: noteId })).map(({ id }) => id)).toEqual([ofPassage.id]);
    expect((await list({ source: sourceId })).map(({ id }) => id)).toContain(ofSource.id);
    expect(await ask('thread.get', annotator, { params: params({ threadId: ofClaim.id }) })).toEqual(ofClaim);
  });

  it('must be exactly one thing', async () => {
    for (const body of [
      { text: 'What?' },
      { claimId, codeId, text: 'Both?' },
      { claimId, passage: 'x', text: 'So?' },
    ])
      expect((await call('thread.create', owner, { params: params(), body })).status).toBe(400);
  });

  it('takes its threads from the lists and from what is found when it goes, and brings them back', async () => {
    const made = await createClaim(grant(), { wording: 'It vanishes.', tags: [], evidence: [] });
    const thread = await start({ claimId: made.id, text: 'Is the zeppelin real?' });
    const found = async () =>
      (
        await ask<{ items: { id: string; claimId: string | null }[] }>('search', annotator, {
          params: params(),
          query: { q: 'zeppelin' },
        })
      ).items.map(({ id, claimId: about }) => [id, about]);
    expect(await found()).toEqual([[thread.id, made.id]]);
    await deleteClaim(grant(), made.id, null);
    expect(await list({ claim: made.id })).toEqual([]);
    expect(await found()).toEqual([]);
    await restoreClaim(grant(), made.id);
    expect(await found()).toEqual([[thread.id, made.id]]);
  });

  it('goes with a code into the one it is merged into, however often, and comes back with it', async () => {
    const [one, two, three] = await Promise.all(
      ['Rumour', 'Gossip', 'Hearsay'].map((name) => createCode(grant(), { name, definition: '' })),
    );
    if (!one || !two || !three) throw new Error('No codes');
    const thread = await start({ codeId: one.id, text: 'Does the harmonium count?' });
    const own = await start({ codeId: three.id, text: 'And this?' });
    const listed = async (code: { id: string }) => (await list({ code: code.id })).map(({ id }) => id);
    const found = async () => {
      const query = { q: 'harmonium' };
      const { items } = await ask<{ items: { id: string }[] }>('search', annotator, {
        params: params(),
        query,
      });
      return items.map(({ id }) => id);
    };
    await mergeCodes(grant(), one.id, two.id);
    expect(await listed(two)).toEqual([thread.id]);
    await mergeCodes(grant(), two.id, three.id);
    expect(await listed(three)).toEqual([thread.id, own.id]);
    expect(await found()).toEqual([thread.id]);
    expect(await standingCode(grant(), one.id)).toBe(three.id);
    // Where it went into has gone: what was said about it has, too.
    await deleteCode(grant(), three.id, null);
    expect([await listed(three), await found()]).toEqual([[], []]);
    await restoreCode(grant(), three.id);
    expect(await found()).toEqual([thread.id]);
    await restoreCode(grant(), two.id);
    await restoreCode(grant(), one.id);
    expect([await listed(one), await listed(two), await listed(three)]).toEqual([[thread.id], [], [own.id]]);
    expect(await found()).toEqual([thread.id]);
    for (const named of [one.id, newId(), 'no-id']) expect(await standingCode(grant(), named)).toBe(named);
  });

  it('is found under the name it has', async () => {
    await start({ codeId, text: 'Does the marmalade count?' });
    await updateCode(grant(), codeId, { name: 'Denials' }, null);
    const { items } = await ask<{ items: { title: string }[] }>('search', owner, {
      params: params(),
      query: { q: 'marmalade' },
    });
    expect(items.map(({ title }) => title)).toEqual(['Denials']);
  });
});

describe('A comment', () => {
  it('says that it was edited, and is found by its new words alone', async () => {
    const comment = await commentOf(await start({ claimId, text: 'So?' }), 'The pelican says so.');
    const edited = await answer(edit(comment, annotator, { text: 'The flamingo says so.' }));
    expect(edited).toMatchObject({ text: 'The flamingo says so.', revision: 2 });
    expect(edited.edited).not.toBeNull();
    for (const [q, count] of [
      ['pelican', 0],
      ['flamingo', 1],
    ] as const) {
      const { items } = await ask<{ items: unknown[] }>('search', owner, { params: params(), query: { q } });
      expect(items, q).toHaveLength(count);
    }
    expect((await edit(comment, owner, { text: 'Not mine.' })).status).toBe(403);
  });

  it('is gone for everybody when it is deleted, and whole again when it is brought back', async () => {
    const thread = await start({ claimId, text: 'So?' });
    const comment = await commentOf(thread, 'A walrus.');
    await react(comment, owner, { sign: '👍', on: true });
    expect(await answer(remove(comment, owner))).toMatchObject({ text: '', mentions: [], reactions: [] });
    expect((await edit(comment, annotator, { text: 'Still here' })).status).toBe(409);
    const q = { params: params(), query: { q: 'walrus' } };
    expect((await ask<{ items: unknown[] }>('search', owner, q)).items).toEqual([]);
    const back = await answer(restore(comment, owner));
    expect(back).toMatchObject({ text: 'A walrus.', deleted: null, reactions: [{ sign: '👍' }] });
    expect((await ask<{ items: unknown[] }>('search', owner, q)).items).toHaveLength(1);
  });

  it('takes its thread from the list when nothing else was said in it', async () => {
    const thread = await start({ sourceId, text: 'Never mind.' });
    const [comment] = thread.comments as [Comment];
    await remove(comment, owner);
    expect((await list({ source: sourceId })).map(({ id }) => id)).not.toContain(thread.id);
  });

  it('has each sign of each person once, and loses it at the second press', async () => {
    const comment = await commentOf(await start({ claimId, text: 'So?' }), 'Yes.');
    const both = [owner, annotator];
    await Promise.all([...both, ...both].map((person) => react(comment, person, { sign: '🎉', on: true })));
    const one = await answer(react(comment, owner, { sign: '👀', on: true }));
    expect(one.reactions.map(({ sign, people }) => [sign, people.length])).toEqual([
      ['🎉', 2],
      ['👀', 1],
    ]);
    const less = await answer(react(comment, owner, { sign: '🎉', on: false }));
    expect(less.reactions[0]?.people.map(({ id }) => id)).toEqual([annotator.userId]);
    expect((await react(comment, owner, { sign: '💩', on: true })).status).toBe(400);
  });

  it('names people by id, so that a new name follows, and only members', async () => {
    const thread = await start({ claimId, text: `Ask @[${annotator.userId}].` });
    await updateUser(database.db, annotator.userId, { name: 'Anna Tator' });
    const [comment] = (await list({ claim: claimId })).find(({ id }) => id === thread.id)?.comments ?? [];
    expect(comment?.mentions).toEqual([{ id: annotator.userId, name: 'Anna Tator' }]);
    const stranger = await addPerson(database, 'Stranger');
    for (const id of [stranger.userId, newId()]) {
      const body = { claimId, text: `Ask @[${id}].` };
      expect((await call('thread.create', owner, { params: params(), body })).status).toBe(400);
    }
  });
});

describe('A thread', () => {
  it('is given to a member and taken back, and tells of each', async () => {
    const thread = await start({ claimId, text: 'Who looks into it?' });
    const give = (assignee: string | null) =>
      call('thread.update', annotator, { params: params({ threadId: thread.id }), body: { assignee } });
    expect(await (await give(annotator.userId)).json()).toMatchObject({
      assignee: { id: annotator.userId },
      revision: 2,
    });
    expect((await give(newId())).status).toBe(400);
    expect(await (await give(null)).json()).toMatchObject({ assignee: null, revision: 3 });
    const { items } = await ask<{ items: Event[] }>('activity.list', owner, {
      params: params(),
      query: { kind: 'discussions', person: annotator.userId, limit: 2 },
    });
    expect(items.map(({ happening }) => 'did' in happening.subject && happening.subject.did)).toEqual([
      'unassigned',
      'assigned',
    ]);
  });

  it('of an annotation says beside which source it stands', async () => {
    const mark = await createAnnotation(grant(), {
      sourceId,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
      codeIds: [],
    });
    const thread = await createThread(grant(), { annotationId: mark.id, text: 'Which?' });
    expect(thread).toMatchObject({ sourceId, targetCreatorId: owner.userId, claimId: null });
  });
});
