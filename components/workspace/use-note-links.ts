'use client';
import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useEffectEvent } from 'react';
import { isHiddenMark, sayHidden } from '../live/hidden-mark';
import { useActions } from '../live/project-context';
import { wishOfNote } from '../notes/note-wishes';

/** The ways from a mark into a note: into the one beside the source, or to where another holds it. */
export function useNoteLinks(projectId: string, besideId: string, showNote: () => void) {
  const router = useRouter();
  const { peek } = useActions();
  const address = useSearchParams();
  // A discussion of the note, or of a passage of it, is what the address leads to.
  const isTalk = address?.get('thread') != null && address.get('mark') === null;
  const open = useEffectEvent(showNote);
  useEffect(() => {
    if (isTalk) open();
  }, [isTalk]);
  const putInNote = useCallback(
    (annotationId: string) => {
      if (isHiddenMark(peek(), annotationId)) return sayHidden();
      showNote();
      wishOfNote(besideId, { type: 'insert', annotationId });
    },
    [showNote, besideId, peek],
  );
  const showInNote = useCallback(
    (annotationId: string, noteId: string) => {
      if (noteId !== besideId)
        return router.push(`/projects/${projectId}/notes/${noteId}?chip=${annotationId}`);
      showNote();
      wishOfNote(noteId, { type: 'show', annotationId });
    },
    [showNote, besideId, projectId, router],
  );
  return { putInNote, showInNote };
}
