import { useSyncExternalStore } from 'react';
import { Avatar } from '../ui/avatar';
import type { NoteSession } from './note-session';

/** Who has the note open now, each person once. */
export function NotePeople({ session }: { session: NoteSession }) {
  const people = useSyncExternalStore(session.subscribe, session.people, session.people);
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
