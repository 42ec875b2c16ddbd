import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ConfirmDialog } from '../ui/dialog';
import type { NoteSession } from './note-session';
import { noteStatus, type Offer } from './note-status';

const OFFERS: Record<Offer, string> = {
  reload: 'Reload',
  retry: 'Try again',
  discard: 'Discard…',
  restore: 'Restore a version…',
  kept: 'Words kept from before…',
};

/** What is known about an open note. */
export function useNoteFacts(session: NoteSession) {
  return useSyncExternalStore(session.subscribe, session.facts, session.facts);
}

/** The state line: whether what was typed is kept, where, and what can be done. */
export function NoteState({
  session,
  canWrite,
  onRestore,
  onKept,
}: {
  session: NoteSession;
  canWrite: boolean;
  /** Leads to the versions of the note. */
  onRestore: () => void;
  /** Shows what was kept from before an update. */
  onKept: () => void;
}) {
  const facts = useNoteFacts(session);
  const status = noteStatus(facts, canWrite);
  const [asking, setAsking] = useState(false);
  const said = useAnnouncement(status.announce, status.kind === 'saved');
  const take: Record<Offer, () => void> = {
    reload: () => location.reload(),
    retry: () => session.retry(),
    discard: () => setAsking(true),
    restore: onRestore,
    kept: onKept,
  };
  return (
    <div className="note-state" data-kind={status.kind}>
      <span className="note-state-text">{facts.notice ?? status.text}</span>
      {status.offers.map((offer) => (
        <button key={offer} type="button" className="note-state-action" onClick={() => take[offer]()}>
          {OFFERS[offer]}
        </button>
      ))}
      <span className="note-hidden" role="status">
        {facts.notice ?? said}
      </span>
      <ConfirmDialog
        title="Discard your changes to this note?"
        confirm="Discard them"
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void session.discard().then(() => location.reload())}
      >
        They are on this machine only and the server does not take them. Copy what you need first.
      </ConfirmDialog>
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
