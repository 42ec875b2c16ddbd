import type { Source } from '@/lib/sources/source';

/** One of several files that are brought in, and how far it is. */
export type FileLine = {
  /** The id that its source gets; the same when it is tried again, so that it never comes in twice. */
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'reading' | 'in' | 'failed' | 'cancelled';
  /** Why it failed. */
  readonly why?: string;
};

/** Whether a failure is one that the next files would meet too, so that they wait rather than fail in a row. */
export type Failure = { readonly why: string; readonly stopsAll: boolean };

export type Queue = {
  readonly lines: readonly FileLine[];
  readonly send: (line: FileLine, signal: AbortSignal) => Promise<Source>;
  readonly failureOf: (cause: unknown) => Failure;
  readonly tell: (line: FileLine) => void;
  readonly signal: AbortSignal;
};

/** Files that are still to come in: another try takes them up again. */
export function leftOver(lines: readonly FileLine[]): FileLine[] {
  return lines.filter(({ state }) => state !== 'in');
}

/**
 * Brings files in one after another. One that fails is told and passed over; when the signal aborts, or something fails that
 * would fail the others as well, those that have not come in are told as cancelled. What came in stays.
 */
export async function runQueue({ lines, send, failureOf, tell, signal }: Queue): Promise<void> {
  let isStopped = false;
  for (const { id, name } of leftOver(lines)) {
    if (isStopped || signal.aborted) {
      tell({ id, name, state: 'cancelled' });
      continue;
    }
    tell({ id, name, state: 'reading' });
    try {
      await send({ id, name, state: 'reading' }, signal);
      tell({ id, name, state: 'in' });
    } catch (cause) {
      if (signal.aborted) tell({ id, name, state: 'cancelled' });
      else {
        const { why, stopsAll } = failureOf(cause);
        isStopped = stopsAll;
        tell({ id, name, state: 'failed', why });
      }
    }
  }
}

/** Where all of them stand, in a sentence. */
export function queueWords(lines: readonly FileLine[]): string {
  const many = (state: FileLine['state']) => lines.filter((line) => line.state === state).length;
  const reading = lines.find((line) => line.state === 'reading');
  const begin = `${many('in')} of ${lines.length} files are in.`;
  if (reading) return `${begin} Reading ${reading.name}…`;
  const failed = many('failed');
  const parts = [failed > 0 && `${failed} failed`, many('cancelled') > 0 && `${many('cancelled')} cancelled`];
  const rest = parts.filter(Boolean).join(', ');
  return rest === '' ? begin : `${begin} ${rest[0]?.toUpperCase()}${rest.slice(1)}.`;
}
