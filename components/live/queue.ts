import type { Pending } from './changes';
import type { Told } from './merge-news';
import type { Refused } from './refused';

/** What became of a change: another page of the same person may have dealt with it. */
export type Standing = 'waiting' | 'sent' | 'refused';

/** What one page of a person tells the others. */
export type QueueNews =
  | { type: 'sent'; key: string; told: Told }
  | { type: 'refused'; entries: readonly Refused[] }
  | { type: 'let-go'; keys: readonly string[] };

/** Where changes wait until the server has them, and refused ones until the person has decided. */
export type Queue = {
  /** Whether everything that waits would still be there after this page is closed. */
  isKept(): boolean;
  /** What waits from before this page, or from pages that are gone; oldest first. */
  load(): Promise<{ changes: readonly Pending[]; refused: readonly Refused[] }>;
  add(pending: Pending): void;
  standing(key: string): Promise<Standing>;
  /** Resolves when other pages can know it: until then nobody else may send. */
  sent(key: string, told: Told): Promise<void>;
  /** Sets refused changes aside; resolves when other pages can know it. */
  refuse(entries: readonly Refused[]): Promise<void>;
  /** Forgets refused changes. */
  letGo(keys: readonly string[]): void;
  /** Runs the work while no other page of this person sends for this project. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Hears what other pages of this person did, until the returned function is called. */
  onNews(listener: (news: QueueNews) => void): () => void;
};

/** A queue that lives as long as the page: for tests, and before the browser's store is there. */
export function memoryQueue(): Queue {
  return {
    isKept: () => false,
    load: async () => ({ changes: [], refused: [] }),
    add: () => undefined,
    standing: async () => 'waiting',
    sent: async () => undefined,
    refuse: async () => undefined,
    letGo: () => undefined,
    alone: (work) => work(),
    onNews: () => () => undefined,
  };
}
