import type { Annotation } from '@/lib/annotations/annotation';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import type { Pass } from '@/lib/passes/pass';
import type { call as Call, CallError } from '../ui/http';
import type { AnnotationEdit, Change, Pending } from './changes';
import { claimActions } from './claim-actions';
import { codeActions } from './code-actions';
import { decisionActions } from './decision-actions';
import { followUpActions } from './follow-up-actions';
import { createOutbox } from './outbox';
import { inverseOfPass, type PassDeed, type PassEdit } from './pass-changes';
import { initialState, type ProjectState } from './project-state';
import type { Queue } from './queue';
import { type Action, reduce } from './reduce';
import { togetherWith } from './refused';
import { threadActions } from './thread-actions';
import { againOf, inverseOf, nameOf } from './undo';

export type StoreNeeds = {
  snapshot: ProjectSnapshot;
  call: typeof Call;
  /** Where unsent changes wait. */
  queue: Queue;
  now: () => Date;
  pause: (ms: number) => Promise<void>;
  onRefused: (pending: Pending, error: CallError) => void;
  /** What was done by a call of its own was not taken back, or not done again. */
  onNotUndone: (deed: Deed, error: unknown) => void;
};

/** What is said about a new mark; the rest is filled in here. */
export type NewMark = Pick<Annotation, 'sourceId' | 'version' | 'motivation' | 'selector'> &
  Partial<Pick<Annotation, 'id' | 'body' | 'codeIds' | 'quote' | 'passId'>>;

/** What was done by a call of its own rather than through the outbox, and the calls that take it back and do it again. */
export type Deed = {
  /** What it did, for "Undone: …". */
  readonly name: string;
  undo(): Promise<unknown>;
  redo(): Promise<unknown>;
};

type Step =
  | { readonly key: string; readonly undo: Change; readonly redo: Change }
  | { readonly key: string; readonly deed: Deed };

