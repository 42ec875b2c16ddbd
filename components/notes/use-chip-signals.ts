import type { Editor } from '@tiptap/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { onSignal } from '../live/signals';
import { findChip, insertChip, showChip } from './chip-place';
import { isFront } from './front-editor';
import type { NoteSession } from './note-session';

type Given = { editor: Editor | null; session: NoteSession; writable: boolean; loaded: boolean };

/** Does what other parts of the page ask of the open note: put this mark in, show where it stands. */
export function useChipSignals({ editor, session, writable, loaded }: Given): void {
  /** A chip asked for before the note had come. */
  const wanted = useRef(chipInAddress(session.noteId));
  /** Marks sent before the note had come, in their order. */
  const early = useRef<string[]>([]);
  /** Only an editor somebody has put the caret into has a "where the caret stands". */
  const visited = useRef<Editor | null>(null);

  const show = useEffectEvent((annotationId: string) => {
    if (editor === null || !loaded) {
      wanted.current = annotationId;
      return;
    }
    wanted.current = null;
    const pos = findChip(editor, annotationId);
    if (pos === null) session.notify('That mark is no longer in this note.');
    else showChip(editor, pos, true);
  });
  const insert = useEffectEvent((annotationId: string) => {
    if (editor !== null && !isFront(editor)) return;
    if (editor === null || !loaded) {
      early.current.push(annotationId);
      return;
    }
    if (!writable) return session.notify('This note can’t be changed right now: nothing was put in.');
    showChip(editor, insertChip(editor, annotationId, visited.current === editor ? 'caret' : 'end'), false);
  });

  useEffect(() => {
    const offShow = onSignal('note.show-chip', ({ noteId, annotationId }) => {
      if (noteId === session.noteId) show(annotationId);
    });
    const offInsert = onSignal('note.insert-chip', ({ annotationId }) => insert(annotationId));
    return () => {
      offShow();
      offInsert();
    };
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
    if (editor === null || !loaded) return;
    for (const annotationId of early.current.splice(0)) insert(annotationId);
    if (wanted.current !== null) show(wanted.current);
  }, [editor, loaded]);
}

/** The chip that a note's own page was opened for: `…/notes/NOTE?chip=ANNOTATION`. */
function chipInAddress(noteId: string): string | null {
  const { pathname, search } = location;
  return pathname.endsWith(`/notes/${noteId}`) ? new URLSearchParams(search).get('chip') : null;
}
