import { insertAudit } from '../../db/audit';
import { database } from '../../db/client';
import { lockProject } from '../../db/events';
import { countHidden, findProjectName, recountUsage, selectUsage, setLimits } from '../../db/usage';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { Id } from '../../lib/ids';
import { QUOTAS, type Quota, readLimit, type Used } from '../../lib/projects/usage';

/** What a project holds and may hold: to its owners all, to others what they may see of it, and whether there is room. */
export async function listUsage(grant: Grant): Promise<{ items: Used[]; nextCursor: null }> {
  const items = await selectUsage(database(), grant);
  if (grant.role === 'owner') return { items, nextCursor: null };
  const hidden = await countHidden(database(), grant);
  const seen = ({ used, ...one }: Used) => ({
    ...one,
    used: Math.max(0, used - (hidden[one.what] ?? 0)),
    isWhole: false,
  });
  return { items: items.map(seen), nextCursor: null };
}

/**
 * Sets limits of one project, each written as `sources=500`, `file-bytes=20GB` or `notes=default`, counts it afresh, and says what it
 * holds and may hold. What is over a new limit stays; nothing more gets in.
 * @throws AppError not-found when there is no such project, invalid for what is no limit; nothing is changed then.
 */
export async function limitProject(
  projectId: string,
  written: readonly string[],
): Promise<{ name: string; items: Used[] }> {
  const change = Object.fromEntries(written.map(readSetting));
  return database().transaction(async (tx) => {
    const name = Id.safeParse(projectId).success ? await findProjectName(tx, projectId) : null;
    if (name === null) throw new AppError('not-found', 'No project has that id; it is in its address.');
    await lockProject(tx, { projectId });
    await recountUsage(tx, { projectId });
    await setLimits(tx, { projectId }, change);
    if (written.length > 0) {
      const actor = { id: null, name: 'Gloss', ip: null };
      await insertAudit(tx, projectId, [
        { act: 'project.limited', subjectId: projectId, details: change, actor },
      ]);
    }
    return { name, items: await selectUsage(tx, { projectId }) };
  });
}

function readSetting(written: string): [Quota, number | null] {
  const [name = '', value = ''] = written.split('=', 2);
  const what = QUOTAS.find((one) => one === name);
  const limit = readLimit(value);
  if (what === undefined || limit === undefined)
    throw new AppError(
      'invalid',
      `“${written}” is no limit. Write for instance sources=500, file-bytes=20GB or notes=default, of: ${QUOTAS.join(', ')}.`,
    );
  return [what, limit];
}
