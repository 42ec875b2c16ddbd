import { type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Cell } from '../../lib/analysis/build-table';
import type { Coding } from '../../lib/analysis/co-occurrence';
import { visibleTo } from '../access';
import type { Database, Db } from '../client';
import { annotations } from '../schema/annotations';

/** The visible codings that count: of marks, sources and codes that are there. */
export const codingsOf = (grant: Grant, more: SQL = sql``): SQL => sql`
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

/**
 * How many marks have both of two codes, the first before the second by letters; of a code with itself, how often it was put
 * on at all.
 */
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
      join annotation_codes d on d.annotation_id = c.annotation_id and d.code_id >= c.code_id
      join ${annotations} on ${annotations.id} = c.annotation_id
      where c.project_id = ${grant.projectId} and ${visibleTo(grant)} and ${annotations.deleted} is null ${only}
      group by 1, 2, 3) p
    join sources s on s.id = p.source_id and s.deleted is null
    group by 1, 2`);
  return rows;
}

/**
 * The codings of these codes that have a place in the current version of their source (its `textId`), how many have none, and
 * how often each code was put on at all. One row a text, its codings as lists of whole numbers: a row a coding takes several
 * times as long to read.
 */
export async function selectPlaced(
  db: Database,
  grant: Grant,
  codeIds: readonly string[],
  sourceId?: string,
): Promise<{ codings: Omit<Coding, 'annotationId'>[]; unplaced: number; each: Map<string, number> }> {
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  const isPlaced = sql`${annotations.version} = s.version`;
  const listed = (what: SQL, which: SQL) => sql`array_to_json(array_agg(${what}) filter (where ${which}))`;
  type Lists = Record<'left' | 'codes' | 'from' | 'to', number[] | null>;
  const { rows } = await db.transaction(async (tx) => {
    // The lists of a whole project stay in memory.
    await tx.execute(sql`set local work_mem = '64MB'`);
    return tx.execute<{ id: string } & Lists>(sql`
      select ${annotations.sourceId} as id, ${listed(sql`k.at - 1`, sql`not ${isPlaced}`)} as left,
        ${listed(sql`k.at - 1`, isPlaced)} as codes, ${listed(sql`${annotations.start}`, isPlaced)} as from,
        ${listed(sql`${annotations.end}`, isPlaced)} as to
      from annotation_codes c
      join unnest(${sql.param([...codeIds])}::uuid[]) with ordinality as k (id, at) on k.id = c.code_id
      join ${annotations} on ${annotations.id} = c.annotation_id
      join sources s on s.id = ${annotations.sourceId} and s.deleted is null
      where c.project_id = ${grant.projectId} and ${visibleTo(grant)} and ${annotations.deleted} is null ${only}
      group by 1`);
  });
  const times = new Array<number>(codeIds.length).fill(0);
  const codings: Omit<Coding, 'annotationId'>[] = [];
  let unplaced = 0;
  for (const { id, left, codes, from, to } of rows) {
    for (const code of left ?? []) times[code] = (times[code] ?? 0) + 1;
    unplaced += left?.length ?? 0;
    for (const [at, code] of (codes ?? []).entries()) {
      times[code] = (times[code] ?? 0) + 1;
      codings.push({
        codeId: codeIds[code] as string,
        textId: id,
        start: from?.[at] as number,
        end: to?.[at] as number,
      });
    }
  }
  const put = codeIds.flatMap((id, at) => (times[at] ? [[id, times[at]] as const] : []));
  return { codings, unplaced, each: new Map(put) };
}
