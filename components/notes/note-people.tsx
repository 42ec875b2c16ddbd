import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useProject } from '../live/project-context';
import { Avatar } from '../ui/avatar';
import './carets.css';
import { caretOf } from './caret-labels';
import type { NoteSession } from './note-session';

/** Who has the note open now, each person once. */
export function NotePeople({ session }: { session: NoteSession }) {
  const people = useSyncExternalStore(session.subscribe, session.people, session.people);
  useHonestPresence(session);
  useFollowedCaret(session);
  if (people.length === 0) return null;
  return (
    <ul className="note-people" aria-label="In this note now">
      {people.map(({ id, name }) => {
        const label = id === session.me.id ? `${name} (you)` : name;
        return (
          <li key={id} title={label}>
            <Avatar userId={id} name={name} size={22} />
            <span className="note-hidden">{label}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** The project's own line notices within seconds who is gone, and that we are: the note's goes by it. */
function useHonestPresence(session: NoteSession): void {
  const connection = useProject((state) => state.connection);
  const presence = useProject((state) => state.presence);
  const before = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const now = new Set(presence.map(({ userId }) => userId));
    const gone = [...before.current].filter((id) => !now.has(id));
    before.current = now;
    if (connection === 'live' && gone.length > 0) session.forgetPeople(gone);
  }, [session, presence, connection]);
  useEffect(() => {
    if (connection === 'offline') session.lineIsDead();
  }, [session, connection]);
}

/** Keeps the caret of whoever is followed in view. */
function useFollowedCaret(session: NoteSession): void {
  const following = useProject((state) => state.following);
  useEffect(() => {
    if (following === null) return;
    const { awareness } = session.provider;
    const show = () =>
      requestAnimationFrame(() => {
        for (const [clientId, state] of awareness.getStates())
          if ((state.user as { id?: unknown } | undefined)?.id === following)
            caretOf(document, clientId)?.scrollIntoView({ block: 'nearest' });
      });
    show();
    awareness.on('change', show);
    return () => awareness.off('change', show);
  }, [session, following]);
}
