import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { SourceProtection } from '../lib/sources/protection';
import type { Source } from '../lib/sources/source';
import type { How, ResponseHeaders } from '../lib/sources/version';
import { openTo, type Reader, sourcesVisibleTo } from './access';
import { asRead } from './access/kept';
import type { Db, Transaction } from './client';
import { sourceOrigins } from './schema/claims';
import { users } from './schema/people';
import { sourceFiles } from './schema/source-files';
import { sources, sourceTexts } from './schema/sources';

function select(db: Db, reader: Reader) {
  return db
    .select({
      source: sources,
      creatorName: users.name,
      hash: asRead(reader, 'hash'),
      length: sourceTexts.length,
      pageStarts: sourceFiles.pageStarts,
      derivesFrom: sql<
        string[]
      >`array(select o.origin_id::text from ${sourceOrigins} o where o.source_id = ${sources.id} and ${openTo(reader, sql`o.origin_id`)} order by o.origin_id)`,
      // A protection that protects nothing any more is none.
      protection: sql<SourceProtection | null>`(select jsonb_build_object('file', p.file or x.passages, 'passages', x.passages, 'lost', gloss_is_lost(p.source_id), 'embargoUntil',
        to_char(case when p.embargo_until > now() then p.embargo_until end at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        from source_protections p cross join lateral (select exists (select from protected_passages o where o.source_id = p.source_id) as passages) x
        where p.source_id = ${sources.id} and (p.file or x.passages or p.embargo_until > now()))`,
    })
    .from(sources)
    .innerJoin(users, eq(users.id, sources.createdBy))
    .innerJoin(
      sourceTexts,
      and(eq(sourceTexts.sourceId, sources.id), eq(sourceTexts.version, sources.version)),
    )
    .leftJoin(
      sourceFiles,
      and(eq(sourceFiles.sourceId, sources.id), eq(sourceFiles.version, sources.version)),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toSource({ source, creatorName, hash, length, pageStarts, derivesFrom, protection }: Row): Source {
  return {
    id: source.id,
    projectId: source.projectId,
    title: source.title,
    byline: source.byline,
    siteName: source.siteName,
    publishedAt: source.publishedAt,
    language: source.language,
    url: source.url,
    canonicalUrl: source.canonicalUrl,
    text: { version: source.version, hash, length, pageStarts },
    derivesFrom,
    protection,
    creator: { id: source.createdBy, name: creatorName },
    created: source.created.toISOString(),
    modified: source.modified.toISOString(),
    revision: source.revision,
    deleted: source.deleted?.toISOString() ?? null,
  };
}

/** How a text came in; the address and the headers where it was fetched; how that begins which was left out of it. */
export type Origin = {
  how: How;
  finalUrl: string | null;
  responseHeaders: ResponseHeaders | null;
  trimmedFrom?: string | null;
};

export type NewSourceRow = {
  id: string;
  title: string;
  byline: string | null;
  siteName: string | null;
  publishedAt: string | null;
  language: string | null;
  url: string | null;
  canonicalUrl: string | null;
  html: string;
  text: string;
  hash: string;
  origin: Origin;
};

/** Stores a source with version 1 of its text. Returns false when the id exists already. */
export async function insertSource(db: Db, grant: Grant, given: NewSourceRow): Promise<boolean> {
  const { html, text, hash, origin, ...source } = given;
  const made = await db
    .insert(sources)
    .values({ ...source, projectId: grant.projectId, createdBy: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: sources.id });
  if (made.length === 0) return false;
  await db.insert(sourceTexts).values({
    projectId: grant.projectId,
    sourceId: source.id,
    version: 1,
    html,
    text,
    hash,
    length: text.length,
    createdBy: grant.actor.userId,
    ...origin,
  });
  return true;
}

/**
 * Holds the source to the end of the transaction and tells its current version. `share`: no version is made meanwhile;
 * `alone`: nor is any mark placed. Taken before any row of its marks. `null` when there is no such source.
 */
export async function lockSource(
  tx: Transaction,
  grant: Reader,
  id: string,
  how: 'share' | 'alone',
): Promise<number | null> {
  const [row] = await tx
    .select({ version: sources.version })
    .from(sources)
    .where(and(sourcesVisibleTo(grant), eq(sources.id, id), isNull(sources.deleted)))
    .for(how === 'share' ? 'share' : 'no key update');
  return row?.version ?? null;
}

/** How many of these ids are sources of the project that are not removed. */
export async function countStandingSources(db: Db, grant: Reader, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return db.$count(
    sources,
    and(sourcesVisibleTo(grant), isNull(sources.deleted), inArray(sources.id, [...ids])),
  );
}

/** The sources of the project in the order they came in; a page after the cursor (an id). */
export async function selectSources(
  db: Db,
  grant: Reader,
  page: { limit: number; cursor?: string },
): Promise<Source[]> {
  const rows = await select(db, grant)
    .where(
      and(
        sourcesVisibleTo(grant),
        isNull(sources.deleted),
        page.cursor ? gt(sources.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(sources.id))
    .limit(page.limit);
  return rows.map(toSource);
}

/** One source of the project; a deleted one only when asked for. */
export async function selectSource(
  db: Db,
  grant: Reader,
  id: string,
  options: { deleted?: boolean } = {},
): Promise<Source | null> {
  const [row] = await select(db, grant).where(
    and(sourcesVisibleTo(grant), eq(sources.id, id), options.deleted ? undefined : isNull(sources.deleted)),
  );
  return row ? toSource(row) : null;
}

/** The sources of the project that these ids are of, without those that are deleted. */
export async function selectSourcesById(db: Db, grant: Reader, ids: readonly string[]): Promise<Source[]> {
  if (ids.length === 0) return [];
  const rows = await select(db, grant).where(
    and(sourcesVisibleTo(grant), isNull(sources.deleted), inArray(sources.id, [...ids])),
  );
  return rows.map(toSource);
}

/** A version of a source's text (the current one when none is named): canonical text and clean html, as their reader may read it. */
export async function selectSourceText(
  db: Db,
  grant: Reader,
  id: string,
  version?: number,
): Promise<{ version: number; text: string; html: string; hash: string } | null> {
  const [row] = await db
    .select({
      version: sourceTexts.version,
      text: asRead(grant, 'text'),
      html: asRead(grant, 'html'),
      hash: asRead(grant, 'hash'),
    })
    .from(sourceTexts)
    .innerJoin(sources, eq(sources.id, sourceTexts.sourceId))
    .where(
      and(
        sourcesVisibleTo(grant),
        eq(sources.id, id),
        isNull(sources.deleted),
        eq(sourceTexts.version, version ?? sources.version),
      ),
    );
  return row ?? null;
}

/** Changes what is known about a source when it still has this revision; returns whether it had. */
export async function updateSourceRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  change: Partial<
    Pick<typeof sources.$inferSelect, 'title' | 'byline' | 'siteName' | 'publishedAt' | 'language'>
  > & {
    deleted?: boolean;
  },
): Promise<boolean> {
  const { deleted, ...fields } = change;
  const rows = await db
    .update(sources)
    .set({
      ...fields,
      ...(deleted ? { deleted: sql`now()` } : {}),
      modified: sql`now()`,
      revision: sql`${sources.revision} + 1`,
    })
    .where(and(eq(sources.projectId, grant.projectId), eq(sources.id, id), eq(sources.revision, revision)))
    .returning({ id: sources.id });
  return rows.length > 0;
}

/** The current titles and texts of these sources of the project, without those that are deleted. */
export async function selectTexts(
  db: Db,
  grant: Reader,
  ids: readonly string[],
): Promise<{ id: string; title: string; version: number; text: string }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: sources.id, title: sources.title, version: sources.version, text: asRead(grant, 'text') })
    .from(sources)
    .innerJoin(
      sourceTexts,
      and(eq(sourceTexts.sourceId, sources.id), eq(sourceTexts.version, sources.version)),
    )
    .where(and(sourcesVisibleTo(grant), isNull(sources.deleted), inArray(sources.id, [...ids])));
}
