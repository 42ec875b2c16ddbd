import { expect, test, vi } from 'vitest';
import type { Pending } from '@/components/live/changes';
import { createProjectStore } from '@/components/live/project-store';
import type { Queue, QueueNews } from '@/components/live/queue';
import type { Refused } from '@/components/live/refused';
import { type call as Call, CallError } from '@/components/ui/http';
import type { Annotation } from '@/lib/annotations/annotation';
import { annotationOf, SOURCE, snapshotOf } from './project-fixture';

/** What one browser keeps of one person, shared by their pages, in place of IndexedDB, Web Locks and BroadcastChannel. */
function machine() {
  const changes = new Map<string, Pending>();
  const refused = new Map<string, Refused>();
  const listeners = new Set<(news: QueueNews) => void>();
  let turn: Promise<unknown> = Promise.resolve();
  const page = (): Queue => {
    let mine: ((news: QueueNews) => void) | undefined;
    const tell = (news: QueueNews) => {
      for (const listener of listeners) if (listener !== mine) listener(news);
    };
    return {
      isKept: () => true,
      load: async () => ({ changes: [...changes.values()], refused: [...refused.values()] }),
      add: (pending) => void changes.set(pending.key, pending),
      standing: async (key) => (changes.has(key) ? 'waiting' : refused.has(key) ? 'refused' : 'sent'),
      async sent(key, told) {
        // The store is written to a moment later; who sends next must see it.
        await new Promise((resolve) => setTimeout(resolve, 5));
        changes.delete(key);
        tell({ type: 'sent', key, told });
      },
      async refuse(entries) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        for (const entry of entries) {
          changes.delete(entry.key);
          refused.set(entry.key, entry);
        }
        tell({ type: 'refused', entries });
      },
      letGo(keys) {
        for (const key of keys) refused.delete(key);
        tell({ type: 'let-go', keys });
      },
      alone(work) {
        const done = turn.then(work);
        turn = done.catch(() => undefined);
        return done;
      },
      onNews(listener) {
        mine = listener;
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
  };
  return { page, changes, refused };
}

type Server = (id: string, body: Record<string, unknown>) => unknown;
/** A page of a person: the network edge answers as the API does, or as told. */
function openPage(queue: Queue, answer: Server, hears = true) {
  const sent: string[] = [];
  const store = createProjectStore({
    snapshot: snapshotOf(),
    call: (async (id: string, input: { body?: Record<string, unknown> }) => {
      const result = await answer(id, input.body ?? {});
      sent.push(`${id} ${String(input.body?.id ?? '')}`);
      return result;
    }) as typeof Call,
    queue,
    now: () => new Date('2026-01-01T00:00:00Z'),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onNotUndone: () => undefined,
    onRefused: () => undefined,
  });
  if (hears) store.listen();
  return { store, sent, state: store.getState, actions: store.actions };
}

const away: Server = () => {
  throw new CallError('offline', 'No connection to the server.');
};
const takes: Server = (_, body) => annotationOf(body as Partial<Annotation>);
const mark = {
  sourceId: SOURCE,
  version: 1,
  motivation: 'claiming' as const,
  selector: annotationOf().selector,
  body: { type: 'TextualBody' as const, value: 'typed by hand' },
};
const settled = (page: ReturnType<typeof openPage>) => vi.waitFor(() => expect(page.state().waiting).toBe(0));

test('what waited before a reload is painted again, counted, and sent with the same ids in the same order', async () => {
  const kept = machine();
  const before = openPage(kept.page(), away);
  const ids = [before.actions.createAnnotation(mark), before.actions.createAnnotation(mark)];
  const after = openPage(kept.page(), takes);
  await after.store.adopt();
  expect([...after.state().annotations.keys()]).toEqual(ids);
  await settled(after);
  expect(after.sent).toEqual(ids.map((id) => `annotation.create ${id}`));
  await vi.waitFor(() => expect(kept.changes.size).toBe(0));
});

test('two pages of a person that both hold a change send it once, and both know', async () => {
  const kept = machine();
  const id = openPage(kept.page(), away).actions.createAnnotation(mark);
  const pages = [openPage(kept.page(), takes), openPage(kept.page(), takes)];
  await Promise.all(pages.map(({ store }) => store.adopt()));
  await Promise.all(pages.map(settled));
  expect(pages.flatMap(({ sent }) => sent)).toEqual([`annotation.create ${id}`]);
  for (const page of pages) expect(page.state().annotations.get(id)?.revision).toBe(1);
});

test('a page that slept through the news asks before it sends, and sends nothing twice', async () => {
  const kept = machine();
  openPage(kept.page(), away).actions.createAnnotation(mark);
  openPage(kept.page(), away).actions.createAnnotation({ ...mark, motivation: 'highlighting' });
  const awake = openPage(kept.page(), (_, body) => {
    if (body.motivation === 'claiming') throw new CallError('invalid', 'The passage does not match.');
    return annotationOf(body as Partial<Annotation>);
  });
  const asleep = openPage(kept.page(), takes, false);
  await Promise.all([awake.store.adopt(), asleep.store.adopt()]);
  await Promise.all([settled(awake), settled(asleep)]);
  expect([...awake.sent, ...asleep.sent]).toHaveLength(1);
});

test('a refusal takes along what was built on it, and all of it can be made again with the words typed', async () => {
  const kept = machine();
  let isReader = true;
  const server: Server = (id, body) => {
    if (isReader) throw new CallError('forbidden', 'Your role may not mark.');
    if (id === 'annotation.create') return annotationOf(body as Partial<Annotation>);
    return {
      ...body,
      projectId: '',
      sourceId: SOURCE,
      created: '',
      revision: 1,
      resolved: null,
      comments: [],
    };
  };
  const before = openPage(kept.page(), away);
  const id = before.actions.createAnnotation(mark);
  before.actions.createThread({ type: 'annotation', id }, 'a question typed with care');
  const page = openPage(kept.page(), server);
  await page.store.adopt();
  await settled(page);
  expect(page.state().annotations.size).toBe(0);
  expect(page.state().refused.map(({ change, why }) => [change.type, why])).toEqual([
    ['annotation.create', 'Your role may not mark.'],
    ['thread.create', 'What it belongs to could not be saved.'],
  ]);
  await vi.waitFor(() => expect(kept.refused.size).toBe(2));
  const reloaded = openPage(kept.page(), server);
  await reloaded.store.adopt();
  const [first] = reloaded.state().refused;
  expect(first?.change).toMatchObject({ annotation: { id, body: { value: 'typed by hand' } } });
  isReader = false;
  reloaded.actions.retryRefused(first?.key ?? '');
  await settled(reloaded);
  expect(reloaded.sent[0]).toBe(`annotation.create ${id}`);
  expect(reloaded.sent[1]).toMatch(/^thread.create/);
  expect(reloaded.state().refused).toEqual([]);
  expect(kept.refused.size).toBe(0);
  // The page that was open all along hears that it is dealt with.
  expect(page.state().refused).toEqual([]);
});

test('what a person lets go of is gone, and nothing else', async () => {
  const kept = machine();
  const refuses: Server = () => {
    throw new CallError('invalid', 'The passage does not match.');
  };
  const page = openPage(kept.page(), refuses);
  page.actions.createAnnotation(mark);
  const second = page.actions.createAnnotation(mark);
  await settled(page);
  await vi.waitFor(() => expect(kept.refused.size).toBe(2));
  page.actions.discardRefused(page.state().refused[0]?.key ?? '');
  expect(page.state().refused.map(({ change }) => change)).toMatchObject([{ annotation: { id: second } }]);
  expect(kept.refused.size).toBe(1);
});

test('who is signed out keeps what waits, for when they sign in again', async () => {
  const kept = machine();
  const page = openPage(kept.page(), () => {
    throw new CallError('unauthenticated', 'Sign in first.');
  });
  page.actions.createAnnotation(mark);
  await vi.waitFor(() => expect(page.state().connection).toBe('closed'));
  expect(page.state()).toMatchObject({ waiting: 1, ended: 'signed-out', refused: [] });
  const again = openPage(kept.page(), takes);
  await again.store.adopt();
  await settled(again);
  expect(again.sent).toHaveLength(1);
});

test('who lost access has everything that waited before them on the page, to copy', async () => {
  const page = openPage(machine().page(), away);
  page.actions.createAnnotation(mark);
  page.store.dispatch({ type: 'connection', connection: 'closed', ended: 'no-access' });
  page.store.giveUp();
  expect(page.state().waiting).toBe(0);
  expect(page.state().refused).toMatchObject([
    { change: { annotation: { body: { value: 'typed by hand' } } } },
  ]);
});

test('an edit made on top of our own, both before a reload, is not taken for a conflict with ourselves', async () => {
  const kept = machine();
  const own = annotationOf();
  const edit = (value: string) => ({ body: { type: 'TextualBody' as const, value } });
  const before = openPage(kept.page(), away);
  before.store.dispatch({ type: 'told', told: { annotations: [own] } });
  before.actions.updateAnnotation(own.id, edit('first'));
  before.actions.updateAnnotation(own.id, edit('second'));
  let row = own;
  let isUp = true;
  const server = (id: string, body: Record<string, unknown>, ifMatch?: number) => {
    if (!isUp) throw new CallError('offline', 'No connection to the server.');
    if (id === 'annotation.get') return row;
    if (ifMatch !== row.revision) throw new CallError('conflict', 'It changed meanwhile.');
    row = { ...row, ...body, revision: row.revision + 1 };
    // The line breaks between the two.
    isUp = row.revision > 2;
    return row;
  };
  const open = () => {
    const queue = kept.page();
    return createProjectStore({
      snapshot: snapshotOf(),
      call: (async (id: string, input: { body?: Record<string, unknown>; ifMatch?: number }) =>
        server(id, input.body ?? {}, input.ifMatch)) as typeof Call,
      queue,
      now: () => new Date(),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      onNotUndone: () => undefined,
      onRefused: () => undefined,
    });
  };
  const first = open();
  await first.adopt();
  await vi.waitFor(() => expect(first.getState().waiting).toBe(1));
  const reloaded = open();
  isUp = true;
  await reloaded.adopt();
  await vi.waitFor(() => expect(reloaded.getState().waiting).toBe(0));
  expect(reloaded.getState().refused).toEqual([]);
  expect(row.body?.value).toBe('second');
});

test('a server that has been away for long and then fails once is given another chance', async () => {
  const kept = machine();
  let tries = 0;
  const page = openPage(kept.page(), (id, body) => {
    tries += 1;
    if (tries <= 8) throw new CallError('offline', 'No connection to the server.');
    if (tries === 9) throw new CallError('unexpected', 'The server answered 500.');
    return takes(id, body);
  });
  const id = page.actions.createAnnotation(mark);
  await settled(page);
  expect(page.state().refused).toEqual([]);
  expect(page.sent).toEqual([`annotation.create ${id}`]);
});
