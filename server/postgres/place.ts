import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../lib/errors';
import { type Account, accountFor, canEnter } from './unprivileged';

/** Where everything of one data folder's Postgres is, and whom it runs as. */
export type Place = {
  account: Account | undefined;
  /** The cluster itself, what Postgres calls its data directory. */
  data: string;
  /** Folder of the unix socket; short, because a socket's whole path may have about 100 bytes. */
  sockets: string;
  /** What Postgres says, kept beside the data. */
  logFile: string;
  /** In the command line of each of this cluster's processes, to know ours from others. */
  cluster: string;
};

/** Where data and programs go when the account can't reach the data folder: for root only, so writable. */
export const SYSTEM_FOLDER = '/var/lib/gloss';
const LONGEST_SOCKET_FOLDER = 80;

/** Where a data folder's cluster is or would be, made or not. */
export function clusterOf(dataDir: string): { data: string; cluster: string } {
  const pointer = pointerOf(dataDir);
  const data = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres');
  return { data, cluster: `gloss-${digest(data)}` };
}

/**
 * Settles where a data folder's cluster lives and makes the folders around it.
 * @throws AppError `unavailable` when the account can't reach what it needs.
 */
export function settlePlace(dataDir: string, systemFolder: string, log: (line: string) => void): Place {
  let { data, cluster } = clusterOf(dataDir);
  const account = accountFor(data);
  if (dirname(data) === dataDir) openFolder(dataDir, account, log);
  if (!canEnter(account, dirname(data))) {
    if (existsSync(data) || data !== join(dataDir, 'postgres')) {
      throw new AppError(
        'unavailable',
        `The database in ${data} can no longer be reached by the user it belongs to (${account?.name}): a folder above it is closed to others. Open that folder (chmod o+x) and start again.`,
      );
    }
    data = moveOut(dataDir, account, systemFolder);
    cluster = `gloss-${digest(data)}`;
    log(`user ${account?.name} can't reach ${dataDir}, so its files are in ${data}`);
  }
  return {
    account,
    data,
    sockets: socketFolder(data, cluster, account),
    logFile: join(dataDir, 'postgres.log'),
    cluster,
  };
}

/**
 * Lets the account pass through a data folder that is closed (as `mktemp -d` makes them) when nothing above it
 * is: the data stays where it was wanted. What lies in the folder is closed by its own modes.
 */
function openFolder(dataDir: string, account: Account | undefined, log: (line: string) => void): void {
  if (canEnter(account, dataDir) || !canEnter(account, dirname(dataDir))) return;
  chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o001);
  log(`opened ${dataDir} for user ${account?.name} to pass through, not to read`);
}

function moveOut(dataDir: string, account: Account | undefined, systemFolder: string): string {
  mkdirSync(systemFolder, { recursive: true });
  chmodSync(systemFolder, 0o755);
  if (!canEnter(account, systemFolder)) {
    throw new AppError(
      'unavailable',
      `User ${account?.name}, whom Postgres runs as, can reach neither ${dataDir} nor ${systemFolder}. Set GLOSS_DATA_DIR to a folder that others may enter.`,
    );
  }
  const data = join(systemFolder, digest(dataDir));
  writeFileSync(pointerOf(dataDir), `${data}\n`);
  return data;
}

function socketFolder(data: string, cluster: string, account: Account | undefined): string {
  const beside = join(dirname(data), `${basename(data)}.sockets`);
  const folder = Buffer.byteLength(beside) <= LONGEST_SOCKET_FOLDER ? beside : join(tmpdir(), cluster);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = account?.uid ?? process.getuid?.();
  const found = lstatSync(folder);
  // Below a temporary folder anyone may have put something of that name there first.
  if (!found.isDirectory() || ![owner, process.getuid?.()].includes(found.uid)) {
    throw new AppError('unavailable', `${folder} belongs to somebody else. Remove it and start again.`);
  }
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  if (!canEnter(account, folder)) {
    throw new AppError(
      'unavailable',
      `User ${account?.name} can't enter ${folder}. Set TMPDIR to a folder it can.`,
    );
  }
  return folder;
}

const pointerOf = (dataDir: string) => join(dataDir, 'postgres-location');

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
