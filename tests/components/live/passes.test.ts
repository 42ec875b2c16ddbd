import { describe, expect, test, vi } from 'vitest';
import { createProjectStore } from '@/components/live/project-store';
import { memoryQueue } from '@/components/live/queue';
import { type call as Call, CallError } from '@/components/ui/http';
import type { Pass } from '@/lib/passes/pass';
import { AT, eventOf, ME, PROJECT, SOURCE, snapshotOf } from './project-fixture';

const LETTER = '0190a0a0-0000-7000-8000-000000000001';
const CODER = '0190a0a0-0000-7000-8000-000000000002';

function passOf(over: Partial<Pass> = {}): Pass {
  return {
    id: '0190a0a0-0000-7000-8000-000000000003',
    projectId: PROJECT,
    name: 'Round 1',
    kind: 'open',
    lead: ME,
    guidelineNoteId: null,
    sourceIds: [SOURCE, LETTER],
    codeIds: [],
    coders: [{ id: CODER, userId: ME.id, name: ME.name, isExpert: false }],
    assignments: [SOURCE, LETTER].map((sourceId) => ({
      ...{ coderId: CODER, sourceId, state: 'not-started' as const },
      ...{ started: null, done: null },
    })),
    revealWhen: 'by-hand',
    revealOn: null,
    revealed: null,
    revealedBy: null,
    creator: ME,
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    ...over,
  };
}

type Input = { body?: Record<string, unknown>; ifMatch?: number };

/** A page, and a server that keeps one pass as ours does, as far as the page can tell. */
function pageWith(first: Pass) {
  let row = first;
  const calls: string[] = [];
  /** What happens to the pass just before the server gets a change of it, once each. */
  const meanwhile: (() => void)[] = [];
  const keep = (next: Pass) => {
    row = { ...next, revision: row.revision + 1 };
    return row;
  };
  const answer = (id: string, { body = {}, ifMatch }: Input): Pass => {
    calls.push(`${id} ${JSON.stringify(body)}`);
    if (ifMatch !== undefined) meanwhile.shift()?.();
    if (ifMatch !== undefined && ifMatch !== row.revision)
      throw new CallError('conflict', 'Somebody changed this.');
    if (id === 'pass.delete') return keep({ ...row, deleted: AT });
    if (id === 'pass.restore') return keep({ ...row, deleted: null });
    if (id === 'pass.update') return keep({ ...row, ...body });
    return id === 'pass.assign' ? keep(row) : row;
  };
  const refused = vi.fn();
  const store = createProjectStore({
    snapshot: { ...snapshotOf(), passes: [first] },
    call: (async (id: string, input: Input) => answer(id, input)) as unknown as typeof Call,
    queue: memoryQueue(),
    now: () => new Date(AT),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onNotUndone: () => undefined,
    onRefused: refused,
  });
  /** What the dialog does: asks the server, keeps how it was, takes in the answer. */
  const change = (edit: Partial<Pass>, was: Partial<Pass>) => {
    const before = row;
    const pass = answer('pass.update', { body: edit, ifMatch: row.revision });
    // The live news may come before the answer.
    store.dispatch({ type: 'event', event: eventOf(7, { type: 'pass.updated', subject: pass }) });
    store.actions.changedPass(before, edit, was);
    store.dispatch({ type: 'told', told: { passes: [pass] } });
  };
  const settled = () => vi.waitFor(() => expect(store.getState().waiting).toBe(0));
  return {
    store,
    calls,
    refused,
    change,
    settled,
    shown: () => store.getState().passes.get(first.id),
    row: () => row,
    keep,
    meanwhile,
  };
}

describe('Changes of a pass', () => {
  test('are taken back and done again as any other', async () => {
    const page = pageWith(passOf());
    page.change({ name: 'Round 2' }, { name: 'Round 1' });
    expect(await page.store.actions.undo()).toBe('change of a pass');
    expect(page.shown()?.name).toBe('Round 1');
    await page.settled();
    expect(page.row().name).toBe('Round 1');
    await page.store.actions.redo();
    await page.settled();
    expect(page.row().name).toBe('Round 2');
  });

  test('that took a source out bring back who was to code it', async () => {
    const page = pageWith(passOf());
    page.change({ sourceIds: [SOURCE] }, { sourceIds: [SOURCE, LETTER] });
    await page.store.actions.undo();
    await page.settled();
    expect(page.row().sourceIds).toEqual([SOURCE, LETTER]);
    const changes = [{ coderId: CODER, sourceId: LETTER, assigned: true }];
    expect(page.calls.at(-1)).toBe(`pass.assign ${JSON.stringify({ changes })}`);
  });

  test('are taken back also while others change something else of it', async () => {
    const page = pageWith(passOf());
    page.change({ name: 'Round 2' }, { name: 'Round 1' });
    const recode = () => page.keep({ ...page.row(), codeIds: [...page.row().codeIds, CODER] });
    page.meanwhile.push(recode, recode);
    await page.store.actions.undo();
    await page.settled();
    expect(page.row()).toMatchObject({ name: 'Round 1', codeIds: [CODER, CODER] });
    expect(page.shown()?.name).toBe('Round 1');
    expect(page.refused).not.toHaveBeenCalled();
  });

  test('are left alone when somebody else has chosen otherwise since', async () => {
    const page = pageWith(passOf());
    page.change({ name: 'Round 2' }, { name: 'Round 1' });
    page.keep({ ...page.row(), name: 'Final round' });
    await page.store.actions.undo();
    await page.settled();
    expect(page.row().name).toBe('Final round');
    expect(page.refused).toHaveBeenCalledOnce();
  });

  test('are its making and removal, too', async () => {
    const page = pageWith(passOf());
    page.store.actions.madePass(passOf().id);
    expect(await page.store.actions.undo()).toBe('new pass');
    expect(page.shown()).toBe(undefined);
    await page.settled();
    expect(page.row().deleted).toBe(AT);
    await page.store.actions.redo();
    await page.settled();
    expect([page.row().deleted, page.shown()?.name]).toEqual([null, 'Round 1']);
    page.store.actions.removePass(passOf().id);
    await page.settled();
    expect(page.shown()).toBe(undefined);
    expect(await page.store.actions.undo()).toBe('removal of a pass');
    await page.settled();
    expect(page.row().deleted).toBe(null);
  });
});
