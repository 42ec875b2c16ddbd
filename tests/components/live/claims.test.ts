import { describe, expect, test, vi } from 'vitest';
import { initialState } from '@/components/live/project-state';
import { createProjectStore } from '@/components/live/project-store';
import { memoryQueue } from '@/components/live/queue';
import { type Action, reduce } from '@/components/live/reduce';
import { wordsOf } from '@/components/live/refused';
import { type call as Call, CallError } from '@/components/ui/http';
import type { Claim } from '@/lib/claims/claim';
import { annotationOf, claimOf, eventOf, evidenceOf, ME, OTHER, SOURCE, snapshotOf } from './project-fixture';

const run = (actions: readonly Action[], claims: Claim[] = []) =>
  actions.reduce(reduce, initialState({ ...snapshotOf(), claims }));
const SIGNED = { by: OTHER, at: '2026-01-01T00:00:00.000Z', revision: 1 };

type Input = { params: Record<string, string>; body?: Record<string, unknown>; ifMatch?: number };

/** A page, and a server that keeps claims as ours does, as far as the page can tell. */
function pageWith(
  claims: Claim[],
  before: (id: string, input: Input, rows: Map<string, Claim>) => void = () => {},
) {
  const rows = new Map(claims.map((claim) => [claim.id, claim]));
  const refused: string[] = [];
  const calls: [string, Input][] = [];
  const answer = (id: string, input: Input): unknown => {
    calls.push([id, input]);
    before(id, input, rows);
    const { body = {}, params, ifMatch } = input;
    if (id === 'annotation.create') return annotationOf(body);
    const row = rows.get(params.claimId ?? (body.id as string));
    const keep = (next: Claim) => {
      rows.set(next.id, { ...next, revision: (row?.revision ?? 0) + 1 });
      return rows.get(next.id);
    };
    if (id === 'claim.create') {
      const evidence = (body.evidence as object[]).map((one) => evidenceOf(body.id as string, one));
      return keep(claimOf({ ...body, owner: null, evidence }));
    }
    if (row === undefined) throw new CallError('not-found', 'There is no such claim in this project.');
    if (ifMatch !== undefined && ifMatch !== row.revision)
      throw new CallError('conflict', 'Somebody changed this.');
    switch (id) {
      case 'claim.get':
        return { ...row, passages: [] };
      case 'claim.update':
        return keep({
          ...row,
          ...body,
          ...('owner' in body ? { owner: body.owner ? OTHER : null } : {}),
        } as Claim);
      case 'claim.delete':
        return keep({ ...row, deleted: '2026-01-02T00:00:00.000Z' });
      case 'claim.restore':
        return keep({ ...row, deleted: null });
      case 'evidence.create':
        return keep({ ...row, evidence: [...row.evidence, evidenceOf(row.id, body)] });
      case 'evidence.update':
        return keep({
          ...row,
          evidence: row.evidence.map((one) => (one.id === params.evidenceId ? { ...one, ...body } : one)),
        });
      case 'evidence.remove':
        if (!row.evidence.some((one) => one.id === params.evidenceId))
          throw new CallError('not-found', 'There is no such evidence in this project.');
        return keep({ ...row, evidence: row.evidence.filter((one) => one.id !== params.evidenceId) });
    }
    throw new Error(`Nobody answers ${id}`);
  };
  const store = createProjectStore({
    snapshot: { ...snapshotOf(), claims },
    call: (async (id: string, input: Input) => answer(id, input)) as unknown as typeof Call,
    queue: memoryQueue(),
    now: () => new Date('2026-01-03T00:00:00Z'),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onNotUndone: () => undefined,
    onRefused: (_, error) => refused.push(error.message),
  });
  const settled = () => vi.waitFor(() => expect(store.getState().waiting).toBe(0));
  const claim = (id: string) => store.getState().claims.get(id);
  return { store, rows, refused, calls, settled, claim, actions: store.actions };
}

describe('What is heard of claims', () => {
  test('events bring, change, delete and restore them, and an older one changes nothing', () => {
    const claim = claimOf();
    const changed = { ...claim, revision: 2, status: 'checking' };
    const created: Action = { type: 'event', event: eventOf(1, { type: 'claim.created', subject: claim }) };
    const state = run([
      created,
      { type: 'event', event: eventOf(2, { type: 'claim.updated', subject: { ...changed, did: 'edited' } }) },
      created,
    ]);
    expect(state.claims.get(claim.id)).toEqual(changed);
    const gone = { ...changed, revision: 3, deleted: claim.created };
    const without = reduce(state, {
      type: 'event',
      event: eventOf(3, { type: 'claim.deleted', subject: gone }),
    });
    expect(without.claims.size).toBe(0);
    const back = { ...gone, revision: 4, deleted: null };
    const again = reduce(without, {
      type: 'event',
      event: eventOf(4, { type: 'claim.restored', subject: back }),
    });
    expect(again.claims.get(claim.id)).toEqual(back);
  });

  test('their statuses are those that were set last', () => {
    const [first, ...others] = snapshotOf().claimStatuses;
    const id = snapshotOf().project.id;
    const renamed = [{ ...(first as NonNullable<typeof first>), name: 'New' }, ...others];
    const set = (at: number, statuses: typeof renamed): Action => ({
      type: 'event',
      event: eventOf(at, { type: 'claim-status.set', subject: { id, statuses } }),
    });
    expect(run([set(5, renamed)]).claimStatuses).toEqual(renamed);
    expect(run([set(5, renamed), set(4, [])]).claimStatuses).toEqual(renamed);
  });
});

