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
 * @param patienceMs how long each signal may take before the next, harder one.
 * @throws AppError `unavailable` when it outlives them all.
 */
export async function stopServer(pid: number, patienceMs = 15_000): Promise<void> {
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signal(pid, name);
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
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
    const until = Date.now() + 3_000;
    while (left().length > 0 && Date.now() < until) await wait(50);
  }
  if (left().length > 0)
    throw new AppError('unavailable', `Old Postgres processes on ${data} can't be stopped.`);
  rmSync(join(data, 'postmaster.pid'), { force: true });
}
