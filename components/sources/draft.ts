/** The ways a source can be brought in. */
export const WAYS = ['text', 'url', 'file'] as const;
export type Way = (typeof WAYS)[number];

export type Draft = { way: Way; text: string; url: string };
export const EMPTY_DRAFT: Draft = { way: 'text', text: '', url: '' };

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const key = (projectId: string) => `gloss:bring-in:${projectId}`;

/** What was typed in this tab before, or an empty draft. */
export function readDraft(shelf: Shelf, projectId: string): Draft {
  const stored = shelf.getItem(key(projectId));
  if (!stored) return EMPTY_DRAFT;
  try {
    const kept: unknown = JSON.parse(stored);
    return isDraft(kept) ? kept : EMPTY_DRAFT;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return EMPTY_DRAFT;
  }
}

/** Keeps what is typed. Returns whether it fits: a browser refuses more than about 5 MB. */
export function keepDraft(shelf: Shelf, projectId: string, draft: Draft): boolean {
  try {
    if (draft.text === '' && draft.url === '') shelf.removeItem(key(projectId));
    else shelf.setItem(key(projectId), JSON.stringify(draft));
    return true;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    return false;
  }
}

/** Forgets the draft once the source is saved. */
export function dropDraft(shelf: Shelf, projectId: string): void {
  shelf.removeItem(key(projectId));
}

// By hand rather than by zod: a schema for three fields would bring the library into the page.
function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false;
  const { way, text, url } = kept as Partial<Record<keyof Draft, unknown>>;
  return WAYS.some((each) => each === way) && typeof text === 'string' && typeof url === 'string';
}
