import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../lib/errors';
import { processIdentity } from './processes';

type Holder = { host: string; pid: number; identity: string };

const HEARTBEAT_MS = 4_000;
/** How long another machine's mark must stay untouched before it counts as left behind. */
const SILENCE_MS = 15_000;
/** Two programs that start in the same moment both step back and try again; one that is stopping gets its time. */
const PATIENCE_MS = 2_500;

/**
 * Makes this the only program on a data folder. Each program puts down a mark that names its process; a mark
 * whose process is gone is cleared away. Marks are never taken over in place, so two can't win a race for one.
 * @returns a function that gives the folder back.
 * @throws AppError `conflict` when another program has the folder.
 */
export async function lockFolder(dataDir: string, log: (line: string) => void): Promise<() => void> {
  const folder = join(dataDir, 'programs');
  mkdirSync(folder, { recursive: true });
  const me: Holder = { host: hostname(), pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  const mark = join(folder, `${me.host}-${me.pid}-${me.identity.replace(/\W/g, '')}`);

  const began = Date.now();
  for (;;) {
    if (!putDown(mark, me)) throw inUse(dataDir, me);
    const other = await findOther(folder, mark, me.host, log);
    if (other === undefined) break;
    rmSync(mark, { force: true });
    if (Date.now() - began > PATIENCE_MS) throw inUse(dataDir, other);
    await wait(50 + Math.random() * 150);
  }
  // Where the process can't be seen (another container on the same volume), the mark's age tells that we live.
  const heartbeat = setInterval(() => touch(mark), HEARTBEAT_MS).unref();
  return () => {
    clearInterval(heartbeat);
    rmSync(mark, { force: true });
  };
}

/** Whether a running program on this machine has the data folder. */
export function isFolderHeld(dataDir: string): boolean {
  const folder = join(dataDir, 'programs');
  if (!existsSync(folder)) return false;
  return readdirSync(folder)
    .map((name) => readHolder(join(folder, name)))
    .some((holder) => holder?.host === hostname() && processIdentity(holder.pid) === holder.identity);
}

function putDown(mark: string, holder: Holder): boolean {
  try {
    writeFileSync(mark, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function findOther(folder: string, mark: string, host: string, log: (line: string) => void) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (path === mark) continue;
    const holder = readHolder(path);
    if (holder === undefined) continue;
    const alive =
      holder.host === host
        ? processIdentity(holder.pid) === holder.identity
        : await isTouched(path, () =>
            log(`${holder.host} has used this data folder; waiting to see whether it still does`),
          );
    if (alive) return holder;
    rmSync(path, { force: true });
  }
  return undefined;
}

/** Undefined when the mark is gone; one that can't be read was cut off by a crash and names nobody. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function isTouched(path: string, onWait: () => void): Promise<boolean> {
  const age = () => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const first = age();
  // The two machines' clocks may differ; an old mark of an hour is left behind by any clock.
  if (first === undefined || Date.now() - first > 3_600_000) return false;
  onWait();
  for (let waited = 0; waited < SILENCE_MS; waited += 250) {
    await wait(250);
    const now = age();
    if (now === undefined) return false;
    if (now !== first) return true;
  }
  return false;
}

function touch(mark: string): void {
  const now = new Date();
  try {
    utimesSync(mark, now, now);
  } catch (error) {
    // Somebody emptied the data folder under us; the next program finds out for itself.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function inUse(dataDir: string, holder: Holder): AppError {
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
  return new AppError(
    'conflict',
    `The data folder ${dataDir} is in use by another Gloss (process ${holder.pid}${where}). Stop that one first, or set GLOSS_DATA_DIR to another folder.`,
  );
}
