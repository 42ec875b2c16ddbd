import type { Annotation } from '@/lib/annotations/annotation';
import type { Comment, Thread } from '@/lib/threads/thread';
import { type Kind, paint } from './changes';
import type { Known, ProjectState, Things } from './project-state';

/**
 * What the server said, put together. Things carry a revision or are told apart by the id of the event that brought
 * them, so the same news twice, or in the wrong order, ends in the same state.
 */
export type Draft = {
  state: ProjectState;
  base: {
    -readonly [K in keyof Things]: Map<string, Things[K] extends ReadonlyMap<string, infer T> ? T : never>;
  };
  known: Map<string, Known>;
  touched: Map<Kind, Set<string>>;
};

type Thing<K extends Kind> = Things[K] extends ReadonlyMap<string, infer T> ? T : never;
type Values<K extends Kind> = Map<string, Thing<K>>;

/** A copy that may be written to; maps are copied when first written. */
export function draftOf(state: ProjectState): Draft {
  return {
    state,
    base: { ...state.base } as unknown as Draft['base'],
    known: state.known as Map<string, Known>,
    touched: new Map(),
  };
}

export function touch(draft: Draft, kind: Kind, id: string): void {
  const ids = draft.touched.get(kind);
  if (ids === undefined) draft.touched.set(kind, new Set([id]));
  else ids.add(id);
}

function write<K extends Kind>(draft: Draft, kind: K, id: string, thing: Thing<K> | undefined, known: Known) {
  if (draft.base[kind] === draft.state.base[kind])
    (draft.base as Record<Kind, unknown>)[kind] = new Map(draft.state.base[kind] as Values<K>);
  if (draft.known === draft.state.known) draft.known = new Map(draft.known);
  const values = draft.base[kind] as unknown as Values<K>;
  if (thing === undefined) values.delete(id);
  else values.set(id, thing);
  draft.known.set(id, known);
  touch(draft, kind, id);
}

type Revised = 'codes' | 'notes' | 'claims' | 'followUps' | 'sources' | 'speakers' | 'passes' | 'decisions';

const never: Known = { revision: -1, at: -1 };

/** `at` is the event or snapshot that told it, `null` when it is the answer to a call. */
export function mergeRevised<K extends Revised>(
  draft: Draft,
  kind: K,
  thing: Thing<K> & { id: string; revision: number },
  at: number | null,
): void {
  const known = draft.known.get(thing.id) ?? never;
  if (!isNews(known, thing.revision, at)) return;
  write(draft, kind, thing.id, thing, { revision: thing.revision, at: at ?? known.at });
}

function isNews(known: Known, revision: number, at: number | null): boolean {
  return revision > known.revision || (revision === known.revision && at !== null && at >= known.at);
}

export function mergeAnnotation(draft: Draft, annotation: Annotation, at: number | null): void {
  const known = draft.known.get(annotation.id) ?? never;
  if (!isNews(known, annotation.revision, at)) return;
  const before = draft.base.annotations.get(annotation.id);
  // Where the chips are is not part of an annotation's revision: only events and snapshots are dated well enough.
  let noteIds = at === null && before !== undefined ? before.noteIds : annotation.noteIds;
  for (const [noteId, chips] of draft.state.chips)
    if (at !== null && chips.at > at)
      noteIds = withNote(noteIds, noteId, chips.annotationIds.includes(annotation.id));
  write(
    draft,
    'annotations',
    annotation.id,
    noteIds === annotation.noteIds ? annotation : { ...annotation, noteIds },
    {
      revision: annotation.revision,
      at: at ?? known.at,
    },
  );
}

/** An annotation with other words about it than its own row has; what is known of it stays. */
export function putAnnotation(draft: Draft, annotation: Annotation): void {
  write(draft, 'annotations', annotation.id, annotation, draft.known.get(annotation.id) ?? never);
}

function withNote(noteIds: string[], noteId: string, holds: boolean): string[] {
  if (noteIds.includes(noteId) === holds) return noteIds;
  return holds ? [...noteIds, noteId] : noteIds.filter((id) => id !== noteId);
}

