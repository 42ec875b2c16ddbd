import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createProjectStore } from '@/components/live/project-store';
import { memoryQueue } from '@/components/live/queue';
import { type call as Call, CallError } from '@/components/ui/http';
import type { Role } from '@/lib/access/roles';
import type { OperationId } from '@/lib/api/operations';
import type { Claim } from '@/lib/claims/claim';
import type { Event } from '@/lib/events/event';
import { loadProject } from '@/server/snapshot';
import { ask, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, owner } from '@/tests/support/one-source';
import { desk, type Page } from '@/tests/support/versioned-source';

const QUOTE = 'The ministry denied that any contract was missing';
type Input = { params?: Record<string, string>; body?: unknown; ifMatch?: number };

let place: Awaited<ReturnType<typeof desk>>;
let isOnline = true;
/** Calls that found no connection. */
let missed = 0;
beforeEach(async () => {
  place = await desk();
  isOnline = true;
});

/** The store of a person's page over the handlers of the API, with no network between them. */
async function pageOf(person: Person, role: Role) {
  const refused: string[] = [];
  const store = createProjectStore({
    snapshot: await loadProject(grantOf(person, place.projectId, role)),
    call: (async (id: OperationId, { params, body, ifMatch }: Input = {}) => {
      if (!isOnline) missed += 1;
      if (!isOnline) throw new CallError('offline', 'No connection to the server.');
      const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` };
      const response = await call(id, person, { params, body, headers });
      const answer = await response.json();
      if (response.ok) return answer;
      const { error } = answer as { error: { code: CallError['code']; message: string } };
      throw new CallError(error.code, error.message);
    }) as unknown as typeof Call,
    queue: memoryQueue(),
    now: () => new Date(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onNotUndone: () => undefined,
    onRefused: (_, error) => refused.push(error.message),
  });
  return {
    refused,
    actions: store.actions,
    claim: (id: string) => store.getState().claims.get(id),
    claims: () => [...store.getState().claims.values()],
    settled: () => vi.waitFor(() => expect(store.getState().waiting).toBe(0), 5_000),
    /** Hears what happened, as over the live socket. */
    async hear() {
      const query = { after: store.getState().lastEventId, limit: 500 };
      const { items } = await ask<Page<Event>>('event.list', person, place.inside({ query }));
      store.dispatch({ type: 'events', events: items });
    },
  };
}
const stored = async () => (await ask<Page<Claim>>('claim.list', owner, place.inside())).items;

describe('Two pages and the server', () => {
  it('end with the same claims after each did what a page can do', async () => {
    const [one, two] = [await pageOf(owner, 'owner'), await pageOf(annotator, 'annotator')];
    const [mark, other] = [await place.mark(QUOTE), await place.mark('received eleven boxes of paper')];
    const id = one.actions.createClaim({
      wording: 'No contract is missing.',
      owner: { id: annotator.userId, name: 'Annotator' },
      tags: ['contracts'],
      evidence: [{ annotationId: mark.id, stance: 'supports', reliability: 'C' }],
    });
    await one.settled();
    await two.hear();
    const brought = two.actions.addEvidence(id, other.id, 'context', {
      note: 'Who was asked',
      credibility: 6,
    });
    two.actions.updateClaim(id, { status: 'checking', due: '2026-12-01', confidence: 'medium' });
    one.actions.updateClaim(id, { wording: 'No contract was missing.' });
    await Promise.all([one.settled(), two.settled()]);
    two.actions.updateEvidence(id, brought, { stance: 'disputes', note: null });
    one.actions.addEvidence(id, mark.id, 'disputes');
    const gone = one.actions.createClaim({ wording: 'A slip.' });
    one.actions.removeClaim(gone);
    await Promise.all([one.settled(), two.settled()]);
    for (const page of [one, two]) await page.hear();
    expect([...one.refused, ...two.refused]).toEqual([]);
    const [claim, none] = await stored();
    expect(none).toBe(undefined);
    expect(claim).toMatchObject({
      id,
      wording: 'No contract was missing.',
      status: 'checking',
      due: '2026-12-01',
      confidence: 'medium',
      owner: { id: annotator.userId },
      evidence: [
        { annotationId: mark.id, stance: 'disputes', reliability: 'C' },
        { id: brought, stance: 'disputes', credibility: 6, note: null },
      ],
    });
    for (const page of [one, two]) expect(page.claims()).toEqual([claim]);
  });

  it('undo and redo every change of a claim', async () => {
    const page = await pageOf(owner, 'owner');
    const mark = await place.mark(QUOTE);
    const id = page.actions.createClaim({ wording: 'A.' });
    const evidence = page.actions.addEvidence(id, mark.id, 'supports');
    page.actions.updateEvidence(id, evidence, { credibility: 2 });
    page.actions.removeEvidence(id, evidence);
    page.actions.updateClaim(id, { wording: 'B.', owner: { id: owner.userId, name: 'Owner' } });
    for (let steps = 0; steps < 4; steps++) await page.actions.undo();
    await page.settled();
    await page.hear();
    expect(await stored()).toMatchObject([{ wording: 'A.', owner: null, evidence: [] }]);
    for (let steps = 0; steps < 2; steps++) await page.actions.redo();
    await page.settled();
    expect(await stored()).toMatchObject([{ evidence: [{ id: evidence, credibility: 2 }] }]);
    for (let steps = 0; steps < 3; steps++) await page.actions.undo();
    await page.actions.redo();
    await page.settled();
    await page.hear();
    expect(page.refused).toEqual([]);
    expect(page.claims()).toEqual(await stored());
    expect(page.claim(id)).toMatchObject({ wording: 'A.', deleted: null, evidence: [] });
  });

  it('keep what is done without a connection, and put it in when there is one', async () => {
    const [one, two] = [await pageOf(owner, 'owner'), await pageOf(annotator, 'annotator')];
    const mark = await place.mark(QUOTE);
    const id = one.actions.createClaim({ wording: 'A.' });
    await one.settled();
    isOnline = false;
    one.actions.updateClaim(id, { wording: 'B.' });
    one.actions.addEvidence(id, mark.id, 'disputes');
    const late = one.actions.createClaim({
      wording: 'C.',
      evidence: [{ annotationId: mark.id, stance: 'context' }],
    });
    await vi.waitFor(() => expect(missed).toBeGreaterThan(0));
    expect(await stored()).toMatchObject([{ wording: 'A.', evidence: [] }]);
    await ask('claim.update', owner, place.inside({ params: { claimId: id }, body: { due: '2026-12-01' } }));
    isOnline = true;
    await one.settled();
    for (const page of [one, two]) await page.hear();
    expect(one.refused).toEqual([]);
    expect(two.claims()).toEqual(one.claims());
    expect(two.claim(id)).toMatchObject({
      wording: 'B.',
      due: '2026-12-01',
      evidence: [{ stance: 'disputes' }],
    });
    expect(two.claim(late)).toMatchObject({ wording: 'C.', evidence: [{ sourceId: place.source.id }] });
  });

  it('make one of a passage that both brought at once, also of the weight that one gave it before it knew', async () => {
    const [one, two] = [await pageOf(owner, 'owner'), await pageOf(owner, 'owner')];
    const mark = await place.mark(QUOTE);
    const id = one.actions.createClaim({ wording: 'A.' });
    await one.settled();
    await two.hear();
    const first = one.actions.addEvidence(id, mark.id, 'supports', { note: 'First' });
    await one.settled();
    const second = two.actions.addEvidence(id, mark.id, 'disputes');
    two.actions.updateEvidence(id, second, { credibility: 4 });
    expect(two.claim(id)?.evidence).toMatchObject([{ id: second, stance: 'disputes', credibility: 4 }]);
    await two.settled();
    for (const page of [one, two]) await page.hear();
    expect(two.refused).toEqual([]);
    for (const page of [one, two])
      expect(page.claim(id)?.evidence).toMatchObject([
        { id: first, stance: 'disputes', credibility: 4, note: 'First' },
      ]);
  });

  it('take back what may not be done, and say whose it is', async () => {
    const [one, two] = [await pageOf(owner, 'owner'), await pageOf(annotator, 'annotator')];
    const id = one.actions.createClaim({ wording: 'A.' });
    await one.settled();
    await two.hear();
    two.actions.updateClaim(id, { wording: 'B.' });
    expect(two.claim(id)?.wording).toBe('B.');
    await two.settled();
    expect(two.claim(id)?.wording).toBe('A.');
    expect(two.refused).toEqual(['Only Owner or an editor may do this.']);
  });
});
