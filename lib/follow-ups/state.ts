/** A question wants an answer, a task wants to be done. */
export const FOLLOW_UP_KINDS = ['question', 'task'] as const;

/** How far it is, in the order of the board. `dropped`: nobody will do it, and that is all right. */
export const FOLLOW_UP_STATES = ['open', 'doing', 'done', 'dropped'] as const;

/** Most of what raised it that is quoted, in UTF-16 units. */
export const MOST_QUOTED = 300;

/** Whether there is still something to do about it. */
export function isOpen({ state }: { readonly state: (typeof FOLLOW_UP_STATES)[number] }): boolean {
  return state === 'open' || state === 'doing';
}
