import { open, rename, rm } from 'node:fs/promises';
import { database } from '../../db/client';
import { findUserByEmail } from '../../db/people';
import { AppError } from '../../lib/errors';
import { exportOwnData } from './take-out';

/**
 * All that concerns the person with this address, as a file on this machine, which appears when it is whole. Answers its size in
 * bytes. @throws AppError not-found, or invalid when the file can't be written.
 */
export async function exportOwnDataToFile(email: string, file: string): Promise<number> {
  const user = await findUserByEmail(database(), email);
  if (user === null) throw new AppError('not-found', `Nobody has the address ${email}.`);
  const unfinished = `${file}.part`;
  const handle = await open(unfinished, 'w', 0o600).catch((cause: Error) => {
    throw new AppError('invalid', `The file can’t be written: ${cause.message}`, { cause });
  });
  let bytes = 0;
  try {
    for await (const piece of exportOwnData({ userId: user.id, by: 'operator', ip: null })) {
      await handle.write(piece);
      bytes += piece.byteLength;
    }
    await handle.close();
    await rename(unfinished, file);
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
  return bytes;
}
