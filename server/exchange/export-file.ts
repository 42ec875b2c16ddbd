import { open, rename, rm } from 'node:fs/promises';
import { database } from '../../db/client';
import { selectMembers } from '../../db/members';
import { AppError } from '../../lib/errors';
import type { Loss } from '../../lib/exchange/losses';
import { Losses } from '../../lib/exchange/losses';
import { authorize } from '../access/authorize';
import { exportFormat, exportProject } from './export';

/**
 * A project as a file on this machine, seen by its first owner, or by the member with the given address. The file appears when it
 * is whole. Returns its size in bytes and what the format could not hold.
 * @throws AppError not-found, or invalid for a format or file that can't be.
 */
export async function exportToFile(
  projectId: string,
  format: string,
  file: string,
  email?: string,
): Promise<{ bytes: number; losses: Loss[] }> {
  const wish = { format: exportFormat(format), profile: 'standard' } as const;
  const grant = await authorize(await memberOf(projectId, email), 'project.read', projectId);
  const losses = new Losses();
  const unfinished = `${file}.part`;
  let bytes = 0;
  const handle = await open(unfinished, 'w', 0o600).catch((cause: Error) => {
    throw new AppError('invalid', `The file can’t be written: ${cause.message}`, { cause });
  });
  try {
    for await (const piece of exportProject(grant, wish, losses)) {
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
  return { bytes, losses: losses.report().losses };
}

/** Whoever has this machine acts as a member: the first owner, or the one who is named. */
export async function memberOf(projectId: string, email: string | undefined) {
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(projectId);
  const members = isId ? await selectMembers(database(), { projectId }) : [];
  const member = members.find((one) => (email === undefined ? one.role === 'owner' : one.email === email));
  if (member === undefined)
    throw new AppError(
      'not-found',
      email === undefined
        ? `There is no project ${projectId}. Its id is in its address: /projects/ID.`
        : `${email} is no member of the project ${projectId}.`,
    );
  const { userId, name } = member;
  const via = { kind: 'token', id: 'command line' } as const;
  return { userId, name, email: member.email, via, scopes: ['read', 'write'] as const, ip: null };
}