/** A note came to rest with these chips in it. */
export function mergeChips(draft: Draft, noteId: string, annotationIds: readonly string[], at: number): void {
  if ((draft.state.chips.get(noteId)?.at ?? -1) >= at) return;
  const chips = new Map(draft.state.chips).set(noteId, { at, annotationIds });
  draft.state = { ...draft.state, chips };
  const held = new Set(annotationIds);
  for (const [id, annotation] of draft.base.annotations) {
    const known = draft.known.get(id) ?? never;
    const noteIds = withNote(annotation.noteIds, noteId, held.has(id));
    if (known.at < at && noteIds !== annotation.noteIds)
      write(draft, 'annotations', id, { ...annotation, noteIds }, known);
  }
}

/** What is the thread's own goes by its revision, what was said in it by that of each comment. */
export function mergeThread(draft: Draft, thread: Thread, at: number | null): void {
  const known = draft.known.get(thread.id) ?? never;
  const before = draft.base.threads.get(thread.id);
  const newer = before === undefined || isNews(known, thread.revision, at);
  const comments = unite(before?.comments ?? [], thread.comments);
  if (!newer && before !== undefined && comments === before.comments) return;
  const next = newer ? { ...thread, comments } : { ...(before as Thread), comments };
  write(draft, 'threads', thread.id, next, {
    revision: newer ? thread.revision : known.revision,
    at: Math.max(known.at, at ?? -1),
  });
}

/** Comments are never taken away, only marked as deleted: the newer of two lists is the newest of each. */
function unite(ours: readonly Comment[], theirs: readonly Comment[]): Comment[] {
  const all = new Map(ours.map((comment) => [comment.id, comment]));
  let isNew = false;
  for (const comment of theirs) {
    if ((all.get(comment.id)?.revision ?? 0) >= comment.revision) continue;
    all.set(comment.id, comment);
    isNew = true;
  }
  if (!isNew) return ours as Comment[];
  return [...all.values()].sort((a, b) =>
    a.created < b.created || (a.created === b.created && a.id < b.id) ? -1 : 1,
  );
}

export function mergeComment(draft: Draft, comment: Comment): void {
  const thread = draft.base.threads.get(comment.threadId);
  if (thread === undefined) return;
  const comments = unite(thread.comments, [comment]);
  if (comments !== thread.comments)
    write(draft, 'threads', thread.id, { ...thread, comments }, draft.known.get(thread.id) ?? never);
}

export function mergeMember(draft: Draft, member: Thing<'members'>, at: number, removed: boolean): void {
  if ((draft.known.get(member.userId)?.at ?? -1) > at) return;
  write(draft, 'members', member.userId, removed ? undefined : member, { revision: 0, at });
}

/** Paints the pending changes over what the server said, for the ids that were touched. */
export function finish(draft: Draft): ProjectState {
  const { state, touched, base, known } = draft;
  const next = { ...state, base: base as unknown as Things, known, waiting: state.pending.length };
  for (const [kind, ids] of touched) {
    const view = new Map(state[kind] as ReadonlyMap<string, unknown>);
    for (const id of ids) {
      const thing = viewOf(next, kind, id);
      if (thing === undefined) view.delete(id);
      else view.set(id, thing);
    }
    (next as Record<Kind, unknown>)[kind] = view;
  }
  return next;
}

function viewOf(state: ProjectState, kind: Kind, id: string): unknown {
  const thing = state.base[kind].get(id);
  if (kind === 'members') return thing;
  if (kind === 'sources' || kind === 'speakers') return gone(thing) ? undefined : thing;
  let painted = thing as
    | Thing<'annotations' | 'codes' | 'threads' | 'notes' | 'claims' | 'followUps' | 'passes' | 'decisions'>
    | undefined;
  for (const { change } of state.pending) painted = paint(kind, painted as never, change, id);
  return kind !== 'annotations' && gone(painted) ? undefined : painted;
}

function gone(thing: unknown): boolean {
  return typeof thing === 'object' && thing !== null && 'deleted' in thing && thing.deleted !== null;
}
