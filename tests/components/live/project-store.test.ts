import { expect, test, vi } from 'vitest';
import { createProjectStore } from '@/components/live/project-store';
import { memoryQueue } from '@/components/live/queue';
import { readRest } from '@/components/live/read-rest';
import { type call as Call, CallError } from '@/components/ui/http';
import type { Annotation } from '@/lib/annotations/annotation';
import { annotationOf, claimOf, eventOf, SOURCE, snapshotOf } from './project-fixture';

/** The network edge: answers as the API does, or as told. */
function storeWith(
  answer: (
    id: string,
    body: Record<string, unknown>,
    ifMatch?: number,
    query?: Record<string, unknown>,
  ) => unknown,
  snapshot = snapshotOf(),
) {
  const refused: string[] = [];
  const notUndone: string[] = [];
  const calls: string[] = [];
  type Input = { body?: Record<string, unknown>; ifMatch?: number; query?: Record<string, unknown> };
  const call = (async (id: string, input: Input) => {
    calls.push(id);
    return answer(id, input.body ?? {}, input.ifMatch, input.query);
  }) as typeof Call;
  const store = createProjectStore({
    snapshot,
    call,
    queue: memoryQueue(),
    now: () => new Date('2026-01-01T00:00:00Z'),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onNotUndone: ({ name }) => notUndone.push(name),
    onRefused: (_, error) => refused.push(error.message),
  });
  return { store, refused, notUndone, calls, call };
}
const mark = {
  sourceId: SOURCE,
  version: 1,
  motivation: 'highlighting' as const,
  selector: annotationOf().selector,
};
const settled = (store: ReturnType<typeof storeWith>['store']) =>
  vi.waitFor(() => expect(store.getState().waiting).toBe(0));

test('changes made without a connection wait, are counted, and arrive in order when it is back', async () => {
  let online = false;
  const { store, refused } = storeWith((_, body) => {
    if (!online) throw new CallError('offline', 'No connection to the server.');
    return annotationOf(body as Partial<Annotation>);
  });
  const ids = [store.actions.createAnnotation(mark), store.actions.createAnnotation(mark)];
  expect(store.getState().waiting).toBe(2);
  online = true;
  await settled(store);
  expect([...store.getState().annotations.values()].map(({ id, revision }) => [id, revision])).toEqual(
    ids.map((id) => [id, 1]),
  );
  expect(refused).toEqual([]);
});

test('a refusal is told once and only that mark goes', async () => {
  const { store, refused } = storeWith((_, body) => {
    if (body.motivation === 'claiming') throw new CallError('invalid', 'The passage does not match.');
    return annotationOf(body as Partial<Annotation>);
  });
  store.actions.createAnnotation({ ...mark, motivation: 'claiming' });
  const kept = store.actions.createAnnotation(mark);
  await settled(store);
  expect(refused).toEqual(['The passage does not match.']);
  expect([...store.getState().annotations.keys()]).toEqual([kept]);
});

test('undo and redo of making, coding and deleting a mark leave what was there before', async () => {
  const rows = new Map<string, Annotation>();
  const { store } = storeWith((id, body) => {
    const known = [...rows.values()][0];
    const row =
      id === 'annotation.create'
        ? annotationOf(body as Partial<Annotation>)
        : {
            ...(known as Annotation),
            ...body,
            revision: (known?.revision ?? 0) + 1,
            deleted:
              id === 'annotation.delete'
                ? '2026-01-01T00:00:00.000Z'
                : id === 'annotation.restore'
                  ? null
                  : (known?.deleted ?? null),
          };
    rows.set(row.id, row);
    return row;
  });
  const id = store.actions.createAnnotation(mark);
  const now = () => store.getState().annotations.get(id);
  store.actions.codeAnnotation(id, ['x']);
  store.actions.removeAnnotation(id);
  expect(now()?.deleted).not.toBeNull();
  void store.actions.undo();
  expect(now()).toMatchObject({ deleted: null, codeIds: ['x'] });
  void store.actions.undo();
  expect(now()?.codeIds).toEqual([]);
  void store.actions.undo();
  expect(now()?.deleted).not.toBeNull();
  void store.actions.redo();
  void store.actions.redo();
  await settled(store);
  expect(now()).toMatchObject({ deleted: null, codeIds: ['x'] });
  expect(rows.get(id)).toEqual(now());
});

test('a code added while somebody else changes the same mark is put in again on top of theirs', async () => {
  const theirs = annotationOf();
  let row: Annotation = { ...theirs, revision: 2, codeIds: ['theirs'] };
  const { store } = storeWith((id, body, ifMatch) => {
    if (id === 'annotation.get') return row;
    if (ifMatch !== row.revision) throw new CallError('conflict', 'It changed meanwhile.');
    row = { ...row, ...body, revision: row.revision + 1 };
    return row;
  });
  store.dispatch({ type: 'event', event: eventOf(1, { type: 'annotation.created', subject: theirs }) });
  store.actions.codeAnnotation(theirs.id, ['mine']);
  await settled(store);
  expect(store.getState().annotations.get(theirs.id)?.codeIds).toEqual(['theirs', 'mine']);
});

test('an edit whose answer was lost is not taken for somebody else’s', async () => {
  let row = annotationOf();
  let lost = false;
  const { store, refused } = storeWith((id, body, ifMatch) => {
    if (id === 'annotation.get') return row;
    if (ifMatch !== row.revision) throw new CallError('conflict', 'It changed meanwhile.');
    row = { ...row, ...body, revision: row.revision + 1 };
    if (!lost) {
      lost = true;
      throw new CallError('offline', 'No connection to the server.');
    }
    return row;
  });
  store.dispatch({ type: 'event', event: eventOf(1, { type: 'annotation.created', subject: row }) });
  store.actions.updateAnnotation(row.id, { body: { type: 'TextualBody', value: 'mine' } });
  await settled(store);
  expect(refused).toEqual([]);
  expect(store.getState().annotations.get(row.id)?.body?.value).toBe('mine');
});

