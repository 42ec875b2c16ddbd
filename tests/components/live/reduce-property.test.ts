import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recode } from '@/components/live/changes';
import { initialState } from '@/components/live/project-state';
import { type Action, reduce } from '@/components/live/reduce';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Event, Happening } from '@/lib/events/event';
import { AT, annotationOf, eventOf, ME, SOURCE, snapshotOf } from './project-fixture';

/**
 * A tiny server: it commits in order, bumps revisions and writes events. Its news then reaches the page shuffled,
 * repeated, and mixed with answers and refusals.
 */
class TinyServer {
  readonly rows = new Map<string, Annotation>();
  readonly events: Event[] = [];

  #commit(row: Annotation, type: Extract<Happening['type'], `annotation.${string}`>): Annotation {
    this.rows.set(row.id, row);
    this.events.push(eventOf(this.events.length + 1, { type, subject: row }));
    return row;
  }
  create(annotation: Annotation): Annotation {
    return this.rows.get(annotation.id) ?? this.#commit({ ...annotation, revision: 1 }, 'annotation.created');
  }
  /** A version of the source: every mark goes on or stays, under the revision it has, and one event tells of all. */
  carry(version: number): void {
    const annotations = [...this.rows.values()].map((row, nth): Annotation => {
      const isPlaced = nth % 3 !== 2;
      const anchoring = {
        version,
        outcome: isPlaced ? ('same' as const) : ('lost' as const),
        state: isPlaced ? ('settled' as const) : ('waiting' as const),
        ...{ score: 1, was: null, changedIn: null, revision: 1 },
      };
      return { ...row, version: isPlaced ? version : row.version, anchoring };
    });
    for (const row of annotations) this.rows.set(row.id, row);
    const subject = { id: SOURCE, from: version - 1, to: version, annotations };
    this.events.push(eventOf(this.events.length + 1, { type: 'source.targets-carried', subject }));
  }
  change(id: string, change: (row: Annotation) => Partial<Annotation>): Annotation | null {
    const row = this.rows.get(id);
    if (row === undefined) return null;
    return this.#commit({ ...row, ...change(row), revision: row.revision + 1 }, 'annotation.updated');
  }
}

const step = fc.oneof(
  fc.record({ what: fc.constant('make' as const), refused: fc.boolean() }),
  fc.record({
    what: fc.constant('edit' as const),
    refused: fc.boolean(),
    of: fc.nat(5),
    text: fc.string({ minLength: 1 }),
  }),
  fc.record({
    what: fc.constant('code' as const),
    refused: fc.boolean(),
    of: fc.nat(5),
    code: fc.constantFrom('x', 'y', 'z'),
  }),
  fc.record({ what: fc.constant('delete' as const), refused: fc.boolean(), of: fc.nat(5) }),
  fc.record({ what: fc.constant('other-makes' as const) }),
  fc.record({ what: fc.constant('other-edits' as const), of: fc.nat(5), text: fc.string({ minLength: 1 }) }),
  fc.record({ what: fc.constant('version' as const) }),
  /** An event of the past reaches the page, maybe not for the first time. */
  fc.record({ what: fc.constant('hear' as const), which: fc.nat(40) }),
  /** The oldest unanswered change is answered. */
  fc.record({ what: fc.constant('answer' as const) }),
);

test('whatever the order of changes, answers, refusals and repeated events, the page ends with the server’s state', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const server = new TinyServer();
      let state = initialState(snapshotOf());
      const act = (action: Action) => {
        state = reduce(state, action);
        expect(state.waiting).toBe(state.pending.length);
      };
      const ids: string[] = [];
      const answers: (() => void)[] = [];
      const heard = new Set<number>();
      let keys = 0;
      let version = 1;
      const send = (
        refused: boolean,
        change: Extract<Action, { type: 'changed' }>['change'],
        commit: () => Annotation | null,
      ) => {
        keys += 1;
        const key = String(keys);
        act({ type: 'changed', key, change });
        answers.push(() => {
          if (!state.pending.some((pending) => pending.key === key)) return;
          const row = refused ? null : commit();
          if (row === null) act({ type: 'refused', key });
          else act({ type: 'told', key, told: { annotations: [row] } });
        });
      };
      for (const each of steps) {
        const id = 'of' in each ? ids[each.of % Math.max(ids.length, 1)] : undefined;
        if (each.what === 'make') {
          const annotation = annotationOf({ revision: 0, creator: ME });
          ids.push(annotation.id);
          send(each.refused, { type: 'annotation.create', annotation }, () => server.create(annotation));
        } else if (each.what === 'other-makes') {
          ids.push(server.create(annotationOf()).id);
        } else if (each.what === 'answer') {
          answers.shift()?.();
        } else if (each.what === 'hear') {
          const event = server.events[each.which % Math.max(server.events.length, 1)];
          if (event !== undefined) {
            heard.add(event.id);
            act({ type: 'event', event });
          }
        } else if (each.what === 'version') {
          version += 1;
          server.carry(version);
        } else if (id === undefined) {
        } else if (each.what === 'edit') {
          const edit = { body: { type: 'TextualBody' as const, value: each.text } };
          send(each.refused, { type: 'annotation.update', id, edit }, () => server.change(id, () => edit));
        } else if (each.what === 'code') {
          send(each.refused, { type: 'annotation.code', id, add: [each.code], remove: [] }, () =>
            server.change(id, (row) => ({ codeIds: recode(row.codeIds, [each.code], []) })),
          );
        } else if (each.what === 'delete') {
          send(each.refused, { type: 'annotation.delete', id, at: AT }, () =>
            server.change(id, () => ({ deleted: AT })),
          );
        } else if (each.what === 'other-edits') {
          server.change(id, () => ({ body: { type: 'TextualBody', value: each.text } }));
        }
      }
      for (const answer of answers) answer();
      for (const event of [...server.events].reverse())
        if (!heard.has(event.id)) act({ type: 'event', event });
      expect(state.waiting).toBe(0);
      expect(new Map([...state.annotations].sort())).toEqual(new Map([...server.rows].sort()));
      expect(state.lastEventId).toBe(server.events.length);
    }),
    { seed: 20_260, numRuns: 600 },
  );
});
