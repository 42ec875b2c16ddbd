import { database } from '../../db/client';
import { selectSourceVersions } from '../../db/source-versions';
import { selectSource } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import type { SourceVersion } from '../../lib/sources/version';
import { notFound } from '../edit';

/** The versions of a source, newest first; the cursor is the number of the version that the last page ended with. */
export async function listSourceVersions(
  grant: Grant,
  sourceId: string,
  { limit, cursor }: { limit: number; cursor?: number },
): Promise<{ items: SourceVersion[]; nextCursor: string | null }> {
  if ((await selectSource(database(), grant, sourceId)) === null) throw notFound('source');
  const rows = await selectSourceVersions(database(), grant, sourceId, { limit: limit + 1, below: cursor });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.version) : null };
}