/** Holds the open project: one reducer, the changes on their way, undo and redo. */
export function createProjectStore(needs: StoreNeeds) {
  let state = initialState(needs.snapshot);
  const listeners = new Set<() => void>();
  let done: Step[] = [];
  let undone: Step[] = [];

  const getState = (): ProjectState => state;
  const dispatch = (action: Action): void => {
    const next = reduce(state, action);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const outbox = createOutbox({
    getState,
    dispatch,
    call: needs.call,
    queue: needs.queue,
    now: needs.now,
    pause: needs.pause,
    onRefused: (pending, error) => {
      done = done.filter((step) => step.key !== pending.key);
      undone = undone.filter((step) => step.key !== pending.key);
      needs.onRefused(pending, error);
    },
  });
  const now = () => needs.now().toISOString();
  const apply = (change: Change): string => {
    const key = newId();
    dispatch({ type: 'changed', key, change });
    const made = state.pending.find((pending) => pending.key === key);
    if (made !== undefined) needs.queue.add(made);
    outbox.kick();
    return key;
  };
  /** How often something was done at once, without a call that has to be waited for. */
  let strokes = 0;
  const make = (change: Change): void => {
    strokes += 1;
    const undo = inverseOf(state, change, now());
    const key = apply(change);
    if (undo !== null) {
      done.push({ key, undo, redo: change });
      undone = [];
    }
  };
  /** Keeps what was done by a call of its own, so that it can be taken back as any other change. */
  const didToPass = (deed: PassDeed, before?: Pass): void => {
    done.push({ key: newId(), undo: inverseOfPass(before, deed, now()), redo: deed });
    undone = [];
  };
  const did = (deed: Deed): void => {
    done.push({ key: newId(), deed });
    undone = [];
  };
  const me = () => ({ id: state.me.id, name: state.me.name });
  /** Whether each went well. */
  const onTheirWay = new Set<Promise<boolean>>();
  const acting = <T>(act: () => Promise<T>): Promise<T> => {
    const answer = act();
    const gone = (went: boolean) => (): boolean => onTheirWay.delete(settled) && went;
    const settled: Promise<boolean> = answer.then(gone(true), gone(false));
    onTheirWay.add(settled);
    return answer;
  };
  const step = async (which: 'undo' | 'redo'): Promise<string | null> => {
    const asOf = strokes;
    // Who means to take back what was refused does not mean what came before it, nor what was done since.
    while (onTheirWay.size > 0) if ((await Promise.all(onTheirWay)).includes(false)) return null;
    if (strokes !== asOf) return null;
    const [from, to] = which === 'undo' ? [done, undone] : [undone, done];
    const last = from.pop();
    if (last === undefined) return null;
    if ('deed' in last) {
      to.push(last);
      acting(() => last.deed[which]()).catch((error: unknown) => {
        if (to.includes(last)) to.splice(to.indexOf(last), 1);
        needs.onNotUndone(last.deed, error);
      });
      return last.deed.name;
    }
    const wanted = which === 'redo' ? againOf(last.redo) : last.undo;
    to.push({ ...last, key: apply(wanted) });
    return nameOf(last.redo);
  };

  const forget = (keys: readonly string[]): void => {
    dispatch({ type: 'let-go', keys });
    needs.queue.letGo(keys);
  };

  const actions = {
    ...claimActions(getState, make, now),
    ...codeActions(getState, make, now),
    ...decisionActions(getState, make, now),
    ...followUpActions(getState, make, now),
    ...threadActions(getState, make, now),
    /** Keeps what was done, so that it can be taken back as any other change. */
    did,
    /** Does something by calls of its own, told by `did`: whoever takes something back meanwhile means this. */
    acting,
    madePass: (id: string): void => didToPass({ type: 'pass.restore', id, isNew: true }),
    removePass: (id: string): void => make({ type: 'pass.delete', id, at: now() }),
    restorePass: (id: string): void => make({ type: 'pass.restore', id }),
    /** Keeps how a pass was before the server changed it, so that this can be taken back. */
    changedPass: (before: Pass, edit: PassEdit, was: PassEdit): void =>
      didToPass({ type: 'pass.update', id: before.id, edit, was, assign: [] }, before),
    /** Paints a new mark at once and sends it. Returns its id. */
    createAnnotation(mark: NewMark): string {
      const id = mark.id ?? newId();
      const at = now();
      make({
        type: 'annotation.create',
        annotation: {
          body: null,
          codeIds: [],
          quote: null,
          passId: null,
          coderId: null,
          ...mark,
          id,
          projectId: state.project.id,
          creator: me(),
          created: at,
          modified: at,
          revision: 0,
          deleted: null,
          noteIds: [],
          anchoring: null,
        },
      });
      return id;
    },
    updateAnnotation(id: string, edit: AnnotationEdit): void {
      make({ type: 'annotation.update', id, edit });
    },
    codeAnnotation(id: string, add: readonly string[], remove: readonly string[] = []): void {
      make({ type: 'annotation.code', id, add, remove });
    },
    removeAnnotation(id: string): void {
      make({ type: 'annotation.delete', id, at: now() });
    },
    restoreAnnotation(id: string): void {
      make({ type: 'annotation.restore', id });
    },
    /** Starts a note; its text is written through the note's own socket. Returns its id. */
    createNote(note: { id?: string; title: string; sourceId?: string | null }): string {
      const id = note.id ?? newId();
      const at = now();
      const made: Note = {
        id,
        projectId: state.project.id,
        sourceId: note.sourceId ?? null,
        title: note.title,
        created: at,
        modified: at,
        revision: 0,
        deleted: null,
        excerpt: '',
      };
      make({ type: 'note.create', note: made });
      return id;
    },
    /** Makes a refused change again, with what was built on it. */
    retryRefused(key: string): void {
      const entries = togetherWith(key, state.refused);
      forget(entries.map((entry) => entry.key));
      for (const entry of entries) apply(entry.change);
    },
    discardRefused: (key: string): void => forget([key]),
    /** Takes the last change back, once what is on its way is answered; gives its name, or `null` when there is none. */
    undo: (): Promise<string | null> => step('undo'),
    redo: (): Promise<string | null> => step('redo'),
  };

  return {
    getState,
    dispatch,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    actions,
    /** Takes in and sends what waits from before this page. */
    adopt: outbox.adopt,
    /** Sets aside what waits, when access has ended. */
    giveUp: (): void => outbox.giveUp('You no longer have access to this project.'),
    /** Hears of this person's other pages, until the returned function is called. */
    listen: outbox.listen,
  };
}

export type ProjectStore = ReturnType<typeof createProjectStore>;
