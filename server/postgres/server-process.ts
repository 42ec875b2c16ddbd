import { spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../lib/errors';
import { handshake } from './handshake';
import { readPidFile } from './pid-file';
import type { Place } from './place';
import { runAs } from './unprivileged';

/** Postgres' settings by name, as in postgresql.conf. */
export type Settings = Record<string, string>;

const LOG_BYTES = 4 * 1024 * 1024;
const TAIL_LINES = 12;
const POLL_MS = 20;
const NEWS_EVERY_MS = 5_000;
/** Recovery after a crash replays at most a few checkpoints' worth of log; this is far beyond. */
const PATIENCE_MS = 300_000;

/**
 * Starts the server on a cluster and waits until it takes queries. It outlives this program if that is
 * killed, writing to a file, and is found again by the next one.
 * @returns its process number.
 * @throws AppError `unavailable` with what the server said when it ends instead.
 */
export async function startServer(
  place: Place,
  bin: string,
  settings: Settings,
  log: (line: string) => void,
): Promise<number> {
  if (existsSync(place.logFile) && statSync(place.logFile).size > LOG_BYTES) {
    renameSync(place.logFile, `${place.logFile}.1`);
  }
  const output = openSync(place.logFile, 'a', 0o600);
  chmodSync(place.logFile, 0o600);
  const from = statSync(place.logFile).size;
  const options = Object.entries({ ...settingsFor(place), ...settings });
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', place.data, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Its own session: Ctrl+C in a terminal is for the program, which then stops the server in its turn.
    { ...runAs(place.account), detached: true, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  let end: string | undefined;
  child.on('error', (error) => (end = error.message));
  child.on('exit', (code, signal) => (end = signal ?? `exit code ${code}`));
  child.unref();

  const began = Date.now();
  let news = NEWS_EVERY_MS;
  for (;;) {
    const waited = Date.now() - began;
    if (end !== undefined || child.pid === undefined || waited > PATIENCE_MS) {
      child.kill('SIGQUIT');
      throw new AppError(
        'unavailable',
        `Postgres did not start (${end ?? 'no answer'}).\n${tail(place.logFile, from)}`,
      );
    }
    // Asking costs the server a process; its file tells when that is worth while.
    const own = readPidFile(place.data);
    if (own?.pid === child.pid && own.status === 'ready' && (await handshake(place.sockets)) === 'ready') {
      return child.pid;
    }
    if (waited >= news) {
      log(`still starting; it may be recovering (see ${place.logFile})`);
      news += NEWS_EVERY_MS;
    }
    await wait(POLL_MS);
  }
}

function settingsFor(place: Place): Settings {
  return {
    listen_addresses: '',
    unix_socket_directories: place.sockets,
    unix_socket_permissions: '0700',
    port: '5432',
    cluster_name: place.cluster,
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // Disks have no arms any more: what an index points at is read about as fast as what lies in a row.
    random_page_cost: '1.1',
    jit: 'off',
    // Parallel workers share memory in /dev/shm, which containers keep tiny; nothing here needs them.
    max_parallel_workers_per_gather: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
}

function tail(file: string, from: number): string {
  const lines = readFileSync(file).subarray(from).toString('utf8').trim().split('\n');
  return lines.slice(-TAIL_LINES).join('\n');
}
