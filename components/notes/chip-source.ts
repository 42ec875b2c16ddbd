import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import { CallError, call } from '../ui/http';

/** What a chip can show: the annotation, the words it last had, or why there are none. */
export type ChipFacts = {
  readonly state: 'loading' | 'here' | 'deleted' | 'unavailable';
  readonly annotation: Annotation | null;
  readonly codes: readonly Code[];
};

type Answer = { state: ChipFacts['state']; annotation: Annotation | null };
type Load = (annotationId: string) => Promise<Annotation>;

const AT_ONCE = 4;
/** The page's own store is often filled a moment after the note; asking the server waits for that. */
const WAIT_MS = 250;

/**
 * The annotations behind a note's chips: the page's store first, and what it does not hold (marks on other
 * sources) asked for once. Chips watch by id and are told when theirs changes.
 */
export class ChipSource {
  readonly #load: Load;
  #store: ReadonlyMap<string, Annotation> = new Map();
  #codes: ReadonlyMap<string, Code> = new Map();
  readonly #answers = new Map<string, Answer>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #queue = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = 0;

  constructor(
    projectId: string,
    load: Load = (annotationId) => call('annotation.get', { params: { projectId, annotationId } }),
  ) {
    this.#load = load;
  }

  look(annotationId: string): ChipFacts {
    const stored = this.#store.get(annotationId);
    const answer = this.#answers.get(annotationId);
    const annotation = stored ?? answer?.annotation ?? null;
    const codes = (annotation?.codeIds ?? []).flatMap((id) => this.#codes.get(id) ?? []);
    const state = stored ? (stored.deleted === null ? 'here' : 'deleted') : (answer?.state ?? 'loading');
    return { state, annotation, codes };
  }

  /** Tells of changes until the returned function is called; asks the server where the store has nothing. */
  watch(annotationId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(annotationId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(annotationId, listeners);
    this.#want(annotationId);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(annotationId);
    };
  }

  /** The page's store as it is now. */
  update(annotations: ReadonlyMap<string, Annotation>, codes: ReadonlyMap<string, Code>): void {
    const before = this.#store;
    const recoded = codes !== this.#codes;
    this.#store = annotations;
    this.#codes = codes;
    for (const id of this.#listeners.keys()) {
      const was = before.get(id);
      const now = annotations.get(id);
      if (was !== undefined && now === undefined) {
        // It left the store (another source is open, or it is gone): keep its words and ask how it is.
        this.#answers.set(id, { state: was.deleted === null ? 'here' : 'deleted', annotation: was });
        this.#enqueue(id);
      }
      if (was !== now || (recoded && (now?.codeIds.length ?? 0) > 0)) this.#tell(id);
    }
  }

  /** Asks again for what could not be had; for when the connection is back. */
  retry(): void {
    for (const id of this.#listeners.keys()) {
      if (!this.#store.has(id) && this.#answers.get(id)?.state === 'unavailable') this.#enqueue(id);
    }
  }

  #want(id: string): void {
    if (!this.#store.has(id) && !this.#answers.has(id)) this.#enqueue(id);
  }

  #enqueue(id: string): void {
    this.#queue.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#drain();
    }, WAIT_MS);
  }

  #drain(): void {
    for (const id of this.#queue) {
      if (this.#running >= AT_ONCE) return;
      this.#queue.delete(id);
      if (this.#store.has(id) || !this.#listeners.has(id)) continue;
      this.#running++;
      void this.#ask(id).finally(() => {
        this.#running--;
        this.#drain();
      });
    }
  }

  async #ask(id: string): Promise<void> {
    const known = this.#answers.get(id)?.annotation ?? null;
    try {
      const annotation = await this.#load(id);
      this.#answers.set(id, { state: annotation.deleted === null ? 'here' : 'deleted', annotation });
    } catch (error) {
      const gone = known !== null && error instanceof CallError && error.code === 'not-found';
      // Without an answer, words we already have stay as they were.
      if (gone) this.#answers.set(id, { state: 'deleted', annotation: known });
      else if (known === null) this.#answers.set(id, { state: 'unavailable', annotation: null });
    }
    this.#tell(id);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners.get(id) ?? []) listener();
  }
}
