import { CLOSE } from '@/lib/live/close-codes';

const EXCESS: Record<string, string> = {
  'too many sockets': 'Gloss is open in too many tabs. Close some, and this one goes on by itself.',
  'too many rooms a minute':
    'Too many pages were opened within a minute. This one goes on by itself in a moment.',
};

/**
 * Why the server ended a connection for now, in words that say what to do; undefined when there is nothing that a person
 * could do about it.
 */
export function turnedAway(code: number, reason: string): string | undefined {
  if (code === CLOSE.tooMany) {
    return EXCESS[reason] ?? 'This page sent too much at once. It goes on by itself in a moment.';
  }
  if (code !== CLOSE.tooSlow) return undefined;
  return 'This connection is too slow for all that happens here. Close other pages of Gloss if this does not go by itself.';
}
