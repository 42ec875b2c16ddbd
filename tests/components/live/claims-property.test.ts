import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClaimChange, claimIdOf, inverseOfClaim, paintClaim } from '@/components/live/claim-changes';
import { initialState } from '@/components/live/project-state';
import { type Action, reduce } from '@/components/live/reduce';
import type { Claim } from '@/lib/claims/claim';
import type { Event } from '@/lib/events/event';
import { AT, claimOf, eventOf, evidenceOf, ME, snapshotOf } from './project-fixture';

const MARKS = ['m1', 'm2', 'm3'] as const;
const index = fc.nat(5);
const wanted = fc.oneof(
  fc.record({ does: fc.constant('make' as const) }),
  fc.record({ does: fc.constant('edit' as const), of: index, wording: fc.constantFrom('a', 'b', 'c') }),
  fc.record({
    does: fc.constant('status' as const),
    of: index,
    status: fc.constantFrom('checking', 'disputed'),
  }),
  fc.record({ does: fc.constant('bring' as const), of: index, mark: fc.constantFrom(...MARKS) }),
  fc.record({ does: fc.constant('weigh' as const), of: index, nth: fc.nat(2) }),
  fc.record({ does: fc.constant('take' as const), of: index, nth: fc.nat(2) }),
  fc.record({ does: fc.constant('delete' as const), of: index }),
  fc.record({ does: fc.constant('restore' as const), of: index }),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ by: fc.constant('us' as const), refused: fc.boolean(), wanted }) },
  { weight: 2, arbitrary: fc.record({ by: fc.constant('others' as const), wanted }) },
  fc.record({ by: fc.constant('answer' as const) }),
  fc.record({ by: fc.constant('hear' as const), which: fc.nat(40) }),
);
type Wanted = typeof wanted extends fc.Arbitrary<infer T> ? T : never;

/** A change of one of these claims as it looks to whoever makes it; `null` where there is nothing to change. */
function changeOf(wish: Wanted, claims: readonly Claim[]): ClaimChange | null {
  if (wish.does === 'make') return { type: 'claim.create', claim: claimOf({ revision: 0, creator: ME }) };
  const claim = claims[wish.of % Math.max(claims.length, 1)];
  if (claim === undefined) return null;
  const { id, wording, status } = claim;
  if (wish.does === 'edit')
    return { type: 'claim.update', id, edit: { wording: wish.wording }, was: { wording } };
  if (wish.does === 'status')
    return { type: 'claim.update', id, edit: { status: wish.status }, was: { status } };
  if (wish.does === 'bring')
    return { type: 'evidence.create', evidence: evidenceOf(id, { annotationId: wish.mark, creator: ME }) };
  if (wish.does === 'delete') return { type: 'claim.delete', id, at: AT };
  if (wish.does === 'restore') return { type: 'claim.restore', id };
  const evidence = claim.evidence[wish.nth];
  if (evidence === undefined) return null;
  return wish.does === 'take'
    ? { type: 'evidence.remove', claimId: id, id: evidence.id }
    : { type: 'evidence.update', claimId: id, id: evidence.id, edit: { stance: 'disputes', credibility: 3 } };
}

/** Commits in order, raises revisions and writes events. */
class TinyServer {
  readonly rows = new Map<string, Claim>();
  readonly events: Event[] = [];

  commit(change: ClaimChange): Claim | null {
    const row = this.rows.get(claimIdOf(change));
    if (change.type === 'claim.create' ? row !== undefined : row === undefined) return null;
    const next = paintClaim(row, change);
    if (next === undefined) return null;
    const claim = { ...next, revision: (row?.revision ?? 0) + 1 };
    this.rows.set(claim.id, claim);
    const type = change.type === 'claim.create' ? 'claim.created' : 'claim.updated';
    this.events.push(eventOf(this.events.length + 1, { type, subject: claim }));
    return claim;
  }
  standing(): Map<string, Claim> {
    return new Map([...this.rows].filter(([, { deleted }]) => deleted === null).sort());
  }
}

test('whatever the order of changes, answers, refusals and repeated events, the page ends with the server’s claims', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const server = new TinyServer();
      let state = initialState(snapshotOf());
      const act = (action: Action) => {
        state = reduce(state, action);
      };
      const answers: (() => void)[] = [];
      for (const [nth, each] of steps.entries()) {
        if (each.by === 'answer') answers.shift()?.();
        else if (each.by === 'hear') {
          const event = server.events[each.which % Math.max(server.events.length, 1)];
          if (event !== undefined) act({ type: 'event', event });
        } else if (each.by === 'others') {
          const change = changeOf(each.wanted, [...server.rows.values()]);
          if (change !== null) server.commit(change);
        } else {
          const key = String(nth).padStart(3, '0');
          const change = changeOf(each.wanted, [...state.claims.values()]);
          if (change === null) continue;
          act({ type: 'changed', key, change });
          answers.push(() => {
            if (!state.pending.some((pending) => pending.key === key)) return;
            const row = each.refused ? null : server.commit(change);
            if (row === null) act({ type: 'refused', key });
            else act({ type: 'told', key, told: { claims: [row] } });
          });
        }
      }
      for (const answer of answers) answer();
      for (const event of [...server.events].reverse()) act({ type: 'event', event });
      expect(state.waiting).toBe(0);
      expect(new Map([...state.claims].sort())).toEqual(server.standing());
    }),
    { seed: 20_264, numRuns: 600 },
  );
});

test('what takes a change back leaves the claim as it was, but for its sign-off and what re-opened it', () => {
  const claim = fc
    .record({ brought: fc.uniqueArray(fc.constantFrom(...MARKS)), wording: fc.constantFrom('a', 'b') })
    .map(({ brought, wording }) => {
      const made = claimOf({ wording });
      return {
        ...made,
        evidence: brought.map((annotationId) => evidenceOf(made.id, { annotationId, note: 'n' })),
      };
    });
  fc.assert(
    fc.property(claim, wanted, (before, wish) => {
      const change = changeOf(wish, [before]);
      fc.pre(change !== null && wish.does !== 'make' && wish.does !== 'restore');
      const back = inverseOfClaim(before, change as ClaimChange, AT);
      const after = paintClaim(paintClaim(before, change as ClaimChange), back as ClaimChange);
      const plain = (one: Claim | undefined) =>
        one && { ...one, evidence: [...one.evidence].sort((a, b) => (a.id < b.id ? -1 : 1)) };
      expect(plain(after)).toEqual(plain(before));
    }),
    { seed: 20_265, numRuns: 300 },
  );
});
