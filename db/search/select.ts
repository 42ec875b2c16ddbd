import { sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Kind } from '../../lib/search/query';
import { claimsVisibleTo, visibleTo } from '../access';
import type { Db } from '../client';
import type { Condition } from './compile';

/** So many are counted, and ranked among one another: the newest; what is older follows after them. */
export const WINDOW = 1_000;

/** Something found, without its words. */
export type Hit = {
  readonly origin: 'source' | 'note' | 'annotation' | 'comment' | 'claim';
  readonly id: string;
  readonly kind: Kind;
  readonly sourceId: string | null;
  readonly noteId: string | null;
  readonly annotationId: string | null;
  readonly threadId: string | null;
  readonly creatorId: string;
  readonly creatorName: string;
  readonly created: Date;
  readonly fuzzy: boolean;
  readonly rank: number;
};

/** Where a page begins: the newest and the oldest of the things ranked together, and the last one shown of them. */
export type Span = {
  readonly from: string | null;
  /** Begin with what is older than this one. */
  readonly below: string | null;
  readonly to: string | null;
  readonly after: { readonly fuzzy: boolean; readonly rank: number; readonly id: string } | null;
};

/**
 * What fits a condition and the Grant's holder may see: the best `limit` of a span, how many there are in all from where it
 * begins (at most `WINDOW + 1`), and the span's ends. `exact`, when given, tells what is no guess.
 */
export async function selectHits(
  db: Db,
  grant: Grant,
  { where, rank }: Condition,
  exact: Condition | null,
  span: Span,
  limit: number,
): Promise<{ hits: Hit[]; count: number; from: string | null; to: string | null }> {
  const isFuzzy = exact === null ? sql`false` : sql`not coalesce(${exact.where}, false)`;
  const ranked = rank === null ? sql`0` : sql`ts_rank_cd(d.tsv, ${rank}::tsquery, 1)`;
  const { after } = span;
  const rows = await db.execute<
    Omit<Hit, 'created'> & { created: string; count: number; from: string; to: string }
  >(sql`
    with matched as materialized (
      select d.origin, d.id, d.kind, d.source_id, d.note_id, d.annotation_id, d.thread_id, d.creator_id, d.created, d.tsv
      from search_documents d
      left join annotations on annotations.id = d.annotation_id and annotations.project_id = d.project_id
      left join claims on d.origin = 'claim' and claims.id = d.id and claims.project_id = d.project_id
      where d.project_id = ${grant.projectId} and ${where} and (d.annotation_id is null or ${visibleTo(grant)})
        and (d.origin <> 'claim' or ${claimsVisibleTo(grant)})
        ${span.from === null ? sql`` : sql`and d.id <= ${span.from}`}
        ${span.below === null ? sql`` : sql`and d.id < ${span.below}`}
        ${span.to === null ? sql`` : sql`and d.id >= ${span.to}`}
      order by d.id desc limit ${WINDOW + 1}
    ), spanned as (
      select d.*, ${isFuzzy} as fuzzy, (${ranked})::float8 as rank from (select * from matched limit ${WINDOW}) d
    ), ends as (
      select count(*)::int as count, max(id::text) as "from" from matched
    )
    select f.origin, f.id, f.kind, f.source_id as "sourceId", f.note_id as "noteId", f.annotation_id as "annotationId",
      f.thread_id as "threadId", f.creator_id as "creatorId", u.name as "creatorName", f.created, f.fuzzy, f.rank,
      ends.count, ends."from", (select min(id::text) from spanned) as "to"
    from spanned f cross join ends join users u on u.id = f.creator_id
    ${
      after === null
        ? sql``
        : sql`where (f.fuzzy, -f.rank, ${after.id}::uuid) > (${after.fuzzy}::boolean, ${-after.rank}::float8, f.id)`
    }
    order by f.fuzzy, f.rank desc, f.id desc limit ${limit}`);
  const [first] = rows.rows;
  const count = first?.count ?? 0;
  return {
    hits: rows.rows.map(({ count: _, from: __, to: ___, created, ...hit }) => ({
      ...hit,
      created: new Date(created),
    })),
    count,
    from: first?.from ?? null,
    to: first?.to ?? null,
  };
}