test('what was done by a call of its own is taken back in its turn among the other changes', async () => {
  const { store, notUndone } = storeWith((_, body) => annotationOf(body as Partial<Annotation>));
  const done: string[] = [];
  store.actions.createAnnotation(mark);
  store.actions.did({
    name: 'merge',
    undo: async () => done.push('undone'),
    redo: async () => done.push('done again'),
  });
  store.actions.createAnnotation(mark);
  const { undo, redo } = store.actions;
  expect(await Promise.all([undo(), undo(), undo(), undo()])).toEqual(['mark', 'merge', 'mark', null]);
  expect(await Promise.all([redo(), redo()])).toEqual(['mark', 'merge']);
  expect(done).toEqual(['undone', 'done again']);
  await settled(store);
  expect(notUndone).toEqual([]);
});

test('what can’t be taken back any more is said, and is not offered again', async () => {
  const { store, notUndone } = storeWith(() => undefined);
  const undo = () => Promise.reject(new CallError('conflict', 'Somebody changed it.'));
  store.actions.did({ name: 'merge', undo, redo: () => Promise.resolve() });
  expect(await store.actions.undo()).toBe('merge');
  await vi.waitFor(() => expect(notUndone).toEqual(['merge']));
  expect(await store.actions.redo()).toBe(null);
});

test('a press of undo while something is on its way takes that back once it is answered, not what came before', async () => {
  const { store } = storeWith(() => undefined);
  const log: string[] = [];
  const deed = (name: string) => ({
    name,
    undo: async () => log.push(`undo ${name}`),
    redo: async () => log.push(`redo ${name}`),
  });
  store.actions.did(deed('merge'));
  const answer = Promise.withResolvers<void>();
  const apart = store.actions.acting(async () => {
    await answer.promise;
    store.actions.did(deed('taking apart'));
  });
  const [first, second] = [store.actions.undo(), store.actions.undo()];
  expect(log).toEqual([]);
  answer.resolve();
  await apart;
  expect([await first, await second, await store.actions.undo()]).toEqual(['taking apart', 'merge', null]);
  expect(log).toEqual(['undo taking apart', 'undo merge']);
});

test('what takes a deed back is answered before the one before it is taken back', async () => {
  const { store } = storeWith(() => undefined);
  const log: string[] = [];
  const answer = Promise.withResolvers<void>();
  store.actions.did({ name: 'first', undo: async () => log.push('first'), redo: async () => {} });
  store.actions.did({ name: 'second', undo: () => answer.promise, redo: async () => {} });
  const steps = [store.actions.undo(), store.actions.undo()];
  expect(await steps[0]).toBe('second');
  expect(log).toEqual([]);
  answer.resolve();
  expect(await steps[1]).toBe('first');
  expect(log).toEqual(['first']);
});

test('what is done while undo waits is not what it takes back', async () => {
  const { store } = storeWith((_, body) => annotationOf(body as Partial<Annotation>));
  const answer = Promise.withResolvers<void>();
  const slow = store.actions.acting(() => answer.promise);
  const step = store.actions.undo();
  const id = store.actions.createAnnotation(mark);
  answer.resolve();
  await slow;
  expect(await step).toBe(null);
  expect(store.getState().annotations.get(id)?.deleted).toBe(null);
  await settled(store);
  expect(await store.actions.undo()).toBe('mark');
});

test('what was refused while undo waited for it is all that the press meant', async () => {
  const { store } = storeWith(() => undefined);
  store.actions.did({ name: 'merge', undo: async () => {}, redo: async () => {} });
  const refused = store.actions.acting(() =>
    Promise.reject(new CallError('conflict', 'Somebody changed it.')),
  );
  const step = store.actions.undo();
  await expect(refused).rejects.toThrow('Somebody changed it.');
  expect(await step).toBe(null);
  expect(await store.actions.undo()).toBe('merge');
});

test('what a large project was not shown whole of is read on, page by page, and again when the line was down', async () => {
  const rest = [claimOf(), claimOf(), claimOf()];
  const asked: unknown[] = [];
  const { store, call } = storeWith(
    (id, _, __, query) => {
      asked.push(`${id} ${query?.cursor}`);
      if (asked.length === 2) throw new CallError('offline', 'No connection to the server.');
      if (id === 'follow-up.list') return { items: [], nextCursor: null };
      const at = rest.findIndex((one) => one.id === query?.cursor) + 1;
      return { items: rest.slice(at, at + 2), nextCursor: at === 0 ? rest[1]?.id : null };
    },
    { ...snapshotOf(), rest: { claims: 'first', followUps: 'other' } },
  );
  expect([...store.getState().coming.keys()]).toEqual(['claims', 'followUps']);
  let waits = 0;
  const pause = async () => {
    waits += 1;
  };
  await readRest({ store, call, pause }, () => false);
  expect(asked).toEqual([
    'claim.list first',
    `claim.list ${rest[1]?.id}`,
    `claim.list ${rest[1]?.id}`,
    'follow-up.list other',
  ]);
  expect(waits).toBe(1);
  expect([...store.getState().claims.keys()]).toEqual(rest.map(({ id }) => id));
  expect(store.getState().coming.size).toBe(0);
});
