import type { Role } from '@/lib/access/roles';
import type { Event } from '@/lib/events/event';
import { afterChange, type PresenceChange } from '@/lib/live/presence';
import type { Presence } from '@/lib/live/protocol';
import type { ListInParts, ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import { type Change, dependsOn, makesThing, type Pending, targetOf } from './changes';
import { type Draft, draftOf, finish, mergeMember, touch } from './merge';
import { mergeEvent, mergeTold, type Told } from './merge-news';
import type { Connection, Ended, ProjectState } from './project-state';
import type { Refused } from './refused';

export type Action =
  | { type: 'event'; event: Event }
  | { type: 'events'; events: readonly Event[] }
  | { type: 'project'; snapshot: ProjectSnapshot }
  | { type: 'source'; snapshot: SourceSnapshot }
  /** `from` where the change was made in another page or before a reload. */
  | { type: 'changed'; key: string; change: Change; from?: number }
  /** Known through an answer; `key` names the change it confirms. */
  | { type: 'told'; key?: string; told: Told }
  /** A list was read on, and says what `told` holds; what is left of it begins after `next`, and it is whole with `null`. */
  | { type: 'read-on'; list: ListInParts; told: Told; next: string | null }
  | { type: 'refused'; key: string }
  | { type: 'set-aside'; entries: readonly Refused[] }
  | { type: 'let-go'; keys: readonly string[] }
  | { type: 'ready'; connectionId: string; role: Role }
  /** Events after this one are wanted again. */
  | { type: 'rewind'; to: number }
  | { type: 'presence'; people: readonly Presence[] }
  | ({ type: 'presence-change' } & PresenceChange)
  | { type: 'follow'; userId: string | null }
  | { type: 'connection'; connection: Connection; because?: string; ended?: Ended };

/** The one place where an open project changes. */
export function reduce(state: ProjectState, action: Action): ProjectState {
  switch (action.type) {
    case 'event':
      return reduce(state, { type: 'events', events: [action.event] });
    case 'events': {
      const draft = draftOf(state);
      for (const event of action.events) mergeEvent(draft, event);
      return finish(draft);
    }
    case 'project': {
      const { snapshot } = action;
      const draft = draftOf({
        ...state,
        project: snapshot.project,
        role: snapshot.project.role,
        me: snapshot.me,
        claimStatuses: snapshot.claimStatuses,
      });
      mergeTold(draft, snapshot, snapshot.lastEventId);
      for (const member of snapshot.members) mergeMember(draft, member, snapshot.lastEventId, false);
      return finish(draft);
    }
    case 'source': {
      const { snapshot } = action;
      const draft = draftOf(state);
      mergeTold(
        draft,
        { ...snapshot, sources: [snapshot.source], notes: [snapshot.note] },
        snapshot.lastEventId,
      );
      return finish(draft);
    }
    case 'changed':
      return change(state, action.key, action.change, action.from);
    case 'told': {
      const draft = draftOf(state);
      mergeTold(draft, action.told, null);
      if (action.key !== undefined) confirm(draft, action.key, action.told);
      return finish(draft);
    }
    case 'read-on': {
      const coming = new Map(state.coming);
      if (action.next === null) coming.delete(action.list);
      else coming.set(action.list, action.next);
      const draft = draftOf({ ...state, coming });
      mergeTold(draft, action.told, null);
      return finish(draft);
    }
    case 'refused':
      return refuse(state, action.key);
    case 'set-aside': {
      const known = new Set(state.refused.map(({ key }) => key));
      const news = action.entries.filter(({ key }) => !known.has(key));
      if (news.length === 0) return state;
      const refused = [...state.refused, ...news].sort(byKey);
      return { ...state, refused };
    }
    case 'let-go':
      return { ...state, refused: state.refused.filter(({ key }) => !action.keys.includes(key)) };
    case 'ready':
      return { ...state, connectionId: action.connectionId, role: action.role, connection: 'live' };
    case 'rewind':
      return { ...state, lastEventId: Math.min(state.lastEventId, action.to) };
    case 'presence':
      return { ...state, presence: action.people };
    case 'presence-change':
      return { ...state, presence: afterChange(state.presence, action) };
    case 'follow':
      return { ...state, following: action.userId };
    case 'connection':
      if (state.connection === 'closed') return state;
      return {
        ...state,
        connection: action.connection,
        closedBecause: action.because ?? null,
        ended: action.connection === 'closed' ? (action.ended ?? 'other') : null,
      };
  }
}

/** Keys are UUIDv7: their order is the order in which changes were made, in whichever page. */
function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}

function change(state: ProjectState, key: string, wanted: Change, madeFrom?: number): ProjectState {
  if (state.pending.some((pending) => pending.key === key)) return state;
  const target = targetOf(wanted);
  const from = madeFrom ?? state.known.get(target.id)?.revision ?? 0;
  const pending = [...state.pending, { key, change: wanted, from }];
  // What comes in from before a reload, or from another page, goes to its place among the rest.
  const draft = draftOf({ ...state, pending: madeFrom === undefined ? pending : pending.sort(byKey) });
  touch(draft, target.kind, target.id);
  return finish(draft);
}

function confirm(draft: Draft, key: string, told: Told): void {
  const done = draft.state.pending.find((pending) => pending.key === key);
  if (done === undefined) return;
  const { kind, id } = targetOf(done.change);
  const { annotations = [], codes = [], claims = [], followUps = [], passes = [], decisions = [] } = told;
  const answered = [...annotations, ...codes, ...claims, ...followUps, ...passes, ...decisions].find(
    (thing) => thing.id === id,
  );
  const revision = answered?.revision ?? draft.known.get(id)?.revision ?? 0;
  const pending = draft.state.pending
    .filter((other) => other.key !== key)
    .map((other): Pending => (targetOf(other.change).id === id ? { ...other, from: revision } : other));
  draft.state = { ...draft.state, pending };
  touch(draft, kind, id);
}

function refuse(state: ProjectState, key: string): ProjectState {
  const refused = state.pending.find((pending) => pending.key === key);
  if (refused === undefined) return state;
  const { id } = targetOf(refused.change);
  const makes = makesThing(refused.change);
  const orphaned = makes && !Object.values(state.base).some((things) => things.has(id));
  const pending = state.pending.filter(
    (other) => other.key !== key && !(orphaned && dependsOn(other.change, id)),
  );
  const draft = draftOf({ ...state, pending });
  for (const other of state.pending)
    if (!pending.includes(other)) {
      const target = targetOf(other.change);
      touch(draft, target.kind, target.id);
    }
  return finish(draft);
}
