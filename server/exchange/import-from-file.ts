import { readFile, stat } from 'node:fs/promises';
import { env } from '../../env';
import { AppError } from '../../lib/errors';
import type { ImportReport } from '../../lib/exchange/import-report';
import { authorize } from '../access/authorize';
import { memberOf } from './export-file';
import { importFile } from './import';

/**
 * Brings a file of this machine into a project, as its first owner or the member with the given address.
 * @throws AppError not-found, too-large, forbidden, or as `importFile` does.
 */
export async function importFromFile(
  projectId: string,
  file: string,
  { email, dryRun }: { email?: string | undefined; dryRun: boolean },
): Promise<ImportReport> {
  const grant = await authorize(await memberOf(projectId, email), 'project.import', projectId);
  const found = await stat(file).catch((cause: Error) => {
    throw new AppError('not-found', `The file can’t be read: ${cause.message}`, { cause });
  });
  const limit = env().LIMIT_IMPORT_BYTES;
  if (found.size > limit)
    throw new AppError('too-large', `That is too large: at most ${Math.floor(limit / 1_048_576)} MiB.`);
  return importFile(grant, await readFile(file), { dryRun });
}
