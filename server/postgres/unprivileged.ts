import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { userInfo } from 'node:os';
import { AppError } from '../../lib/errors';

/** The user that Postgres runs as when Gloss itself runs as root, which Postgres refuses. */
export type Account = { name: string; uid: number; gid: number };

const CLEAN_ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  // Means nothing to Postgres; Next's types demand it of every environment.
  NODE_ENV: 'production',
};

const CANDIDATES = ['gloss', 'postgres', 'nobody'];

/**
 * The account to run Postgres as: undefined means our own. As root it is the owner of the data when there is
 * some, so that an account installed later changes nothing; else the first of a few that usually exist.
 * @throws AppError `unavailable` when Postgres would refuse whoever we are, with what to do.
 */
export function accountFor(data: string): Account | undefined {
  const owner = lstatSync(data, { throwIfNoEntry: false })?.uid;
  const own = process.getuid?.() ?? 0;
  if (own !== 0) {
    if (owner !== undefined && owner !== own) {
      throw new AppError(
        'unavailable',
        `The database in ${data} belongs to user id ${owner}, and Gloss runs as user id ${own}. Run it as that user, or set GLOSS_DATA_DIR to another folder.`,
      );
    }
    assertNamed(own);
    return undefined;
  }
  const names = owner ? [String(owner)] : CANDIDATES;
  for (const name of names) {
    const account = lookUp(name);
    if (account) return account;
  }
  throw new AppError(
    'unavailable',
    `Postgres refuses to run as root, and there is no user ${names.join(' or ')} to run it as. Add one (useradd --system gloss), or set DATABASE_URL.`,
  );
}

/** Whether the account can enter a folder; it can't below a home that is closed to others. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  return trySh(account, 'cd "$1"', folder);
}

/** Whether the account can run a program. */
export function canRun(account: Account | undefined, program: string): boolean {
  return trySh(account, 'test -x "$1" && test -r "$1"', program);
}

/** The part of spawn's options that makes the child run as the account, knowing nothing of our environment. */
export function runAs(account: Account | undefined) {
  return {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: CLEAN_ENVIRONMENT,
  };
}

function trySh(account: Account | undefined, script: string, argument: string): boolean {
  const result = spawnSync('/bin/sh', ['-c', script, 'sh', argument], { ...runAs(account), stdio: 'ignore' });
  if (result.error) {
    throw new AppError('unavailable', `Can't run a program as ${account?.name}: ${result.error.message}`, {
      cause: result.error,
    });
  }
  return result.status === 0;
}

function lookUp(name: string): Account | undefined {
  const ask = (flags: string) => spawnSync('id', [flags, name], { encoding: 'utf8' });
  const [user, uid, gid] = [ask('-nu'), ask('-u'), ask('-g')];
  if (user.status !== 0 || uid.status !== 0 || gid.status !== 0) return undefined;
  return { name: user.stdout.trim(), uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** initdb looks its user up by number and stops when there is no name; say so before it does. */
function assertNamed(uid: number): void {
  try {
    userInfo();
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `Gloss runs as user id ${uid}, which has no name on this machine, and Postgres refuses that. Run it as a user with an entry in /etc/passwd (in a container: add one, or start it with --user of one that exists), or set DATABASE_URL.`,
      { cause },
    );
  }
}
