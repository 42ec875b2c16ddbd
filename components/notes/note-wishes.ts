/** What other parts of the page ask of a note: put this mark in as a chip, or show where it stands. */
export type NoteWish =
  | { readonly type: 'insert' | 'show'; readonly annotationId: string }
  /** Where this person is named. */
  | { readonly type: 'show'; readonly personId: string };

const waiting = new Map<string, NoteWish[]>();
const listeners = new Set<() => void>();

/**
 * Asks something of a note, whether it is open, opening or closed: a wish is kept for as long as the page lives, until
 * the note can grant it. Only the last wish to show something counts, since there is one place to look at.
 */
export function wishOfNote(noteId: string, wish: NoteWish): void {
  const before = waiting.get(noteId) ?? [];
  const kept = wish.type === 'show' ? before.filter(({ type }) => type !== 'show') : before;
  waiting.set(noteId, [...kept, wish]);
  for (const listener of listeners) listener();
}

/**
 * Hands over what a note is asked for, in the order of asking; whoever takes it grants it. While the note can't be
 * changed, marks to put in wait on: what a person asked for is not dropped because a socket is closed just now.
 */
export function takeWishes(noteId: string, canWrite: boolean): readonly NoteWish[] {
  const wishes = waiting.get(noteId) ?? [];
  const kept = canWrite ? [] : wishes.filter(({ type }) => type === 'insert');
  if (kept.length > 0) waiting.set(noteId, kept);
  else waiting.delete(noteId);
  return wishes.filter((wish) => !kept.includes(wish));
}

export function hasWishes(noteId: string): boolean {
  return waiting.has(noteId);
}

/** Listens for new wishes until the returned function is called. */
export function onNoteWish(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
