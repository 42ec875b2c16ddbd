/** What was typed and not sent, by where: closing a card must not cost it. */
const drafts = new Map<string, string>();

export function draftOf(key: string): string {
  return drafts.get(key) ?? '';
}

/** Keeps what was typed; an empty text forgets it. Also gives words back that the server refused. */
export function keepDraft(key: string, text: string): void {
  if (text === '') drafts.delete(key);
  else drafts.set(key, text);
}