describe('What is done to a claim at this page', () => {
  test('is seen at once: another wording or status ends the sign-off, another owner does not', () => {
    const claim = claimOf({ signedOff: SIGNED });
    const update = (edit: object): Action => ({
      type: 'changed',
      key: 'a',
      change: { type: 'claim.update', id: claim.id, edit, was: {} },
    });
    expect(run([update({ owner: ME })], [claim]).claims.get(claim.id)).toEqual({ ...claim, owner: ME });
    expect(run([update({ status: 'disputed' })], [claim]).claims.get(claim.id)).toMatchObject({
      status: 'disputed',
      signedOff: null,
    });
  });

  test('stays over what others do meanwhile, and goes with a refusal', () => {
    const claim = claimOf();
    const mine = evidenceOf(claim.id);
    const theirs = evidenceOf(claim.id, { stance: 'disputes' });
    const state = run(
      [
        { type: 'changed', key: 'a', change: { type: 'evidence.create', evidence: mine } },
        {
          type: 'event',
          event: eventOf(1, {
            type: 'claim.updated',
            subject: { ...claim, revision: 2, evidence: [theirs], did: 'evidence' },
          }),
        },
      ],
      [claim],
    );
    expect(state.claims.get(claim.id)?.evidence).toEqual([theirs, mine]);
    expect(reduce(state, { type: 'refused', key: 'a' }).claims.get(claim.id)?.evidence).toEqual([theirs]);
  });

  test('is sent as the server wants it, and the page ends with what the server has', async () => {
    const page = pageWith([]);
    const id = page.actions.createClaim({
      wording: ' It was closed. ',
      evidence: [{ annotationId: 'mark', stance: 'supports', reliability: 'B', credibility: 2 }],
    });
    expect(page.claim(id)).toMatchObject({
      wording: 'It was closed.',
      status: 'unverified',
      creator: ME,
      revision: 0,
    });
    page.actions.updateClaim(id, { owner: OTHER, due: '2026-05-01' });
    const evidenceId = page.actions.addEvidence(id, 'other', 'disputes');
    page.actions.updateEvidence(id, evidenceId, { note: 'Why' });
    page.actions.removeEvidence(id, page.claim(id)?.evidence[0]?.id ?? '');
    expect(page.claim(id)?.evidence).toMatchObject([{ id: evidenceId, note: 'Why' }]);
    await page.settled();
    expect(page.refused).toEqual([]);
    expect(page.claim(id)).toEqual(page.rows.get(id));
    expect(page.calls.map(([call, { body }]) => [call, body])).toMatchObject([
      ['claim.create', { id, owner: null, evidence: [{ reliability: 'B', credibility: 2 }] }],
      ['claim.update', { owner: OTHER.id, due: '2026-05-01' }],
      ['evidence.create', { id: evidenceId, annotationId: 'other', stance: 'disputes' }],
      ['evidence.update', { note: 'Why' }],
      ['evidence.remove', undefined],
    ]);
  });

  test('with one passage twice is one piece of evidence, which takes the new stance', async () => {
    const claim = claimOf();
    const standing = evidenceOf(claim.id, { note: 'Why' });
    const page = pageWith([{ ...claim, evidence: [standing] }]);
    expect(page.actions.addEvidence(claim.id, standing.annotationId, 'context')).toBe(standing.id);
    expect(page.claim(claim.id)?.evidence).toEqual([{ ...standing, stance: 'context' }]);
  });

  test('stands when others changed something else meanwhile, and is refused when it was the same', async () => {
    const claim = claimOf();
    const others = (edit: Partial<Claim>) => {
      let done = false;
      return (id: string, _: Input, rows: Map<string, Claim>) => {
        if (id !== 'claim.update' || done) return;
        done = true;
        rows.set(claim.id, { ...claim, ...edit, revision: 2 });
      };
    };
    const apart = pageWith([claim], others({ evidence: [evidenceOf(claim.id)], due: '2026-05-01' }));
    apart.actions.updateClaim(claim.id, { wording: 'Mine.' });
    await apart.settled();
    expect(apart.refused).toEqual([]);
    expect(apart.claim(claim.id)).toMatchObject({ wording: 'Mine.', due: '2026-05-01', evidence: [{}] });

    const same = pageWith([claim], others({ wording: 'Theirs.' }));
    same.actions.updateClaim(claim.id, { wording: 'Mine.' });
    await same.settled();
    expect(same.refused).toEqual(['Somebody else changed this claim at the same time. Yours was not saved.']);
    const [entry] = same.store.getState().refused;
    expect(entry && wordsOf(entry.change)).toEqual({
      name: 'Change of a claim',
      typed: 'Mine.',
      passage: '',
    });
  });

  test('whose answer was lost is not made twice, nor refused for it', async () => {
    const claim = claimOf({ evidence: [] });
    const standing = evidenceOf(claim.id);
    let lost = 0;
    const page = pageWith([{ ...claim, evidence: [standing] }], (id, { params }, rows) => {
      if (lost > 0 || (id !== 'evidence.remove' && id !== 'claim.update')) return;
      lost += 1;
      const row = rows.get(params.claimId ?? '') as Claim;
      rows.set(row.id, { ...row, evidence: [], revision: row.revision + 1 });
      throw new CallError('offline', 'No connection to the server.');
    });
    page.actions.removeEvidence(claim.id, standing.id);
    await page.settled();
    expect(page.refused).toEqual([]);
    expect(page.claim(claim.id)?.evidence).toEqual([]);
  });

  test('goes with a mark that could not be made, and is kept with what was typed', async () => {
    const page = pageWith([], (id) => {
      if (id === 'annotation.create') throw new CallError('invalid', 'The passage does not match.');
    });
    const { selector } = annotationOf();
    const mark = page.actions.createAnnotation({
      sourceId: SOURCE,
      version: 1,
      motivation: 'claiming',
      selector,
    });
    const claim = page.actions.createClaim({
      wording: 'It was closed.',
      evidence: [{ annotationId: mark, stance: 'supports' }],
    });
    expect(page.claim(claim)?.evidence).toMatchObject([{ sourceId: SOURCE }]);
    await page.settled();
    expect(page.store.getState().claims.size).toBe(0);
    expect(page.store.getState().refused.map(({ change }) => wordsOf(change).typed)).toEqual([
      '',
      'It was closed.',
    ]);
  });
});

