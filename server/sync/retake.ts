import type { LogEntry } from '../../lib/notes/update-pack';
import { MalformedMessage } from './byte-reader';
import type { Applied } from './note-document';

/**
 * Whether Postgres did not take a row because a client id in it had become another's meanwhile, by way of another process
 * (a unique violation). What is stored then says whose it is.
 */
export function isTakenElsewhere(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** Whether Postgres looked at a row and said no (classes 22 data and 23 constraints), so that trying again is no use. */
export function isRefusal(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return '';
}

export type RetakeSteps = {
  /** Judges and applies an update as if it had just come. @throws MalformedMessage */
  apply(update: Uint8Array, userId: string): Applied;
  /** Whether a user may write under a client id, by what is stored. */
  isTheirs(clientId: number, userId: string): boolean;
  /** Has what still stands written and passed on. */
  keep(applied: Applied, userId: string): void;
};

/**
 * Takes in once more what the database refused with the row it stood in: what others had written in the same few ms is
 * not to suffer for it. Answers the users who had taken what is another's, and those of whose changes something builds on
 * what is no longer there.
 */
export function retake(
  entries: readonly LogEntry[],
  steps: RetakeSteps,
): { atFault: ReadonlySet<string>; short: ReadonlySet<string> } {
  const atFault = new Set<string>();
  const short = new Set<string>();
  for (const { update, userId, claims = [] } of entries) {
    if (userId === null) continue;
    if (claims.some(({ clientId }) => !steps.isTheirs(clientId, userId))) atFault.add(userId);
    try {
      const applied = steps.apply(update, userId);
      steps.keep(applied, userId);
      if (applied.gap) short.add(userId);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      // It was let through before: only what it builds on can have become other than it was.
      atFault.add(userId);
    }
  }
  return { atFault, short };
}
