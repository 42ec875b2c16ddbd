import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { SourceVersion } from '../lib/sources/version';
import { sourcesVisibleTo, visibleTo } from './access';
import { asRead } from './access/kept';
import type { Db, Transaction } from './client';
import { annotations } from './schema/annotations';
import { users } from './schema/people';
import { sourceFiles } from './schema/source-files';
import { sources, sourceTexts } from './schema/sources';
import { annotationTargets } from './schema/targets';

export type NewVersionRow = Pick<
  typeof sourceTexts.$inferSelect,
  'version' | 'html' | 'text' | 'hash' | 'how' | 'finalUrl' | 'responseHeaders'
> & { trimmedFrom?: string | null };

/** Stores a version of a source, which becomes the current one; with what else is now known about the source. */
export async function insertSourceVersion(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  given: NewVersionRow,
  known: Partial<Pick<typeof sources.$inferSelect, 'title' | 'url'>>,
): Promise<void> {
  const { projectId } = grant;
  await tx.insert(sourceTexts).values({
    ...given,
    projectId,
    sourceId,
    length: given.text.length,
    createdBy: grant.actor.userId,
  });
  await tx
    .update(sources)
    .set({
      ...known,
      version: given.version,
      modified: sql`now()`,
      revision: sql`${sources.revision} + 1`,
    })
    .where(and(eq(sources.projectId, projectId), eq(sources.id, sourceId)));
}

/** The versions of a source, newest first, with what became of the marks the Grant's holder may see; a page below a version. */
export async function selectSourceVersions(
  db: Db,
  grant: Grant,
  sourceId: string,
  page: { limit: number; below?: number },
): Promise<SourceVersion[]> {
  const rows = await db
    .select({
      text: sourceTexts,
      hash: asRead(grant, 'hash'),
      creatorName: users.name,
      current: sources.version,
      pageStarts: sourceFiles.pageStarts,
    })
    .from(sourceTexts)
    .innerJoin(sources, and(eq(sources.id, sourceTexts.sourceId), isNull(sources.deleted)))
    .innerJoin(users, eq(users.id, sourceTexts.createdBy))
    .leftJoin(
      sourceFiles,
      and(eq(sourceFiles.sourceId, sourceTexts.sourceId), eq(sourceFiles.version, sourceTexts.version)),
    )
    .where(
      and(
        sourcesVisibleTo(grant),
        eq(sourceTexts.sourceId, sourceId),
        page.below === undefined ? undefined : lt(sourceTexts.version, page.below),
      ),
    )
    .orderBy(desc(sourceTexts.version))
    .limit(page.limit);
  const counted = await countTargets(db, grant, sourceId);
  return rows.map(({ text, hash, creatorName, current, pageStarts }) => {
    const counts = { made: 0, same: 0, moved: 0, changed: 0, ambiguous: 0, lost: 0 };
    let waiting = 0;
    for (const { version, outcome, state, count } of counted) {
      if (version !== text.version) continue;
      counts[outcome] += count;
      if (state === 'waiting' && version === current) waiting += count;
    }
    return {
      version: text.version,
      hash,
      length: text.length,
      pageStarts,
      created: text.created.toISOString(),
      createdBy: { id: text.createdBy, name: creatorName },
      how: text.how,
      finalUrl: text.finalUrl,
      responseHeaders: text.responseHeaders,
      counts,
      waiting,
    };
  });
}

function countTargets(db: Db, grant: Grant, sourceId: string) {
  const { version, outcome, state } = annotationTargets;
  return db
    .select({ version, outcome, state, count: sql<number>`count(*)::int` })
    .from(annotationTargets)
    .innerJoin(annotations, eq(annotations.id, annotationTargets.annotationId))
    .where(and(visibleTo(grant), eq(annotationTargets.sourceId, sourceId), isNull(annotations.deleted)))
    .groupBy(version, outcome, state);
}
