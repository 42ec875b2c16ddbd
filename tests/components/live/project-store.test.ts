import { expect, test, vi } from 'vitest';
import { createProjectStore } from '@/components/live/project-store';
import { memoryQueue } from '@/components/live/queue';
import { type call as Call, CallError } from '@/components/ui/http';
import type { Annotation } from '@/lib/annotations/annotation';
import { annotationOf, eventOf, SOURCE, snapshotOf } from './project-fixture';

/** The network edge: answers as the API does, or as told. */
function storeWith(answer: (id: string, body: Record<string, unknown>, ifMatch?: number) => unknown) {
  const refused: string[] = [];
  const calls: string[] = [];
  const store = createProjectStore({
    snapshot: snapshotOf(),
    call: (async (id: string, input: { body?: Record<string, unknown>; ifMatch?: number }) => {
      calls.push(id);
      return answer(id, input.body ?? {}, input.ifMatch);
    }) as typeof Call,
    queue: memoryQueue(),
    now: () => new Date('2026-01-01T00:00:00Z'),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onRefused: (_, error) => refused.push(error.message),
  });
  return { store, refused, calls };
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
  store.actions.undo();
  expect(now()).toMatchObject({ deleted: null, codeIds: ['x'] });
  store.actions.undo();
  expect(now()?.codeIds).toEqual([]);
  store.actions.undo();
  expect(now()?.deleted).not.toBeNull();
  store.actions.redo();
  store.actions.redo();
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
