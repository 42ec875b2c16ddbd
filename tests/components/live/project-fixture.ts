import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim, Evidence } from '@/lib/claims/claim';
import { defaultStatuses } from '@/lib/claims/status';
import type { Event, Happening } from '@/lib/events/event';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { placeOf } from '@/lib/follow-ups/place';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import { newId } from '@/lib/new-id';
import type { Comment, Thread } from '@/lib/threads/thread';

export const AT = '2026-01-01T00:00:00.000Z';
export const PROJECT = newId();
export const SOURCE = newId();
export const ME = { id: newId(), name: 'Ada' };
export const OTHER = { id: newId(), name: 'Ben' };

export function snapshotOf(lastEventId = 0): ProjectSnapshot {
  return {
    me: ME,
    project: {
      id: PROJECT,
      teamId: newId(),
      teamName: 'Team',
      name: 'Project',
      role: 'editor',
      readersComment: false,
      secondFactor: 'free',
      lacksFactor: false,
      archived: null,
      created: AT,
      counts: { sources: 1, annotations: 0, members: 2 },
    },
    members: [
      { userId: ME.id, name: ME.name, email: 'ada@example.org', role: 'editor', joined: AT },
      { userId: OTHER.id, name: OTHER.name, email: 'ben@example.org', role: 'editor', joined: AT },
    ],
    sources: [],
    codes: [],
    speakers: [],
    notes: [],
    claims: [],
    followUps: [],
    passes: [],
    claimStatuses: defaultStatuses(PROJECT),
    rest: { claims: null, followUps: null },
    lastEventId,
  };
}

export function annotationOf(over: Partial<Annotation> = {}): Annotation {
  return {
    id: newId(),
    projectId: PROJECT,
    sourceId: SOURCE,
    version: 1,
    creator: OTHER,
    motivation: 'highlighting',
    selector: [
      { type: 'TextPositionSelector', start: 0, end: 4 },
      { type: 'TextQuoteSelector', exact: 'Some', prefix: '', suffix: ' words' },
    ],
    body: null,
    codeIds: [],
    quote: null,
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    noteIds: [],
    anchoring: null,
    passId: null,
    coderId: null,
    ...over,
  };
}

export function claimOf(over: Partial<Claim> = {}): Claim {
  return {
    id: newId(),
    projectId: PROJECT,
    wording: 'The bridge was closed in May.',
    status: 'unverified',
    confidence: null,
    owner: null,
    due: null,
    tags: [],
    creator: OTHER,
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    signedOff: null,
    reopened: null,
    evidence: [],
    ...over,
  };
}

export function followUpOf(over: Partial<FollowUp> = {}): FollowUp {
  const id = over.id ?? newId();
  return {
    id,
    projectId: PROJECT,
    kind: 'task',
    wording: 'Ask the clerk.',
    details: '',
    owner: null,
    due: null,
    state: 'open',
    raisedBy: null,
    place: placeOf(id),
    creator: OTHER,
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    ...over,
  };
}

export function evidenceOf(claimId: string, over: Partial<Evidence> = {}): Evidence {
  return {
    id: newId(),
    claimId,
    annotationId: newId(),
    sourceId: SOURCE,
    origin: null,
    stance: 'supports',
    reliability: null,
    credibility: null,
    note: null,
    creator: OTHER,
    created: AT,
    revision: 1,
    ...over,
  };
}

export function commentOf(over: Partial<Comment> = {}): Comment {
  return {
    id: newId(),
    threadId: newId(),
    creator: OTHER,
    guest: null,
    text: 'Is that so?',
    created: AT,
    edited: null,
    deleted: null,
    revision: 1,
    mentions: [],
    reactions: [],
    ...over,
  };
}

export function threadOf(over: Partial<Thread> = {}): Thread {
  return {
    id: newId(),
    projectId: PROJECT,
    annotationId: newId(),
    claimId: null,
    codeId: null,
    noteId: null,
    sourceId: SOURCE,
    targetCreatorId: null,
    passage: null,
    created: AT,
    revision: 1,
    resolved: null,
    assignee: null,
    comments: [],
    ...over,
  };
}

export function eventOf(id: number, happening: Happening): Event {
  return { id, projectId: PROJECT, at: AT, actor: OTHER, happening };
}
