import type { Editor } from '@tiptap/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { findChip, insertChip, showChip } from './chip-place';
import { isFront } from './front-editor';
import type { NoteSession } from './note-session';
import { hasWishes, onNoteWish, takeWishes, wishOfNote } from './note-wishes';

type Given = { editor: Editor | null; session: NoteSession; writable: boolean; loaded: boolean };

/** Grants what other parts of the page ask of the note: put this mark in, show where it stands. */
export function useNoteWishes({ editor, session, writable, loaded }: Given): void {
  /** Only an editor somebody has put the caret into has a "where the caret stands". */
  const visited = useRef<Editor | null>(null);

  const show = (to: Editor, annotationId: string) => {
    const pos = findChip(to, annotationId);
    if (pos === null) session.notify('That mark is no longer in this note.');
    else showChip(to, pos, true);
  };
  const insert = (to: Editor, annotationId: string) => {
    showChip(to, insertChip(to, annotationId, visited.current === to ? 'caret' : 'end'), false);
  };
  const grant = useEffectEvent(() => {
    if (editor === null || !loaded || !isFront(editor)) return;
    for (const wish of takeWishes(session.noteId, writable)) {
      if (wish.type === 'show') show(editor, wish.annotationId);
      else insert(editor, wish.annotationId);
    }
    if (hasWishes(session.noteId))
      session.notify('This note can’t be changed right now. The mark is put in as soon as it can be.');
  });

  useEffect(() => onNoteWish(() => grant()), []);
  useEffect(() => {
    const asked = chipInAddress(session.noteId);
    if (asked !== null) wishOfNote(session.noteId, { type: 'show', annotationId: asked });
  }, [session]);
  useEffect(() => {
    if (editor === null) return;
    const visit = () => {
      visited.current = editor;
    };
    editor.on('focus', visit);
    return () => {
      editor.off('focus', visit);
    };
  }, [editor]);
  useEffect(() => {
    if (editor !== null && (loaded || writable)) grant();
  }, [editor, loaded, writable]);
}

/** The chip that a note's own page was opened for: `…/notes/NOTE?chip=ANNOTATION`. */
function chipInAddress(noteId: string): string | null {
  const { pathname, search } = location;
  return pathname.endsWith(`/notes/${noteId}`) ? new URLSearchParams(search).get('chip') : null;
}
