import type { Editor } from '@tiptap/core';

const mounted: Editor[] = [];

/** Makes an editor the one that takes chips sent to "the open note". Called when it is mounted and focused. */
export function bringToFront(editor: Editor): void {
  leaveFront(editor);
  mounted.push(editor);
}

export function leaveFront(editor: Editor): void {
  const at = mounted.indexOf(editor);
  if (at >= 0) mounted.splice(at, 1);
}

export function isFront(editor: Editor): boolean {
  return mounted.at(-1) === editor;
}
