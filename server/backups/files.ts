import { constants, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Connection } from '../../db/client';
import { AppError } from '../../lib/errors';
import { type BackedUp, backUp } from './back-up';
import { type Restored, restore } from './restore';

/** Stands for standard output or input in the place of a file. */
const PIPE = '-';

/**
 * Writes a backup into a new file that its owner alone may read, under its name only once it is whole and on the disk;
 * `-` is standard output, for encrypting. @throws AppError conflict when the file exists, invalid when it can't be written.
 */
export async function backUpToFile(
  connection: Connection,
  path: string,
  migrations: string,
): Promise<BackedUp> {
  if (path === PIPE) return backUp(connection, process.stdout, migrations);
  if (existsSync(path))
    throw new AppError('conflict', `${path} exists already. Choose another name, or take it away first.`);
  const unfinished = `${path}.unfinished`;
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
  try {
    const file = await open(unfinished, flags, 0o600);
    const done = await backUp(connection, file.createWriteStream({ flush: true }), migrations);
    await rename(unfinished, path);
    return done;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw asFileFault(error, path, 'written');
  }
}

/** Restores the backup in a file; `-` is standard input. @throws AppError as `restore`, and invalid for no readable file. */
export async function restoreFromFile(
  connection: Connection,
  path: string,
  migrations: string,
): Promise<Restored> {
  if (path === PIPE) return restore(connection, process.stdin, migrations);
  try {
    const file = await open(path, 'r');
    return await restore(connection, file.createReadStream() as Readable, migrations);
  } catch (error) {
    throw asFileFault(error, path, 'read');
  }
}

function asFileFault(error: unknown, path: string, deed: 'written' | 'read'): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: deed === 'read' ? 'there is no such file' : 'there is no such folder',
    EACCES: 'this user may not',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
    EDQUOT: 'the quota is used up',
  };
  const reason = reasons[code];
  if (error instanceof AppError || reason === undefined) return error;
  return new AppError('invalid', `${path} can't be ${deed}: ${reason}.`, { cause: error });
}
