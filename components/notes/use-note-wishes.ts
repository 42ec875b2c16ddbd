import type { Editor } from '@tiptap/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useQuery } from '../ui/use-query';
import { findChip, findPerson, insertChip, showChip } from './chip-place';
import { isFront } from './front-editor';
import type { NoteSession } from './note-session';
import { hasWishes, type NoteWish, onNoteWish, takeWishes, wishOfNote } from './note-wishes';

type Given = { editor: Editor | null; session: NoteSession; writable: boolean; loaded: boolean };

/**
 * Grants what other parts of the page ask of the note: put this mark in, show where it stands; and what its own page was opened
 * for, the chip of `…/notes/NOTE?chip=ANNOTATION`, or whoever `?person=` names.
 */
export function useNoteWishes({ editor, session, writable, loaded }: Given): void {
  /** Only an editor somebody has put the caret into has a "where the caret stands". */
  const visited = useRef<Editor | null>(null);

  const show = (to: Editor, wish: NoteWish) => {
    const isMark = 'annotationId' in wish;
    const pos = isMark ? findChip(to, wish.annotationId) : findPerson(to, wish.personId);
    if (pos !== null) showChip(to, pos, true);
    else
      session.notify(
        isMark ? 'That mark is no longer in this note.' : 'They are no longer named in this note.',
      );
  };
  const insert = (to: Editor, annotationId: string) => {
    showChip(to, insertChip(to, annotationId, visited.current === to ? 'caret' : 'end'), false);
  };
  const grant = useEffectEvent(() => {
    if (editor === null || !loaded || !isFront(editor)) return;
    for (const wish of takeWishes(session.noteId, writable)) {
      if (wish.type === 'show' || !('annotationId' in wish)) show(editor, wish);
      else insert(editor, wish.annotationId);
    }
    if (hasWishes(session.noteId))
      session.notify('This note can’t be changed right now. The mark is put in as soon as it can be.');
  });

  useEffect(() => onNoteWish(() => grant()), []);
  const [chip, person] = [useQuery('chip'), useQuery('person')];
  useEffect(() => {
    if (!location.pathname.endsWith(`/notes/${session.noteId}`)) return;
    if (chip !== null) wishOfNote(session.noteId, { type: 'show', annotationId: chip });
    else if (person !== null) wishOfNote(session.noteId, { type: 'show', personId: person });
  }, [session, chip, person]);
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
