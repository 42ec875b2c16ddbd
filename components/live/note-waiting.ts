/** Changes that wait in notes, open or not, on this page: note id to their number. */
const counts = new Map<string, number>();
const listeners = new Set<() => void>();
let total = 0;

function tell(): void {
  total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const listener of listeners) listener();
}

/** How many changes in notes wait, for whoever shows it; for `useSyncExternalStore`. */
export const noteWaiting = {
  /** Begins with what waited before this page was opened; an open note knows better. */
  start(notes: readonly { noteId: string; waiting: number }[]): void {
    for (const { noteId, waiting } of notes) if (!counts.has(noteId)) counts.set(noteId, waiting);
    tell();
  },
  set(noteId: string, waiting: number): void {
    if ((counts.get(noteId) ?? 0) === waiting) return;
    counts.set(noteId, waiting);
    tell();
  },
  total: (): number => total,
  /** The notes with changes that wait. */
  ids: (): string[] => [...counts].flatMap(([id, count]) => (count > 0 ? [id] : [])),
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
