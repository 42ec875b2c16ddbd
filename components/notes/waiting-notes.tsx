'use client';
import { useEffect } from 'react';
import { noteWaiting } from '../live/note-waiting';
import { useActions, useProject } from '../live/project-context';

/** Sends what waits in notes that are not open: each is opened out of sight until the server has all of it. */
export function WaitingNotes() {
  const { peek } = useActions();
  const connection = useProject((state) => state.connection);
  useEffect(() => {
    if (connection !== 'live') return;
    const send = () => {
      const { me, project, notes } = peek();
      const waiting = noteWaiting.ids().filter((id) => (notes.get(id)?.revision ?? 0) > 0);
      if (waiting.length === 0) return;
      void import('./open-notes').then(({ enterNote, leaveNote }) => {
        for (const id of waiting) {
          const session = enterNote(project.id, id, me);
          session.connect();
          leaveNote(session);
        }
      });
    };
    send();
    return noteWaiting.subscribe(send);
  }, [connection, peek]);
  return null;
}
