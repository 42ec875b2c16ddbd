import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import { isTyping } from './project-context';
import { signal } from './signals';

/** Begins a question or a task about something; the words are proposed, not sent. */
export function raiseFollowUp(raisedBy: RaisedBy | null, wording = ''): void {
  signal('follow-up.raise', { raisedBy, wording });
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'>;

/** Whether a key asks for a follow-up on what has the focus: `f`, where nothing is being typed. */
export function isRaiseKey({ key, ctrlKey, metaKey, altKey, shiftKey, target }: Key): boolean {
  return key === 'f' && !ctrlKey && !metaKey && !altKey && !shiftKey && !isTyping(target);
}
