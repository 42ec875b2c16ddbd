import { describe, expect, test, vi } from 'vitest';
import { createProjectStore } from '@/components/live/project-store';
import { memoryQueue } from '@/components/live/queue';
import { wordsOf } from '@/components/live/refused';
import { type call as Call, CallError } from '@/components/ui/http';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { annotationOf, eventOf, followUpOf, OTHER, SOURCE, snapshotOf } from './project-fixture';

type Input = { params: Record<string, string>; body?: Record<string, unknown>; ifMatch?: number };

/** A page, and a server that keeps follow-ups as ours does, as far as the page can tell. */
function pageWith(
  followUps: FollowUp[],
  before: (id: string, input: Input, rows: Map<string, FollowUp>) => void = () => {},
) {
  const rows = new Map(followUps.map((one) => [one.id, one]));
  const answer = (id: string, input: Input): unknown => {
    before(id, input, rows);
    const { body = {}, params, ifMatch } = input;
    if (id === 'annotation.create') return annotationOf(body);
    const row = rows.get(params.followUpId ?? (body.id as string));
    const keep = (next: FollowUp) => {
      rows.set(next.id, { ...next, revision: (row?.revision ?? 0) + 1 });
      return rows.get(next.id);
    };
    if (id === 'follow-up.create') return keep(followUpOf({ ...body, owner: null, raisedBy: null }));
    if (row === undefined) throw new CallError('not-found', 'There is no such follow-up in this project.');
    if (ifMatch !== undefined && ifMatch !== row.revision)
      throw new CallError('conflict', 'Somebody changed this.');
    if (id === 'follow-up.get') return row;
    if (id === 'follow-up.delete') return keep({ ...row, deleted: '2026-01-02T00:00:00.000Z' });
    if (id === 'follow-up.restore') return keep({ ...row, deleted: null });
    return keep({ ...row, ...body, ...('owner' in body ? { owner: body.owner ? OTHER : null } : {}) });
  };
  const store = createProjectStore({
    snapshot: { ...snapshotOf(), followUps },
    call: (async (id: string, input: Input) => answer(id, input)) as unknown as typeof Call,
    queue: memoryQueue(),
    now: () => new Date('2026-01-03T00:00:00Z'),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onNotUndone: () => undefined,
    onRefused: () => {},
  });
  const settled = () => vi.waitFor(() => expect(store.getState().waiting).toBe(0));
  const get = (id: string) => store.getState().followUps.get(id);
  return { store, rows, settled, get, actions: store.actions };
}

describe('A follow-up on this page', () => {
  test('is there at once under the id it keeps, and can be taken back and done again', async () => {
    const { actions, get, rows, settled } = pageWith([]);
    const id = actions.createFollowUp({ wording: ' Ask the clerk. ', kind: 'question', owner: OTHER });
    expect(get(id)).toMatchObject({ wording: 'Ask the clerk.', state: 'open', revision: 0 });
    await settled();
    expect([...rows.keys()]).toEqual([id]);
    actions.updateFollowUp(id, { state: 'done' });
    await settled();
    expect(rows.get(id)?.state).toBe('done');
    expect(await actions.undo()).toBe('change of a follow-up');
    expect(get(id)?.state).toBe('open');
    expect(await actions.undo()).toBe('follow-up');
    expect(get(id)).toBe(undefined);
    await settled();
    expect(rows.get(id)?.deleted).not.toBe(null);
    await actions.redo();
    await settled();
    expect(rows.get(id)?.deleted).toBe(null);
  });

  test('keeps what others changed about it meanwhile', async () => {
    const one = followUpOf();
    let isFirst = true;
    const { actions, rows, settled } = pageWith([one], (id, _, all) => {
      if (id !== 'follow-up.update' || !isFirst) return;
      isFirst = false;
      all.set(one.id, { ...one, due: '2026-05-01', revision: 2 });
    });
    actions.updateFollowUp(one.id, { state: 'doing' });
    await settled();
    expect(rows.get(one.id)).toMatchObject({ state: 'doing', due: '2026-05-01', revision: 3 });
  });

  test('says so when somebody else changed the same, with what was typed', async () => {
    const one = followUpOf();
    const { actions, store, settled } = pageWith([one], (id, _, all) => {
      if (id === 'follow-up.update') all.set(one.id, { ...one, wording: 'Theirs.', revision: 2 });
    });
    actions.updateFollowUp(one.id, { wording: 'Ours.' });
    await settled();
    const { refused } = store.getState();
    expect(refused).toMatchObject([{ why: expect.stringContaining('Somebody else changed') }]);
    expect(refused[0] && wordsOf(refused[0].change).typed).toBe('Ours.');
  });

  test('goes with the mark that raised it when that is refused, and keeps its words', async () => {
    const { actions, store, settled, get } = pageWith([], (id) => {
      if (id === 'annotation.create') throw new CallError('invalid', 'No.');
    });
    const mark = annotationOf();
    const annotationId = actions.createAnnotation({ ...mark, sourceId: SOURCE });
    const raisedBy = {
      type: 'annotation',
      id: annotationId,
      sourceId: SOURCE,
      annotationId,
      quote: 'a passage',
    } as const;
    const id = actions.createFollowUp({ wording: 'Who says so?', raisedBy });
    await settled();
    expect(get(id)).toBe(undefined);
    const words = store.getState().refused.map(({ change }) => wordsOf(change));
    expect(words.at(-1)).toMatchObject({ typed: 'Who says so?', passage: 'a passage' });
  });

  test('comes from others, changes and goes by events', () => {
    const { store, get } = pageWith([]);
    const one = followUpOf();
    store.dispatch({ type: 'event', event: eventOf(11, { type: 'follow-up.created', subject: one }) });
    expect(get(one.id)).toEqual(one);
    const done = { ...one, state: 'done' as const, revision: 2 };
    store.dispatch({ type: 'event', event: eventOf(12, { type: 'follow-up.updated', subject: done }) });
    store.dispatch({ type: 'event', event: eventOf(11, { type: 'follow-up.created', subject: one }) });
    expect(get(one.id)).toEqual(done);
    const gone = { ...done, deleted: '2026-01-02T00:00:00.000Z', revision: 3 };
    store.dispatch({ type: 'event', event: eventOf(13, { type: 'follow-up.deleted', subject: gone }) });
    expect(get(one.id)).toBe(undefined);
  });
});
