import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { NoteSession } from './note-session';
import { noteStatus } from './note-status';

/** What is known about an open note. */
export function useNoteFacts(session: NoteSession) {
  return useSyncExternalStore(session.subscribe, session.facts, session.facts);
}

/** The state line: whether what was typed is kept, where, and what can be done. */
export function NoteState({ session, canWrite }: { session: NoteSession; canWrite: boolean }) {
  const facts = useNoteFacts(session);
  const status = noteStatus(facts, canWrite);
  const said = useAnnouncement(status.announce, status.kind === 'saved');
  return (
    <div className="note-state" data-kind={status.kind}>
      <span className="note-state-text">{facts.notice ?? status.text}</span>
      {status.offer === 'reload' ? (
        <button type="button" className="note-state-action" onClick={() => location.reload()}>
          Reload
        </button>
      ) : null}
      {status.offer === 'retry' ? (
        <button type="button" className="note-state-action" onClick={() => session.retry()}>
          Try again
        </button>
      ) : null}
      <span className="note-hidden" role="status">
        {facts.notice ?? said}
      </span>
    </div>
  );
}

/** Saved is only said aloud when it ends something that was: each key would be a message otherwise. */
function useAnnouncement(announce: string | null, saved: boolean): string {
  const [said, setSaid] = useState('');
  const trouble = useRef(false);
  useEffect(() => {
    if (announce !== null) {
      trouble.current = true;
      setSaid(announce);
    } else if (saved && trouble.current) {
      trouble.current = false;
      setSaid('Connected, saved');
    }
  }, [announce, saved]);
  return said;
}
