import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { matchTasks } from '@/lib/follow-ups/match-tasks';

/** What a follow-up looks like beside the task that raised it. */
export type TaskFace = { readonly id: string; readonly words: string; readonly title: string };

/** The follow-ups that tasks of a note raised, by the words the task had then; whoever shows them is told when they change. */
export class TaskFollowUps {
  #faces: ReadonlyMap<string, TaskFace> = new Map();
  /** What was found for the tasks last looked at: it is asked at every key, and tasks change at few of them. */
  #last: { readonly tasks: string; readonly found: (TaskFace | null)[] } | null = null;
  readonly #listeners = new Set<() => void>();

  update(faces: ReadonlyMap<string, TaskFace>): void {
    this.#faces = faces;
    this.#last = null;
    for (const listener of this.#listeners) listener();
  }

  isEmpty(): boolean {
    return this.#faces.size === 0;
  }

  /** The faces of these tasks, by the words each has now. */
  look(tasks: readonly string[]): (TaskFace | null)[] {
    const key = JSON.stringify(tasks);
    if (this.#last?.tasks === key) return this.#last.found;
    const faces = [...this.#faces.values()];
    const found = matchTasks(tasks, [...this.#faces.keys()]).map((at) =>
      at === null ? null : (faces[at] ?? null),
    );
    this.#last = { tasks: key, found };
    return found;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

const STATES: Readonly<Record<FollowUp['state'], string>> = {
  open: 'To do',
  doing: 'Being done',
  done: 'Done',
  dropped: 'Dropped',
};

/** The follow-ups of a note's tasks as they are shown; of two for the same words the newer one. */
export function facesOf(followUps: Iterable<FollowUp>, noteId: string): Map<string, TaskFace> {
  const faces = new Map<string, TaskFace>();
  const raised = [...followUps].filter(
    ({ raisedBy, deleted }) => deleted === null && raisedBy?.type === 'note' && raisedBy.id === noteId,
  );
  for (const { id, raisedBy, state, owner, wording } of raised.sort((a, b) => a.id.localeCompare(b.id))) {
    const words = owner === null ? STATES[state] : `${STATES[state]}: ${owner.name}`;
    faces.set(raisedBy?.quote ?? '', { id, words, title: `Open the follow-up: ${wording}` });
  }
  return faces;
}
