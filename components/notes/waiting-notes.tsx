'use client';
import { useEffect } from 'react';
import { noteWaiting } from '../live/note-waiting';
import { useProject, useProjectStore } from '../live/project-context';
import { learnWaiting } from '../live/use-kept';
import { toast } from '../ui/toasts';

/** Sends what waits in notes that are not open: each is opened out of sight until the server has all of it. */
export function WaitingNotes() {
  const store = useProjectStore();
  const connection = useProject((state) => state.connection);
  // A note made without a connection can be sent to once the server knows it.
  const onServer = useProject((state) => [...state.notes.values()].filter(isOnServer).length);
  useEffect(() => {
    if (connection !== 'live' || onServer === 0) return;
    const send = () => {
      const { me, project, notes } = store.getState();
      for (const id of noteWaiting.closedIds()) {
        const note = notes.get(id);
        if (note === undefined || !isOnServer(note)) continue;
        noteWaiting.open(id);
        void import('./open-notes').then(({ enterNote, leaveNote }) => {
          const session = enterNote(project.id, id, me);
          session.connect();
          void session.restored.then(() => {
            if (session.facts().keptWords === null) return;
            const text = `What you wrote in “${note.title}” before Gloss was updated is kept. Open the note to decide about it.`;
            toast({ text });
          });
          leaveNote(session);
        });
      }
    };
    const stop = noteWaiting.subscribe(send);
    send();
    learnWaiting(store);
    return stop;
  }, [connection, onServer, store]);
  return null;
}

function isOnServer({ revision }: { revision: number }): boolean {
  return revision > 0;
}
