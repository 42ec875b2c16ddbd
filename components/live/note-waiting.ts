/** Changes that wait in notes, open or not, on this page: note id to their number. */
const counts = new Map<string, number>();
const opened = new Set<string>();
const listeners = new Set<() => void>();
let total = 0;

function tell(): void {
  total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const listener of listeners) listener();
}

/** How many changes in notes wait, for whoever shows it; for `useSyncExternalStore`. */
export const noteWaiting = {
  /** Takes in what the machine remembers of notes that are not open here: those know better themselves. */
  learn(notes: readonly { noteId: string; waiting: number }[]): void {
    const news = notes.filter(({ noteId, waiting }) => !opened.has(noteId) && counts.get(noteId) !== waiting);
    for (const { noteId, waiting } of news) counts.set(noteId, waiting);
    if (news.length > 0) tell();
  },
  open: (noteId: string): void => void opened.add(noteId),
  close: (noteId: string): void => void opened.delete(noteId),
  set(noteId: string, waiting: number): void {
    if ((counts.get(noteId) ?? 0) === waiting) return;
    counts.set(noteId, waiting);
    tell();
  },
  total: (): number => total,
  /** The notes with changes that wait, and nobody here to send them. */
  closedIds: (): string[] => [...counts].flatMap(([id, count]) => (count > 0 && !opened.has(id) ? [id] : [])),
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
