import { type Role, standingRole } from '@/lib/access/roles';
import type { Decision } from '@/lib/adjudication/decision';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { ClaimStatus } from '@/lib/claims/status';
import type { Code } from '@/lib/codebook/code';
import type { Happening } from '@/lib/events/event';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import type { Presence } from '@/lib/live/protocol';
import { LISTS_IN_PARTS, type ListInParts, type ProjectSnapshot } from '@/lib/live/snapshot';
import type { Member } from '@/lib/members/member';
import type { Note } from '@/lib/notes/note';
import type { Pass } from '@/lib/passes/pass';
import type { Project } from '@/lib/projects/project';
import type { Source } from '@/lib/sources/source';
import type { Speaker } from '@/lib/speakers/speaker';
import type { Thread } from '@/lib/threads/thread';
import type { Pending } from './changes';
import type { Refused } from './refused';

/** `closed` is final: the way in was taken away. */
export type Connection = 'live' | 'connecting' | 'offline' | 'closed';

/** Why it is final: who is signed out can come back and go on; who lost access can't. */
export type Ended = 'signed-out' | 'needs-factor' | 'no-access' | 'other';

export type Things = {
  readonly members: ReadonlyMap<string, Member>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly codes: ReadonlyMap<string, Code>;
  /** Who stands for themselves, by the names everybody may see. */
  readonly speakers: ReadonlyMap<string, Speaker>;
  readonly notes: ReadonlyMap<string, Note>;
  /** With their evidence; deleted ones are not among them. */
  readonly claims: ReadonlyMap<string, Claim>;
  /** Deleted ones are not among them. */
  readonly followUps: ReadonlyMap<string, FollowUp>;
  /** As this person may know them; deleted ones are not among them. */
  readonly passes: ReadonlyMap<string, Pass>;
  /** Of passes that were looked into, or decided about, since this page was opened; those taken back too. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Deleted annotations stay, with their time of deletion, so that a chip can say so. */
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly threads: ReadonlyMap<string, Thread>;
};

/** When we learnt of a thing: its revision (0 where it has none) and the id of the event or snapshot that told us. */
export type Known = { readonly revision: number; readonly at: number };

/** The open project as this page sees it: what the server said, with our unconfirmed changes painted over it. */
export type ProjectState = Things & {
  readonly me: { readonly id: string; readonly name: string };
  readonly project: Project;
  readonly role: Role;
  /** What stages a claim goes through here, in order. */
  readonly claimStatuses: readonly ClaimStatus[];
  /** Lists that are still being read, with the cursor of their next page: what is not in them yet may be there all the same. */
  readonly coming: ReadonlyMap<ListInParts, string>;
  readonly presence: readonly Presence[];
  readonly connection: Connection;
  /** Why it is closed, in words for the reader. */
  readonly closedBecause: string | null;
  readonly ended: Ended | null;
  /** This page's own place in the presence list. */
  readonly connectionId: string | null;
  /** Whom this page goes along with. */
  readonly following: string | null;
  /** Changes that the server has not confirmed. */
  readonly waiting: number;
  /** What the server said no to, oldest first, until the person has decided about it. */
  readonly refused: readonly Refused[];
  readonly lastEventId: number;
  /** Only the reducer reads below this line. */
  readonly base: Things;
  readonly known: ReadonlyMap<string, Known>;
  readonly pending: readonly Pending[];
  /** The chips a note was last seen to hold. */
  readonly chips: ReadonlyMap<string, { readonly at: number; readonly annotationIds: readonly string[] }>;
};

const byId = <T extends { id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));

/** The state a page starts with. */
export function initialState(snapshot: ProjectSnapshot): ProjectState {
  const at = snapshot.lastEventId;
  const base: Things = {
    members: new Map(snapshot.members.map((member) => [member.userId, member])),
    sources: byId(snapshot.sources),
    codes: byId(snapshot.codes),
    speakers: byId(snapshot.speakers),
    notes: byId(snapshot.notes),
    claims: byId(snapshot.claims),
    followUps: byId(snapshot.followUps),
    passes: byId(snapshot.passes),
    decisions: new Map(),
    annotations: new Map(),
    threads: new Map(),
  };
  const known = new Map<string, Known>();
  const { sources, codes, notes, claims, followUps, speakers, passes } = snapshot;
  for (const thing of [...sources, ...codes, ...notes, ...claims, ...followUps, ...speakers, ...passes])
    known.set(thing.id, { revision: thing.revision, at });
  for (const member of snapshot.members) known.set(member.userId, { revision: 0, at });
  return {
    ...base,
    me: snapshot.me,
    project: snapshot.project,
    role: standingRole(snapshot.project.role, snapshot.project.archived !== null),
    claimStatuses: snapshot.claimStatuses,
    coming: new Map(
      LISTS_IN_PARTS.flatMap((list) => {
        const cursor = snapshot.rest[list];
        return cursor === null ? [] : [[list, cursor] as const];
      }),
    ),
    presence: [],
    connection: 'connecting',
    closedBecause: null,
    ended: null,
    connectionId: null,
    following: null,
    waiting: 0,
    refused: [],
    lastEventId: at,
    base,
    known,
    pending: [],
    chips: new Map(),
  };
}

/** The project after an event about it; an event says only what was changed. */
export function projectAfter(
  project: Project,
  told: { name: string; readersComment?: boolean; secondFactor?: boolean },
): Project {
  const { name, readersComment = project.readersComment } = told;
  const here = told.secondFactor ? 'here' : 'free';
  const isKept = told.secondFactor === undefined || project.secondFactor === 'everywhere';
  return { ...project, name, readersComment, secondFactor: isKept ? project.secondFactor : here };
}

/** What a page knows after its project was archived or brought back: its reader may do what the gate lets them. */
export function archivedAfter(
  state: ProjectState,
  happening: Extract<Happening, { type: 'project.archived' | 'project.unarchived' }>,
): ProjectState {
  const archived = happening.type === 'project.archived' ? happening.subject.archived : null;
  return roleAfter({ ...state, project: { ...state.project, archived } }, state.project.role);
}

/** The same after they were given another role. */
export function roleAfter(state: ProjectState, role: Role): ProjectState {
  const { project } = state;
  return { ...state, project: { ...project, role }, role: standingRole(role, project.archived !== null) };
}
