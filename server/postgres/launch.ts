import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../lib/errors';
import { findBinaries } from './binaries';
import { DATABASE, handshake, OWNER, PORT } from './handshake';
import { initialize } from './initialize';
import { runningServer } from './pid-file';
import { clusterOf, type Place, SYSTEM_FOLDER, settlePlace } from './place';
import { isRunning } from './processes';
import { lockFolder } from './program-lock';
import { type Settings, startServer } from './server-process';
import { clearRemains, stopServer } from './stop';

/** How to reach the launcher's Postgres: `host` is the folder of its unix socket. */
export type SocketConnection = { host: string; port: number; user: string; database: string };

export type LaunchedPostgres = {
  connection: SocketConnection;
  /** Process number of the server. */
  pid: number;
  /** Settles when the server has ended, asked to or not. */
  ended: Promise<void>;
  /** Stops the server and gives the data folder back; once it has settled, another program may have it. */
  stop(): Promise<void>;
};

export type LaunchOptions = {
  /** The program's data folder (GLOSS_DATA_DIR), made if missing. */
  dataDir: string;
  /** Takes one line for people at each step worth knowing. */
  log(line: string): void;
  /** Further Postgres settings; tests trade safety for speed with them. */
  settings?: Settings;
  /** Where to put what the unprivileged user couldn't reach in the data folder. */
  systemFolder?: string;
};

/** How long a server left behind, or its remains, may take to become usable before it is put away by force. */
const GRACE_MS = 10_000;
/** A server that doesn't answer is asked nicely, but not for long. */
const HUNG_PATIENCE_MS = 3_000;
const RETRY_MS = 500;
const ATTEMPTS = 3;

/**
 * Gives the program its own Postgres on a data folder: starts it, makes the cluster first if there is none,
 * or takes on the one that a killed program left running.
 * @throws AppError `conflict` when another program has the folder, `unavailable` with one clear message
 * when this machine, user or folder can't run Postgres.
 */
export async function launchPostgres(options: LaunchOptions): Promise<LaunchedPostgres> {
  const { log } = options;
  const dataDir = makeFolder(options.dataDir);
  const systemFolder = options.systemFolder ?? SYSTEM_FOLDER;
  const unlock = await lockFolder(dataDir, log);
  try {
    const place = settlePlace(dataDir, systemFolder, log);
    const pid = (await adopt(place, log)) ?? (await start(place));
    const stop = async () => {
      await stopServer(pid);
      unlock();
    };
    return { connection: connectionTo(place.sockets), pid, ended: endOf(pid), stop };
  } catch (error) {
    unlock();
    throw error;
  }

  async function start(place: Place): Promise<number> {
    const bin = findBinaries(place.account, systemFolder, log);
    await initialize(place, bin, log);
    return startPatiently(place, () => startServer(place, bin, options.settings ?? {}, log), log);
  }
}

/**
 * The Postgres that already runs on a data folder, for a program that works beside the one that launched it
 * (a command while the server runs). Undefined when none takes queries there.
 */
export async function findRunningPostgres(dataDir: string): Promise<SocketConnection | undefined> {
  if (!existsSync(dataDir)) return undefined;
  const { data, cluster } = clusterOf(realpathSync(dataDir));
  const server = runningServer(data, cluster);
  if (server === undefined || (await handshake(server.sockets)) !== 'ready') return undefined;
  return connectionTo(server.sockets);
}

async function adopt(place: Place, log: (line: string) => void): Promise<number | undefined> {
  const find = () => runningServer(place.data, place.cluster);
  let found = find();
  const until = Date.now() + GRACE_MS;
  while (found && Date.now() < until) {
    if (found.sockets === place.sockets && (await handshake(place.sockets)) === 'ready') {
      log(`database: still running from before (process ${found.pid}), taking it on`);
      return found.pid;
    }
    await wait(100);
    found = find();
  }
  if (found) {
    log(`database: one from before (process ${found.pid}) doesn't answer, stopping it`);
    await stopServer(found.pid, HUNG_PATIENCE_MS);
  }
  return undefined;
}

/**
 * A start may fail because of what a killed server left: workers that take a moment to notice, a
 * `postmaster.pid` whose number now belongs to another process. Time heals most of it, force the rest.
 */
async function startPatiently(place: Place, attempt: () => Promise<number>, log: (line: string) => void) {
  const began = Date.now();
  let cleared = false;
  let said = '';
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const remains = /postmaster\.pid|shared memory block/.test(error.message);
      if (cleared || (!remains && failures >= ATTEMPTS)) throw error;
      if (said === '') log(`database: ${error.message}`);
      if (said === '') log('database: trying again');
      said = error.message;
      if (remains && Date.now() - began > GRACE_MS) {
        log('database: clearing away what a killed server left behind');
        await clearRemains(place);
        cleared = true;
      } else await wait(RETRY_MS);
    }
  }
}

function connectionTo(sockets: string): SocketConnection {
  return { host: sockets, port: PORT, user: OWNER, database: DATABASE };
}

async function endOf(pid: number): Promise<void> {
  while (isRunning(pid)) await wait(500, undefined, { ref: false });
}

function makeFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync(folder);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code;
    throw new AppError(
      'unavailable',
      `Can't make the data folder ${folder} (${reason}). Check GLOSS_DATA_DIR.`,
      {
        cause,
      },
    );
  }
}
