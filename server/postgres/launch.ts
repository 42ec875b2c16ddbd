import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../lib/errors';
import { findBinaries } from './binaries';
import { DATABASE, handshake, OWNER, PORT } from './handshake';
import { initialize } from './initialize';
import { adopt, startPatiently } from './left-behind';
import { runningServer } from './pid-file';
import { clusterOf, type Place, SYSTEM_FOLDER, settlePlace } from './place';
import { isRunning } from './processes';
import { isFolderHeld, lockFolder } from './program-lock';
import { type Settings, startServer } from './server-process';
import { stopServer } from './stop';

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

/** How long a command waits for the server beside it, which may be making its database. */
const JOIN_PATIENCE_MS = 30_000;

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
  let unlock = () => {};
  try {
    unlock = await lockFolder(dataDir, log);
    const place = settlePlace(dataDir, systemFolder, log);
    const pid = (await adopt(place, log)) ?? (await start(place));
    const stop = async () => {
      await stopServer(pid);
      rmSync(place.sockets, { recursive: true, force: true });
      unlock();
    };
    return { connection: connectionTo(place.sockets), pid, ended: endOf(pid), stop };
  } catch (error) {
    unlock();
    throw asClearFault(error, dataDir);
  }

  async function start(place: Place): Promise<number> {
    const bin = findBinaries(place.account, place.account ? systemFolder : dataDir, log);
    await initialize(place, bin, log);
    return startPatiently(place, () => startServer(place, bin, options.settings ?? {}, log), log);
  }
}

/**
 * The Postgres that already runs on a data folder, for a program that works beside the one that launched it
 * (a command while the server runs). Waits for one that is being started. Undefined when none takes queries.
 */
export async function findRunningPostgres(dataDir: string): Promise<SocketConnection | undefined> {
  if (!existsSync(dataDir)) return undefined;
  const folder = realpathSync(dataDir);
  const until = Date.now() + JOIN_PATIENCE_MS;
  for (;;) {
    const { data, cluster } = clusterOf(folder);
    const server = runningServer(data, cluster);
    if (server && (await handshake(server.sockets)) === 'ready') return connectionTo(server.sockets);
    if ((!server && !isFolderHeld(folder)) || Date.now() > until) return undefined;
    await wait(100);
  }
}

function connectionTo(sockets: string): SocketConnection {
  return { host: sockets, port: PORT, user: OWNER, database: DATABASE };
}

async function endOf(pid: number): Promise<void> {
  while (isRunning(pid)) await wait(500, undefined, { ref: false });
}

/** A missing right or a full disk anywhere in the folder is the machine's fault and gets one line. */
function asClearFault(error: unknown, dataDir: string): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('syscall' in error)) return error;
  return new AppError('unavailable', `The data folder ${dataDir} can't be used: ${error.message}`, {
    cause: error,
  });
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
