import { type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisPassage } from '../../lib/analysis/analysis';
import type { Coding } from '../../lib/analysis/co-occurrence';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { type CountedBy, codingsOf, OF_SOURCE, variableSql } from './codings';

/** What a coding is counted under: its source, who made it, the month of its source, or a value of a variable. */
export type Counting = 'source' | 'person' | 'month' | CountedBy;
/** The keys that are wanted, or all but these; `''` is what has none. */
export type Keys = { readonly of: readonly string[] } | { readonly but: readonly string[] };

function keyOf(by: Counting): { joins: SQL; value: SQL } {
  if (by === 'source') return { joins: sql``, value: sql`${annotations.sourceId}::text` };
  if (by === 'person') return { joins: sql``, value: sql`${annotations.creatorId}::text` };
  if (by === 'month') return { joins: sql``, value: OF_SOURCE.month };
  return variableSql(by);
}

const MAKER = sql`join users u on u.id = ${annotations.creatorId}`;
const READ = sql`${annotations.id} as "annotationId", ${annotations.sourceId} as "sourceId", s.title as "sourceTitle",
  u.id as "byId", u.name as "byName", ${annotations.prefix} as before, ${annotations.exact} as exact, ${annotations.suffix} as after`;
type Row = {
  annotationId: string;
  sourceId: string;
  sourceTitle: string;
  byId: string;
  byName: string;
  before: string;
  exact: string;
  after: string;
};
type Mark = AnalysisPassage['marks'][number];
const markOf = (
  { annotationId, byId, byName, before, exact, after }: Row,
  codeIds: readonly string[],
): Mark => ({
  ...{ annotationId, before, exact, after },
  codeIds: [...codeIds],
  by: { id: byId, name: byName },
});

/** The visible passages with a code that are counted under these keys, in the order they stand, and how many there are. */
export async function selectCounted(
  db: Db,
  grant: Grant,
  given: {
    codeId: string;
    /** A second code that the same mark has. */
    alsoCodeId?: string;
    by?: Counting;
    keys?: Keys;
    sourceId?: string;
    limit: number;
    offset: number;
  },
): Promise<{ items: AnalysisPassage[]; total: number }> {
  const { codeId, alsoCodeId, by, keys, sourceId, limit, offset } = given;
  const { joins, value } = by === undefined ? { joins: sql``, value: sql`null` } : keyOf(by);
  const conditions = [
    sql`c.code_id = ${codeId}`,
    ...(sourceId === undefined ? [] : [sql`${annotations.sourceId} = ${sourceId}`]),
    ...(alsoCodeId === undefined
      ? []
      : [
          sql`exists (select from annotation_codes d where d.annotation_id = c.annotation_id and d.code_id = ${alsoCodeId})`,
        ]),
    ...(keys === undefined
      ? []
      : 'of' in keys
        ? [sql`coalesce(${value}, '') = any(${sql.param([...keys.of])}::text[])`]
        : [sql`coalesce(${value}, '') <> all(${sql.param([...keys.but])}::text[])`]),
  ];
  const from = sql`${codingsOf(grant, sql`${joins} ${MAKER}`)} and ${sql.join(conditions, sql` and `)}`;
  const counted = await db.execute<{ total: number }>(sql`select count(*)::int as total from ${from}`);
  const { rows } = await db.execute<Row>(sql`
    select ${READ} from ${from}
    order by s.title, s.id, ${annotations.start}, ${annotations.id} limit ${limit} offset ${offset}`);
  const codeIds = alsoCodeId === undefined ? [codeId] : [codeId, alsoCodeId];
  return {
    total: counted.rows[0]?.total ?? 0,
    items: rows.map((row) => ({
      sourceId: row.sourceId,
      sourceTitle: row.sourceTitle,
      marks: [markOf(row, codeIds)],
    })),
  };
}

/** The visible codings of these codes that have a place in the current version of their source, in the order they stand. */
export async function selectPlacedOf(
  db: Db,
  grant: Grant,
  codeIds: readonly string[],
  sourceId?: string,
): Promise<Coding[]> {
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  const { rows } = await db.execute<Coding>(sql`
    select ${annotations.id} as "annotationId", c.code_id as "codeId", ${annotations.sourceId} as "textId",
      ${annotations.start} as start, ${annotations.end} as end
    from ${codingsOf(grant)} and c.code_id = any(${sql.param([...codeIds])}::uuid[])
      and ${annotations.version} = s.version ${only}
    order by s.title, s.id, ${annotations.start}, ${annotations.id}, c.code_id`);
  return rows;
}

/** The sources that have any coding with a place in their current version. */
export async function selectPlacedSources(db: Db, grant: Grant, sourceId?: string): Promise<string[]> {
  const only = sourceId === undefined ? sql`` : sql`and ${annotations.sourceId} = ${sourceId}`;
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct ${annotations.sourceId} as id from ${codingsOf(grant)} and ${annotations.version} = s.version ${only}`);
  return rows.map(({ id }) => id);
}

/** Groups of visible codings as passages, in the order given; what is not visible is left out. */
export async function selectPassages(
  db: Db,
  grant: Grant,
  groups: readonly (readonly Pick<Coding, 'annotationId' | 'codeId'>[])[],
): Promise<AnalysisPassage[]> {
  const ids = [...new Set(groups.flat().map(({ annotationId }) => annotationId))];
  const { rows } = await db.execute<Row>(sql`
    select distinct ${READ} from ${codingsOf(grant, MAKER)} and c.annotation_id = any(${sql.param(ids)}::uuid[])`);
  const known = new Map(rows.map((row) => [row.annotationId, row]));
  return groups.flatMap((group) => {
    const marks = group.flatMap(({ annotationId, codeId }) => {
      const row = known.get(annotationId);
      return row === undefined ? [] : [markOf(row, [codeId])];
    });
    const first = known.get(group[0]?.annotationId ?? '');
    if (first === undefined || marks.length < group.length) return [];
    return [{ sourceId: first.sourceId, sourceTitle: first.sourceTitle, marks }];
  });
}
