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
  /** Whether the first attempt to reach the server is still under way. */
  readonly trying: boolean;
  /** Why the server does not let this page in for now, in words; null when it did not say so. */
  readonly because: string | null;
  /** Local changes that Postgres has not confirmed. */
  readonly unsaved: number;
  /** Its log holds what must not be there: it is shown as it was before that, and nothing can be changed. */
  readonly isDamaged: boolean;
  /** Words of ours from before Gloss was updated that were not sent and cannot be taken over by themselves. */
  readonly keptWords: string | null;
  readonly stop: Stop | null;
  readonly notice: string | null;
};

export type NoteStatus = {
  readonly kind: 'opening' | 'saved' | 'saving' | 'offline' | 'read-only' | 'damaged' | 'stopped';
  readonly text: string;
  /** What is said aloud when it begins; null where saying it at every key would be noise. */
  readonly announce: string | null;
  readonly offers: readonly Offer[];
};

/**
 * What a person can do about it. To discard is to let go of what this machine keeps and the server does not take; to
 * restore, to bring a version back; `kept` shows the words from before an update.
 */
export type Offer = 'reload' | 'retry' | 'discard' | 'restore' | 'kept';

const changes = (count: number) => (count === 1 ? '1 change' : `${count} changes`);
const changesWait = (count: number) => (count === 1 ? '1 change waits' : `${count} changes wait`);

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const COPY = 'not saved: copy what you need before leaving';
const STOPPED: Record<Stop, { text: string; offer: Offer; kept: string; canDiscard: boolean }> = {
  'old-schema': {
    text: 'Reload needed: Gloss has been updated',
    offer: 'reload',
    kept: 'not saved: kept on this machine and offered to you after that',
    canDiscard: false,
  },
  'signed-out': {
    text: 'You are signed out',
    offer: 'retry',
    kept: 'not saved: kept on this machine until you sign in again',
    canDiscard: false,
  },
  'no-access': {
    text: 'You no longer have access to this note',
    offer: 'retry',
    kept: COPY,
    canDiscard: false,
  },
  'not-found': {
    text: 'This note is gone, or you no longer have access',
    offer: 'retry',
    kept: COPY,
    canDiscard: false,
  },
  refused: { text: 'The server refused this connection', offer: 'reload', kept: COPY, canDiscard: true },
  'too-large': { text: 'A change was too large to be saved', offer: 'reload', kept: COPY, canDiscard: true },
  broken: {
    text: 'Not in sync: a change could not be applied',
    offer: 'reload',
    kept: COPY,
    canDiscard: true,
  },
};

/** The stop behind a final close code; null for codes after which the socket comes back. */
export function stopOf(code: number): Stop | null {
  switch (code) {
    case CLOSE.oldNoteSchema:
      return 'old-schema';
    case CLOSE.unauthenticated:
      return 'signed-out';
    case CLOSE.noAccess:
    case CLOSE.needsFactor:
      return 'no-access';
    case CLOSE.notFound:
      return 'not-found';
    case CLOSE.tooLarge:
      return 'too-large';
    default:
      return code >= 4400 && code < 4500 ? 'refused' : null;
  }
}

/** Whether typing is let in: loaded once, allowed, neither stopped nor damaged. Offline it is; what is typed waits. */
export function isWritable(facts: NoteFacts, canWrite: boolean): boolean {
  return canWrite && facts.loaded && facts.stop === null && !facts.isDamaged;
}

/** The state line's words. It says saved only when nothing of ours is unconfirmed. */
export function noteStatus(facts: NoteFacts, canWrite: boolean): NoteStatus {
  const status = statusOf(facts, canWrite);
  return facts.keptWords === null ? status : { ...status, offers: [...status.offers, 'kept'] };
}

function statusOf(facts: NoteFacts, canWrite: boolean): NoteStatus {
  const { unsaved } = facts;
  if (facts.stop !== null) {
    const { text, offer, kept, canDiscard } = STOPPED[facts.stop];
    const words = unsaved > 0 ? `${text}. ${changes(unsaved)} ${kept}` : text;
    const offers = canDiscard && unsaved > 0 ? ([offer, 'discard'] as const) : [offer];
    return { kind: 'stopped', text: words, announce: words, offers };
  }
  if (!facts.connected && facts.because !== null) {
    const text = unsaved > 0 ? `${facts.because} ${sentence(changesWait(unsaved))}` : facts.because;
    return { kind: 'offline', text, announce: facts.because, offers: [] };
  }
  if (!facts.connected && facts.trying) {
    const text = unsaved > 0 ? `Opening… ${changesWait(unsaved)}` : 'Opening…';
    return { kind: 'opening', text, announce: null, offers: [] };
  }
  if (!facts.connected && unsaved > 0) {
    const announce = 'Offline. Your changes wait on this machine and are sent when the connection is back.';
    return { kind: 'offline', text: `Offline, ${changesWait(unsaved)}`, announce, offers: [] };
  }
  if (!facts.loaded) {
    const text = facts.connected ? 'Opening…' : 'Offline. This note was not opened on this machine before';
    return { kind: facts.connected ? 'opening' : 'offline', text, announce: null, offers: [] };
  }
  if (!facts.connected) return { kind: 'offline', text: 'Offline', announce: 'Offline', offers: [] };
  if (facts.isDamaged) {
    const text = 'This note is damaged and can only be read';
    const words = unsaved > 0 ? `${text}. ${changesWait(unsaved)} on this machine` : text;
    return { kind: 'damaged', text: words, announce: text, offers: canWrite ? ['restore'] : [] };
  }
  if (!canWrite) {
    const text = unsaved > 0 ? `Read only, ${changes(unsaved)} not saved` : 'Read only';
    return { kind: 'read-only', text, announce: text, offers: unsaved > 0 ? ['discard'] : [] };
  }
  return unsaved > 0
    ? { kind: 'saving', text: 'Saving…', announce: null, offers: [] }
    : { kind: 'saved', text: 'Saved', announce: null, offers: [] };
}
