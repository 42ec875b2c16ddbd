import type { Role } from '@/lib/access/roles';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { Code } from '@/lib/codebook/code';
import type { Event } from '@/lib/events/event';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import type { Presence } from '@/lib/live/protocol';
import type { ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import type { Note } from '@/lib/notes/note';
import type { Source } from '@/lib/sources/source';
import type { Speaker } from '@/lib/speakers/speaker';
import type { Comment, Thread } from '@/lib/threads/thread';
import { type Change, dependsOn, makesThing, type Pending, targetOf } from './changes';
import {
  type Draft,
  draftOf,
  finish,
  mergeAnnotation,
  mergeChips,
  mergeComment,
  mergeMember,
  mergeRevised,
  mergeThread,
  touch,
} from './merge';
import { type Connection, type Ended, type ProjectState, projectAfter } from './project-state';
import type { Refused } from './refused';
import { isSpeakerNews, mergeSpeaker, mergeSpeakerNews } from './speaker-news';

/** What a call answered with. */
export type Told = {
  annotations?: readonly Annotation[];
  codes?: readonly Code[];
  notes?: readonly Note[];
  claims?: readonly Claim[];
  followUps?: readonly FollowUp[];
  sources?: readonly Source[];
  speakers?: readonly Speaker[];
  threads?: readonly Thread[];
  comments?: readonly Comment[];
};

export type Action =
  | { type: 'event'; event: Event }
  | { type: 'events'; events: readonly Event[] }
  | { type: 'project'; snapshot: ProjectSnapshot }
  | { type: 'source'; snapshot: SourceSnapshot }
  /** `from` where the change was made in another page or before a reload. */
  | { type: 'changed'; key: string; change: Change; from?: number }
  /** Known through an answer; `key` names the change it confirms. */
  | { type: 'told'; key?: string; told: Told }
  | { type: 'refused'; key: string }
  | { type: 'set-aside'; entries: readonly Refused[] }
  | { type: 'let-go'; keys: readonly string[] }
  | { type: 'ready'; connectionId: string; role: Role }
  /** Events after this one are wanted again. */
  | { type: 'rewind'; to: number }
  | { type: 'presence'; people: readonly Presence[] }
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

function mergeTold(draft: Draft, told: Told, at: number | null): void {
  for (const annotation of told.annotations ?? []) mergeAnnotation(draft, annotation, at);
  for (const code of told.codes ?? []) mergeRevised(draft, 'codes', code, at);
  for (const note of told.notes ?? []) mergeRevised(draft, 'notes', note, at);
  for (const claim of told.claims ?? []) mergeRevised(draft, 'claims', claim, at);
  for (const followUp of told.followUps ?? []) mergeRevised(draft, 'followUps', followUp, at);
  for (const source of told.sources ?? []) mergeRevised(draft, 'sources', source, at);
  for (const speaker of told.speakers ?? []) mergeSpeaker(draft, speaker, at);
  for (const thread of told.threads ?? []) mergeThread(draft, thread, at);
  for (const comment of told.comments ?? []) mergeComment(draft, comment);
}

function mergeEvent(draft: Draft, event: Event): void {
  const { happening, id } = event;
  // Whole-project news has no revision: what an older event says about it no longer counts.
  const newest = id > draft.state.lastEventId;
  draft.state = { ...draft.state, lastEventId: Math.max(draft.state.lastEventId, id) };
  if (isSpeakerNews(happening)) {
    mergeSpeakerNews(draft, happening, id);
    return;
  }
  switch (happening.type) {
    case 'project.created':
    case 'project.updated':
      if (newest)
        draft.state = { ...draft.state, project: projectAfter(draft.state.project, happening.subject) };
      break;
    case 'project.deleted':
      draft.state = {
        ...draft.state,
        connection: 'closed',
        closedBecause: 'This project was deleted.',
        ended: 'no-access',
      };
      break;
    case 'member.added':
    case 'member.updated':
      mergeMember(draft, happening.subject, id, false);
      if (newest && happening.subject.userId === draft.state.me.id)
        draft.state = { ...draft.state, role: happening.subject.role };
      break;
    case 'member.removed':
      mergeMember(draft, happening.subject, id, true);
      break;
    case 'invitation.created':
    case 'invitation.revoked':
    case 'source.watch-set':
    case 'source.watch-removed':
    case 'source.watch-stopped':
      break;
    case 'source.created':
    case 'source.updated':
    case 'source.deleted':
      mergeRevised(draft, 'sources', happening.subject, id);
      break;
    case 'source.version-created': {
      const { how: _, ...source } = happening.subject;
      mergeRevised(draft, 'sources', source, id);
      break;
    }
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded':
      for (const annotation of happening.subject.annotations) mergeAnnotation(draft, annotation, id);
      break;
    case 'annotation.updated': {
      const { from: _, ...annotation } = happening.subject;
      mergeAnnotation(draft, annotation, id);
      break;
    }
    case 'annotation.created':
    case 'annotation.deleted':
    case 'annotation.restored':
      mergeAnnotation(draft, happening.subject, id);
      break;
    case 'code.created':
    case 'code.updated':
    case 'code.moved':
    case 'code.deleted':
      mergeRevised(draft, 'codes', happening.subject, id);
      break;
    case 'code.restored':
    case 'code.merged':
    case 'code.unmerged':
    case 'code.split':
    case 'code.unsplit':
      for (const code of [happening.subject.code, ...happening.subject.codes])
        mergeRevised(draft, 'codes', code, id);
      break;
    case 'claim.updated': {
      const { did: _, ...claim } = happening.subject;
      mergeRevised(draft, 'claims', claim, id);
      break;
    }
    case 'claim.created':
    case 'claim.deleted':
    case 'claim.restored':
      mergeRevised(draft, 'claims', happening.subject, id);
      break;
    case 'follow-up.created':
    case 'follow-up.updated':
    case 'follow-up.deleted':
    case 'follow-up.restored':
      mergeRevised(draft, 'followUps', happening.subject, id);
      break;
    case 'claim-status.set':
      if (newest) draft.state = { ...draft.state, claimStatuses: happening.subject.statuses };
      break;
    case 'thread.created':
      mergeThread(draft, happening.subject, id);
      break;
    case 'thread.updated': {
      const { did: _, ...thread } = happening.subject;
      mergeThread(draft, thread, id);
      break;
    }
    case 'comment.created':
    case 'comment.updated':
    case 'comment.deleted':
    case 'comment.restored':
    case 'comment.reacted': {
      const { commentId: _, ...thread } = happening.subject;
      mergeThread(draft, thread, id);
      break;
    }
    case 'note.created':
    case 'note.updated':
    case 'note.deleted':
      mergeRevised(draft, 'notes', happening.subject, id);
      break;
    case 'note.edited': {
      const { annotationIds, authors: _, ...note } = happening.subject;
      mergeRevised(draft, 'notes', note, id);
      mergeChips(draft, note.id, annotationIds, id);
      break;
    }
    case 'note.signed-off':
    case 'note.unsigned':
    case 'note.query-frozen':
    case 'code.reviewed':
    case 'note.version-created':
    case 'note.version-updated':
      // Whoever shows a note's history or its sign-offs reads them anew.
      break;
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
  const { annotations = [], codes = [], claims = [], followUps = [] } = told;
  const answered = [...annotations, ...codes, ...claims, ...followUps].find((thing) => thing.id === id);
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
