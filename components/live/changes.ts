import type { Decision } from '@/lib/adjudication/decision';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { Code } from '@/lib/codebook/code';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import type { Note } from '@/lib/notes/note';
import type { Pass } from '@/lib/passes/pass';
import type { Thread } from '@/lib/threads/thread';
import { bringsMark, type ClaimChange, claimIdOf, isClaimChange, paintClaim } from './claim-changes';
import { type CodeChange, codeIdOf, isCodeChange, paintCode } from './code-changes';
import { type DecisionChange, decisionIdOf, isDecisionChange, paintDecision } from './decision-changes';
import {
  type FollowUpChange,
  followUpIdOf,
  isFollowUpChange,
  isRaisedBy,
  paintFollowUp,
} from './follow-up-changes';
import { grownAnnotation, grownQuote } from './grown';
import { isPassDeed, type PassDeed, paintPass } from './pass-changes';
import { hangsOn, isThreadChange, paintThread, type ThreadChange, threadIdOf } from './thread-changes';

/** With a `selector` belongs the `version` that it was chosen in. */
export type AnnotationEdit = Partial<
  Pick<Annotation, 'motivation' | 'body' | 'codeIds' | 'quote' | 'selector' | 'version'>
>;

/** One thing the person at this page wants changed: painted at once, then sent. */
export type Change =
  | ClaimChange
  | CodeChange
  | DecisionChange
  | FollowUpChange
  | PassDeed
  | ThreadChange
  | { type: 'annotation.create'; annotation: Annotation }
  | { type: 'annotation.update'; id: string; edit: AnnotationEdit }
  /** Adds and takes away codes; unlike an edit of the whole list it keeps what others did to the list meanwhile. */
  | { type: 'annotation.code'; id: string; add: readonly string[]; remove: readonly string[] }
  | { type: 'annotation.delete'; id: string; at: string }
  | { type: 'annotation.restore'; id: string }
  | { type: 'note.create'; note: Note };

/** A change that the server has not confirmed yet. */
export type Pending = {
  readonly key: string;
  readonly change: Change;
  /** The revision the change was made from; raised by our own confirmations, never by what others did. */
  readonly from: number;
};

/** The things of a project that have an id of their own. */
export type Kind =
  | 'annotations'
  | 'codes'
  | 'threads'
  | 'notes'
  | 'claims'
  | 'followUps'
  | 'sources'
  | 'speakers'
  | 'members'
  | 'passes'
  | 'decisions';

/** What a change is about. */
export function targetOf(change: Change): { kind: Kind; id: string } {
  if (isClaimChange(change)) return { kind: 'claims', id: claimIdOf(change) };
  if (isCodeChange(change)) return { kind: 'codes', id: codeIdOf(change) };
  if (isDecisionChange(change)) return { kind: 'decisions', id: decisionIdOf(change) };
  if (isFollowUpChange(change)) return { kind: 'followUps', id: followUpIdOf(change) };
  if (isPassDeed(change)) return { kind: 'passes', id: change.id };
  if (isThreadChange(change)) return { kind: 'threads', id: threadIdOf(change) };
  switch (change.type) {
    case 'annotation.create':
      return { kind: 'annotations', id: change.annotation.id };
    case 'annotation.update':
    case 'annotation.code':
    case 'annotation.delete':
    case 'annotation.restore':
      return { kind: 'annotations', id: change.id };
    case 'note.create':
      return { kind: 'notes', id: change.note.id };
  }
}

/** Whether a change makes the thing it is about, so that without it nothing about that thing can stand. */
export function makesThing({ type }: Change): boolean {
  if (type === 'code.split' || type === 'decision.make') return true;
  return type.endsWith('.create') && type !== 'comment.create' && type !== 'evidence.create';
}

/** Whether a change can't stand once the creation of this id was refused. */
export function dependsOn(change: Change, id: string): boolean {
  if (targetOf(change).id === id) return true;
  if (isClaimChange(change)) return bringsMark(change, id);
  if (isCodeChange(change)) return false;
  if (isDecisionChange(change)) return change.type === 'decision.make' && change.decision.threadId === id;
  if (isFollowUpChange(change)) return isRaisedBy(change, id);
  return change.type === 'thread.create' && hangsOn(change.thread, id);
}

/** The list of codes after some were added and some taken away. */
export function recode(
  codeIds: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): string[] {
  return [...codeIds.filter((id) => !remove.includes(id)), ...add.filter((id) => !codeIds.includes(id))];
}

type Thing = {
  annotations: Annotation;
  codes: Code;
  threads: Thread;
  notes: Note;
  claims: Claim;
  followUps: FollowUp;
  passes: Pass;
  decisions: Decision;
};

/** The thing of this id as it looks with a change painted on it; `undefined` stays so unless the change makes it. */
export function paint<K extends keyof Thing>(
  kind: K,
  thing: Thing[K] | undefined,
  change: Change,
  id: string,
): Thing[K] | undefined {
  const target = targetOf(change);
  if (target.kind !== kind || target.id !== id) return thing;
  return painted(thing, change) as Thing[K] | undefined;
}

function painted(thing: Thing[keyof Thing] | undefined, change: Change): Thing[keyof Thing] | undefined {
  if (isClaimChange(change)) return paintClaim(thing as Claim | undefined, change);
  if (isCodeChange(change)) return paintCode(thing as Code | undefined, change);
  if (isDecisionChange(change)) return paintDecision(thing as Decision | undefined, change);
  if (isFollowUpChange(change)) return paintFollowUp(thing as FollowUp | undefined, change);
  if (isPassDeed(change)) return paintPass(thing as Pass | undefined, change);
  if (isThreadChange(change)) return paintThread(thing as Thread | undefined, change);
  if (change.type === 'annotation.create') return thing ?? grownAnnotation(change.annotation);
  if (change.type === 'note.create') return thing ?? change.note;
  if (thing === undefined) return undefined;
  switch (change.type) {
    case 'annotation.update':
      return { ...(thing as Annotation), ...grownQuote(change.edit) };
    case 'annotation.code': {
      const annotation = thing as Annotation;
      return { ...annotation, codeIds: recode(annotation.codeIds, change.add, change.remove) };
    }
    case 'annotation.delete':
      return { ...(thing as Annotation), deleted: change.at };
    case 'annotation.restore':
      return { ...(thing as Annotation), deleted: null };
  }
}
