'use client';
import type { Editor } from '@tiptap/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Note } from '@/lib/notes/note';
import { useThreads } from '../../threads/use-threads';
import { useQuery } from '../../ui/use-query';
import { goToThread, type Passage, selectedPassage, showThreads, type ThreadStates } from './thread-marks';

/** The discussions of a note: painted in its text, opened from there, by the key, or by the address of the page. */
export function useNoteThreads(note: Note, editor: Editor | null, loaded: boolean) {
  const { threads } = useThreads({ type: 'note', id: note.id });
  const [isOpen, setOpen] = useState(false);
  const [passage, setPassage] = useState<Passage | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const states: ThreadStates = useMemo(
    () => new Map(threads.map(({ id, resolved }) => [id, resolved === null ? 'open' : 'resolved'])),
    [threads],
  );
  useEffect(() => {
    if (editor !== null) showThreads(editor, { states, current: isOpen ? current : null });
  }, [editor, states, current, isOpen]);

  const asked = useQuery('thread');
  const isHere = asked !== null && states.has(asked);
  useEffect(() => {
    if (asked === null || !isHere || !loaded || editor === null) return;
    setCurrent(asked);
    setOpen(true);
    goToThread(editor, asked);
  }, [asked, isHere, loaded, editor]);

  const show = useCallback((threadId: string) => {
    setPassage(null);
    setCurrent(threadId);
    setOpen(true);
    requestAnimationFrame(() =>
      document.querySelector(`[data-thread="${threadId}"]`)?.scrollIntoView({ block: 'nearest' }),
    );
  }, []);
  return {
    isOpen,
    passage,
    open: threads.filter(({ resolved }) => resolved === null).length,
    show,
    /** Opens them, with a field for the selected words where some are. */
    comment: useCallback(() => {
      if (editor === null) return;
      setPassage(selectedPassage(editor));
      setCurrent(null);
      setOpen(true);
    }, [editor]),
    started: useCallback((threadId: string) => {
      setPassage(null);
      setCurrent(threadId);
    }, []),
    close: useCallback(() => {
      setOpen(false);
      setPassage(null);
    }, []),
  };
}