describe('Undo and redo', () => {
  test('take a claim back and bring the same one again', async () => {
    const page = pageWith([]);
    const id = page.actions.createClaim({ wording: 'It was closed.' });
    expect(await page.actions.undo()).toBe('claim');
    expect(page.claim(id)).toBe(undefined);
    expect(await page.actions.redo()).toBe('claim');
    await page.settled();
    expect(page.refused).toEqual([]);
    expect(page.claim(id)).toMatchObject({ wording: 'It was closed.', deleted: null });
    expect(page.calls.map(([call]) => call)).toEqual(['claim.create', 'claim.delete', 'claim.restore']);
  });

  test('of an edit, a passage and its weight leave what was there before', async () => {
    const evidence = evidenceOf('', { note: 'Why', credibility: 3 });
    const claim = claimOf({ due: '2026-05-01' });
    const page = pageWith([{ ...claim, evidence: [{ ...evidence, claimId: claim.id }] }]);
    const before = page.claim(claim.id);
    page.actions.updateClaim(claim.id, { wording: 'Other.', due: null });
    page.actions.updateEvidence(claim.id, evidence.id, { credibility: 5 });
    page.actions.addEvidence(claim.id, evidence.annotationId, 'disputes');
    page.actions.addEvidence(claim.id, 'another', 'context');
    page.actions.removeEvidence(claim.id, evidence.id);
    expect(page.claim(claim.id)?.evidence).toMatchObject([{ annotationId: 'another' }]);
    for (let steps = 0; steps < 5; steps++) await page.actions.undo();
    expect(await page.actions.undo()).toBe(null);
    await page.settled();
    expect(page.refused).toEqual([]);
    expect(page.claim(claim.id)).toMatchObject({ wording: before?.wording, due: '2026-05-01' });
    expect(page.claim(claim.id)?.evidence).toMatchObject([
      { id: evidence.id, stance: 'supports', credibility: 3, note: 'Why' },
    ]);
  });

  test('do not say again that a claim was re-opened', async () => {
    const reopened = { at: SIGNED.at, because: 'source-version' as const, sourceId: SOURCE, version: 2 };
    const claim = claimOf({ reopened });
    const page = pageWith([claim]);
    page.actions.updateClaim(claim.id, { reopened: null });
    expect(page.claim(claim.id)?.reopened).toBe(null);
    expect(await page.actions.undo()).toBe(null);
  });
});
