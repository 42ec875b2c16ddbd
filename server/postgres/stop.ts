import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../lib/errors';
import { isOfCluster } from './pid-file';
import type { Place } from './place';
import { isRunning, listProcesses, signal } from './processes';

const POLL_MS = 10;

/**
 * Stops a server by its process number: fast at first (sessions are cut, nothing is lost), then by the
 * harder signals, which cost the next start a recovery but no committed row either.
 * @throws AppError `unavailable` when it outlives them all.
 */
export async function stopServer(pid: number): Promise<void> {
  for (const [name, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 7_000],
    ['SIGKILL', 3_000],
  ] as const) {
    signal(pid, name);
    for (let waited = 0; waited < patience; waited += POLL_MS) {
      if (!isRunning(pid)) return;
      await wait(POLL_MS);
    }
  }
  throw new AppError('unavailable', `Postgres (process ${pid}) can't be stopped.`);
}

/**
 * Clears away what a dead server left: first its workers, which may still hold the shared memory, and only
 * then `postmaster.pid`. Call it only when the server that wrote that file is known to be gone.
 */
export async function clearRemains({ data, cluster }: Place): Promise<void> {
  const left = () => listProcesses().filter(({ command }) => isOfCluster(command, cluster));
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    for (const { pid } of left()) signal(pid, name);
    for (let waited = 0; waited < 3_000 && left().length > 0; waited += 50) await wait(50);
  }
  if (left().length > 0)
    throw new AppError('unavailable', `Old Postgres processes on ${data} can't be stopped.`);
  rmSync(join(data, 'postmaster.pid'), { force: true });
}
