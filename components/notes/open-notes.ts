import { NoteSession } from './note-session';

type Open = { session: NoteSession; mounts: number; closing: ReturnType<typeof setTimeout> | undefined };
const open = new Map<string, Open>();
/** React may unmount and mount again at once; the socket need not notice. */
const CLOSE_AFTER_MS = 1_000;

const keyOf = (projectId: string, noteId: string, userId: string) => `${projectId}/${noteId}/${userId}`;

function warnOfUnsaved(event: BeforeUnloadEvent): void {
  if ([...open.values()].some(({ session }) => session.facts().unsaved > 0 && !session.isKept()))
    event.preventDefault();
}

/** The session of a note: one per open note, shared by its mounts. Each call is paid back with `leaveNote`. */
export function enterNote(projectId: string, noteId: string, me: { id: string; name: string }): NoteSession {
  const key = keyOf(projectId, noteId, me.id);
  let entry = open.get(key);
  if (entry === undefined) {
    if (open.size === 0) addEventListener('beforeunload', warnOfUnsaved);
    entry = { session: new NoteSession(projectId, noteId, me), mounts: 0, closing: undefined };
    open.set(key, entry);
  }
  clearTimeout(entry.closing);
  entry.mounts++;
  entry.session.appear(true);
  return entry.session;
}

/** Gives a session back. It closes when no mount is left and all is saved: what was typed is not thrown away. */
export function leaveNote(session: NoteSession): void {
  const key = keyOf(session.projectId, session.noteId, session.me.id);
  const entry = open.get(key);
  if (entry === undefined || entry.session !== session) return;
  entry.mounts--;
  if (entry.mounts > 0) return;
  entry.closing = setTimeout(() => {
    session.appear(false);
    const closeWhenSaved = () => {
      if (entry.mounts > 0) stop();
      else if (session.facts().unsaved === 0) {
        stop();
        open.delete(key);
        if (open.size === 0) removeEventListener('beforeunload', warnOfUnsaved);
        session.destroy();
      }
    };
    const stop = session.subscribe(() => void session.restored.then(closeWhenSaved));
    void session.restored.then(closeWhenSaved);
  }, CLOSE_AFTER_MS);
}
