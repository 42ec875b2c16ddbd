import { CLOSE } from '@/lib/live/close-codes';

/** Why the note's socket will not come back by itself. */
export type Stop =
  | 'old-schema'
  | 'signed-out'
  | 'no-access'
  | 'not-found'
  | 'refused'
  | 'too-large'
  | 'broken';

/** What is known about an open note, from which its state line is worded. */
export type NoteFacts = {
  /** Whether the document has come from the server at least once. */
  readonly loaded: boolean;
  readonly connected: boolean;
  /** Local changes that Postgres has not confirmed. */
  readonly unsaved: number;
  readonly stop: Stop | null;
  readonly notice: string | null;
};

export type NoteStatus = {
  readonly kind: 'opening' | 'saved' | 'saving' | 'offline' | 'read-only' | 'stopped';
  readonly text: string;
  /** What is said aloud when it begins; null where saying it at every key would be noise. */
  readonly announce: string | null;
  readonly offer: 'reload' | 'retry' | null;
};

const changes = (count: number) => (count === 1 ? '1 change' : `${count} changes`);

const STOPPED: Record<Stop, { text: string; offer: NoteStatus['offer'] }> = {
  'old-schema': { text: 'Reload needed: Gloss has been updated', offer: 'reload' },
  'signed-out': { text: 'You are signed out', offer: 'retry' },
  'no-access': { text: 'You no longer have access to this note', offer: 'retry' },
  'not-found': { text: 'This note is gone, or you no longer have access', offer: 'retry' },
  refused: { text: 'The server refused this connection', offer: 'reload' },
  'too-large': { text: 'A change was too large to be saved', offer: 'reload' },
  broken: { text: 'Not in sync: a change could not be applied', offer: 'reload' },
};

/** The stop behind a final close code; null for codes after which the socket comes back. */
export function stopOf(code: number): Stop | null {
  switch (code) {
    case CLOSE.oldNoteSchema:
      return 'old-schema';
    case CLOSE.unauthenticated:
      return 'signed-out';
    case CLOSE.noAccess:
      return 'no-access';
    case CLOSE.notFound:
      return 'not-found';
    case CLOSE.tooLarge:
      return 'too-large';
    default:
      return code >= 4400 && code < 4500 ? 'refused' : null;
  }
}

/** Whether typing is let in: loaded once, allowed, and not stopped. Offline it is; what is typed waits. */
export function isWritable(facts: NoteFacts, canWrite: boolean): boolean {
  return canWrite && facts.loaded && facts.stop === null;
}

/** The state line's words. It says saved only when nothing of ours is unconfirmed. */
export function noteStatus(facts: NoteFacts, canWrite: boolean): NoteStatus {
  const { unsaved } = facts;
  if (facts.stop !== null) {
    const { text, offer } = STOPPED[facts.stop];
    const kept = unsaved > 0 ? `. ${changes(unsaved)} not saved: copy what you need before leaving` : '';
    return { kind: 'stopped', text: `${text}${kept}`, announce: `${text}${kept}`, offer };
  }
  if (!facts.connected && unsaved > 0) {
    const announce = 'Offline. Your changes wait here and are sent when the connection is back.';
    return { kind: 'offline', text: `Offline, ${changes(unsaved)} waiting`, announce, offer: null };
  }
  if (!facts.loaded) return { kind: 'opening', text: 'Opening…', announce: null, offer: null };
  if (!facts.connected) return { kind: 'offline', text: 'Offline', announce: 'Offline', offer: null };
  if (!canWrite) {
    const lost = unsaved > 0 ? `, ${changes(unsaved)} not saved` : '';
    return { kind: 'read-only', text: `Read only${lost}`, announce: `Read only${lost}`, offer: null };
  }
  return unsaved > 0
    ? { kind: 'saving', text: 'Saving…', announce: null, offer: null }
    : { kind: 'saved', text: 'Saved', announce: null, offer: null };
}
