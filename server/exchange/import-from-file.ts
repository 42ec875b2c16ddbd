import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { database } from '../../db/client';
import { howTaken } from '../../db/sources/brought-in';
import { env } from '../../env';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { ImportReport } from '../../lib/exchange/import-report';
import { READABLE_FILES } from '../../lib/sources/readable-files';
import { authorize } from '../access/authorize';
import { bringSource, previewSource } from '../sources';
import { memberOf } from './export-file';
import { importFile } from './import';
import { importId } from './import-id';

/** What a file of this machine brought in, and in sentences what else there is to say of it. */
export type FileBrought = Pick<ImportReport, 'items' | 'losses'> & { readonly remarks: readonly string[] };

/**
 * Brings a file of this machine into a project, as its first owner or the member with the given address: what another program or
 * ours made of a project; or, where its name ends as that of a text does, a source, as it is uploaded.
 * @throws AppError not-found, too-large, forbidden, or as `importFile` and `createSource` do.
 */
export async function importFromFile(
  projectId: string,
  file: string,
  { email, dryRun, again = false }: { email?: string | undefined; dryRun: boolean; again?: boolean },
): Promise<FileBrought> {
  const isSource = READABLE_FILES.includes(extname(file).toLowerCase());
  const action = isSource ? 'source.create' : 'project.import';
  const grant = await authorize(await memberOf(projectId, email), action, projectId);
  const found = await stat(file).catch((cause: Error) => {
    throw new AppError('not-found', `The file can’t be read: ${cause.message}`, { cause });
  });
  const limit = env().LIMIT_IMPORT_BYTES;
  if (found.size > limit)
    throw new AppError('too-large', `That is too large: at most ${Math.floor(limit / 1_048_576)} MiB.`);
  const bytes = await readFile(file);
  if (isSource)
    return bringText(grant, { name: basename(file), bytes: new Uint8Array(bytes) }, { dryRun, again });
  return { ...(await importFile(grant, bytes, { dryRun })), remarks: [] };
}

const REMOVED =
  'This text was brought in before and removed here. Restore it from the list of sources, or bring it in anew with --again.';

/**
 * The same file is the same source, so that bringing a folder in twice makes nothing twice. One that was removed comes back only where
 * that is asked for; to who may not see it, it was never here.
 */
async function bringText(
  grant: Grant,
  file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
  { dryRun, again }: { dryRun: boolean; again: boolean },
): Promise<FileBrought> {
  const hash = createHash('sha256').update(file.bytes).digest('hex');
  const counted = (added: number, there: number): FileBrought['items'] => [{ what: 'Sources', added, there }];
  let [id, wasRemoved] = ['', false];
  for (let time = 1; ; time += 1) {
    id = importId(grant.projectId, 'file', time === 1 ? hash : `${hash} ${time}`);
    const taken = await howTaken(database(), grant, id);
    if (taken === 'here') return { items: counted(0, 1), losses: [], remarks: [] };
    if (taken === 'free') break;
    wasRemoved ||= taken === 'removed';
  }
  const items = counted(wasRemoved && !again ? 0 : 1, 0);
  if (wasRemoved && !again) return { items, losses: [], remarks: [REMOVED] };
  const { along, leftOut } = dryRun
    ? await previewSource(grant, { file })
    : await bringSource(grant, { id, file });
  return { items, losses: [], remarks: [...along, ...leftOut.map((one) => `Not brought in: ${one}`)] };
}
