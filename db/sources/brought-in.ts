import { eq, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { sourcesVisibleTo } from '../access';
import type { Db } from '../client';
import { insertRows } from '../insert-rows';
import { sources, sourceTexts } from '../schema/sources';
import type { NewSourceRow } from '../sources';

/** Stores sources with version 1 of their texts, as `insertSource` does one. Answers the ids of those that were not there. */
export async function insertSources(
  db: Db,
  { projectId, actor }: Grant,
  given: readonly NewSourceRow[],
): Promise<ReadonlySet<string>> {
  const createdBy = actor.userId;
  const made = await insertRows(
    db,
    sources,
    given.map(({ html: _, text: __, hash: ___, origin: ____, ...source }) => ({
      ...source,
      projectId,
      createdBy,
    })),
  );
  // Of two with one id the first is in, also with its text.
  const texts = new Map(
    given
      .filter(({ id }) => made.has(id))
      .toReversed()
      .map((one) => [one.id, one]),
  );
  await insertRows(
    db,
    sourceTexts,
    [...texts.values()].map(({ id: sourceId, html, text, hash, origin }) => ({
      ...{ projectId, sourceId, version: 1, html, text, hash, length: text.length, createdBy },
      ...{ how: origin.how, finalUrl: origin.finalUrl, responseHeaders: origin.responseHeaders },
      trimmedFrom: origin.trimmedFrom ?? null,
    })),
  );
  return made;
}

/** How an id is taken: by nothing, by a source that stands, by one that was removed, or by what the Grant's holder may not see. */
export async function howTaken(
  db: Db,
  grant: Grant,
  id: string,
): Promise<'free' | 'here' | 'removed' | 'withheld'> {
  const [row] = await db
    .select({ deleted: sources.deleted, isSeen: sql<boolean>`${sourcesVisibleTo(grant)}` })
    .from(sources)
    .where(eq(sources.id, id));
  if (row === undefined) return 'free';
  if (!row.isSeen) return 'withheld';
  return row.deleted === null ? 'here' : 'removed';
}
