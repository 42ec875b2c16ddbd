import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isRunning } from './processes';

/** What a Postgres server writes about itself into its data folder while it runs. */
export type PidFile = { pid: number; sockets: string; status: string };

/** Reads `postmaster.pid`. Undefined when there is none, or when it holds no process number. */
export function readPidFile(data: string): PidFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(data, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n').map((line) => line.trim());
  // In single-user mode Postgres writes its number with a minus sign.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return pid > 0 ? { pid, sockets: lines[4] ?? '', status: lines[7] ?? '' } : undefined;
}

/** Whether a process is a Postgres (server or one of its workers) of the cluster with that name. */
export function isOfCluster(command: string, cluster: string): boolean {
  return /^(\S*\/)?postgres(\s|:)/.test(command) && command.includes(cluster);
}

/** The server that runs on a data folder, judged by its process and not by the file alone. */
export function runningServer(data: string, cluster: string): PidFile | undefined {
  const file = readPidFile(data);
  if (file === undefined || !isRunning(file.pid)) return undefined;
  return isOfCluster(commandOf(file.pid), cluster) ? file : undefined;
}
