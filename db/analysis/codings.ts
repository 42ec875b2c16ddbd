import { type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Cell } from '../../lib/analysis/build-table';
import type { Coding } from '../../lib/analysis/co-occurrence';
import { visibleTo } from '../access';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';

/** The visible codings that count: of marks, sources and codes that are there. */
const codingsOf = (grant: Grant, more: SQL = sql``): SQL => sql`
  annotation_codes c
  join ${annotations} on ${annotations.id} = c.annotation_id
  join sources s on s.id = ${annotations.sourceId} and s.deleted is null
  join codes k on k.id = c.code_id and k.deleted is null
  ${more}
  where c.project_id = ${grant.projectId} and ${visibleTo(grant)} and ${annotations.deleted} is null`;

const HOST = sql`nullif(regexp_replace(substring(s.url from '^[a-z]+://([^/:?#]+)'), '^www\\.', ''), '')`;

/** What sources have without being asked, as SQL of `sources s`; null where it is not known. */
export const OF_SOURCE = {
  outlet: sql`coalesce(nullif(s.site_name, ''), ${HOST})`,
  month: sql`substring(s.published_at from '^\\d{4}-\\d{2}')`,
  language: sql`nullif(lower(split_part(s.language, '-', 1)), '')`,
} as const;

/** A variable as it can be counted by: built in, or one of the project's. */
export type CountedBy =
  | { readonly builtIn: keyof typeof OF_SOURCE | 'speaker' }
  | { readonly id: string; readonly of: 'source' | 'speaker' };

/** The joins that a variable needs beside `sources s` and `annotations`, and its value; the name of a protected speaker is their pseudonym. */
export function variableSql(
  by: CountedBy,
  speakerId: SQL = sql`${annotations.speakerId}`,
): { joins: SQL; value: SQL } {
  const speaker = sql`left join speakers m on m.id = ${speakerId} left join speakers r on r.id = m.root_id`;
  if ('builtIn' in by)
    return by.builtIn === 'speaker'
      ? { joins: speaker, value: sql`r.name` }
      : { joins: sql``, value: OF_SOURCE[by.builtIn] };
  if (by.of === 'source')
    return {
      joins: sql`left join variable_values v on v.variable_id = ${by.id} and v.subject_id = s.id`,
      value: sql`v.value`,
    };
  return {
    // What is known of a protected speaker would tell who it is.
    joins: sql`${speaker} left join variable_values v on v.variable_id = ${by.id} and v.subject_id = r.id and not r.is_protected`,
    value: sql`v.value`,
  };
}

/**
 * The visible codings counted by code and one column of `annotations`, as `g`: names are looked up, and what is gone is left
 * out, once for each group and not for each mark.
 */
const grouped = (grant: Grant, key: SQL, more: SQL = sql``): SQL => sql`(
  select c.code_id, ${key} as key, ${annotations.sourceId} as source_id, count(*)::int as count
  from annotation_codes c join ${annotations} on ${annotations.id} = c.annotation_id
  where c.project_id = ${grant.projectId} and ${visibleTo(grant)} and ${annotations.deleted} is null ${more}
  group by 1, 2, 3) g
  join sources s on s.id = g.source_id and s.deleted is null
  join codes k on k.id = g.code_id and k.deleted is null`;

/** How often each code was put on, by who did it or in which source. */
export async function countBy(db: Db, grant: Grant, by: 'source' | 'person'): Promise<Cell[]> {
  const key = by === 'source' ? sql`${annotations.sourceId}` : sql`${annotations.creatorId}`;
  const { rows } = await db.execute<Cell>(sql`
    select g.code_id as row, g.key as "column", sum(g.count)::int as count
    from ${grouped(grant, key)} group by 1, 2`);
  return rows;
}

/** How often each code was put on, by the value that the source or speaker has; '' where it has none. */
export async function countByValue(db: Db, grant: Grant, by: CountedBy, sourceId?: string): Promise<Cell[]> {
  const { joins, value } = variableSql(by, sql`g.key`);
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  const isOfSpeakers = 'builtIn' in by ? by.builtIn === 'speaker' : by.of === 'speaker';
  const key = isOfSpeakers ? sql`${annotations.speakerId}` : sql`null::uuid`;
  const { rows } = await db.execute<Cell>(sql`
    select g.code_id as row, coalesce(${value}, '') as "column", sum(g.count)::int as count
    from ${grouped(grant, key, only)} ${joins} group by 1, 2`);
  return rows;
}

/** How many marks have both of two codes, the first before the second by letters. */
export async function countPairs(
  db: Db,
  grant: Grant,
  sourceId?: string,
): Promise<{ a: string; b: string; count: number }[]> {
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  const { rows } = await db.execute<{ a: string; b: string; count: number }>(sql`
    select p.a, p.b, sum(p.count)::int as count from (
      select c.code_id as a, d.code_id as b, ${annotations.sourceId} as source_id, count(*)::int as count
      from annotation_codes c
      join annotation_codes d on d.annotation_id = c.annotation_id and d.code_id > c.code_id
      join ${annotations} on ${annotations.id} = c.annotation_id
      where c.project_id = ${grant.projectId} and ${visibleTo(grant)} and ${annotations.deleted} is null ${only}
      group by 1, 2, 3) p
    join sources s on s.id = p.source_id and s.deleted is null
    group by 1, 2`);
  return rows;
}

/** How often each code was put on. */
export async function countEach(db: Db, grant: Grant, sourceId?: string): Promise<Map<string, number>> {
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  const { rows } = await db.execute<{ id: string; count: number }>(sql`
    select g.code_id as id, sum(g.count)::int as count from ${grouped(grant, sql`null::uuid`, only)} group by 1`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** The codings that have a place in the current version of their source (its `textId`), and how many have none. */
export async function selectPlaced(
  db: Db,
  grant: Grant,
  sourceId?: string,
): Promise<{ codings: Omit<Coding, 'annotationId'>[]; unplaced: number }> {
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  // One row a text: a row a coding takes several times as long to read.
  const { rows } = await db.execute<{
    id: string;
    codes: string[];
    from: number[];
    to: number[];
    left: number;
  }>(sql`
    select ${annotations.sourceId} as id, count(*) filter (where ${annotations.version} <> s.version)::int as left,
      coalesce(array_agg(c.code_id::text) filter (where ${annotations.version} = s.version), '{}') as codes,
      coalesce(array_agg(${annotations.start}) filter (where ${annotations.version} = s.version), '{}') as from,
      coalesce(array_agg(${annotations.end}) filter (where ${annotations.version} = s.version), '{}') as to
    from ${codingsOf(grant)} ${only} group by 1`);
  const codings = rows.flatMap(({ id, codes, from, to }) =>
    codes.map((codeId, at) => ({
      codeId,
      textId: id,
      start: from[at] as number,
      end: to[at] as number,
    })),
  );
  return { codings, unplaced: rows.reduce((sum, { left }) => sum + left, 0) };
}
