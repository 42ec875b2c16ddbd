import { type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Kind } from '../../lib/search/query';
import { claimsVisibleTo, followUpsVisibleTo, openTo, visibleTo } from '../access';
import { redactedFrom, withheldFrom } from '../access/kept';
import type { Db } from '../client';
import type { Condition } from './compile';

/** So many are counted, and ranked among one another: the newest; what is older follows after them. */
export const WINDOW = 1_000;

/** Something found, without its words. */
export type Hit = {
  readonly origin: 'source' | 'note' | 'annotation' | 'comment' | 'claim' | 'follow-up';
  readonly id: string;
  readonly kind: Kind;
  readonly sourceId: string | null;
  readonly noteId: string | null;
  readonly annotationId: string | null;
  readonly threadId: string | null;
  readonly claimId: string | null;
  readonly codeId: string | null;
  readonly creatorId: string;
  readonly creatorName: string;
  readonly moment: Moment;
  readonly fuzzy: boolean;
  readonly rank: number;
};

/** When something was made, as Postgres writes it, and its id: newer things come first. */
export type Moment = readonly [created: string, id: string];

/** Where a page begins: the newest and the oldest of the things ranked together, and the last one shown of them. */
export type Span = {
  readonly from: Moment | null;
  /** Begin with what is older than this one. */
  readonly below: Moment | null;
  readonly to: Moment | null;
  readonly after: { readonly fuzzy: boolean; readonly rank: number; readonly moment: Moment } | null;
};

/** A time to the microsecond, whatever zone the session is in. */
const utc = (time: SQL) => sql`to_char(${time} at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`;

const bounded = (operator: '<' | '<=' | '>=', moment: Moment | null) =>
  moment === null
    ? sql``
    : sql`and (d.created, d.id) ${sql.raw(operator)} (${moment[0]}::timestamptz, ${moment[1]}::uuid)`;

/**
 * What fits a condition and the Grant's holder may see: the best `limit` of a span, how many there are in all from where it
 * begins (at most `WINDOW + 1`), and the span's ends. `exact` tells what is no guess: all without it, nothing with `none`.
 */
export async function selectHits(
  db: Db,
  grant: Grant,
  { where, rank }: Condition,
  exact: Condition | 'none' | null,
  span: Span,
  limit: number,
): Promise<{ hits: Hit[]; count: number; from: Moment | null; to: Moment | null }> {
  const isFuzzy =
    exact === null ? sql`false` : exact === 'none' ? sql`true` : sql`not coalesce(${exact.where}, false)`;
  const ranked = rank === null ? sql`0` : sql`ts_rank_cd(d.tsv, ${rank}::tsquery, 1)`;
  const { after } = span;
  const rows = await db.execute<Hit & { count: number; from: Moment | null; to: Moment | null }>(sql`
    with matched as materialized (
      select case d.origin when 'source-redacted' then 'source' else d.origin end as origin, d.id, d.kind, d.source_id, d.note_id, d.annotation_id, d.thread_id, d.claim_id, d.code_id, d.creator_id, d.created, d.tsv
      from search_documents d
      left join annotations on annotations.id = d.annotation_id and annotations.project_id = d.project_id
      left join claims on claims.id = case when d.origin = 'claim' then d.id else d.claim_id end
        and claims.project_id = d.project_id
      left join follow_ups on d.origin = 'follow-up' and follow_ups.id = d.id and follow_ups.project_id = d.project_id
      where d.project_id = ${grant.projectId} and ${where} and (d.annotation_id is null or ${visibleTo(grant)})
        and ((d.origin <> 'claim' and d.claim_id is null) or ${claimsVisibleTo(grant)})
        and (d.origin <> 'follow-up' or ${followUpsVisibleTo(grant)}) and ${openTo(grant, sql`d.source_id`)}
        and (d.origin <> 'source' or d.id <> all(${redactedFrom(grant.actor)}))
        and (d.origin <> 'source-redacted' or d.id = any(${redactedFrom(grant.actor)}))
        and (d.note_id is null or d.note_id <> all(array(select n.id from notes n where n.source_id = any(${withheldFrom(grant.actor)}))))
        ${bounded('<=', span.from)} ${bounded('<', span.below)} ${bounded('>=', span.to)}
      order by d.created desc, d.id desc limit ${WINDOW + 1}
    ), spanned as (
      select d.*, ${isFuzzy} as fuzzy, (${ranked})::float8 as rank from (select * from matched limit ${WINDOW}) d
    ), ends as (
      select count(*)::int as count,
        (select array[${utc(sql`created`)}, id::text] from matched limit 1) as "from",
        (select array[${utc(sql`created`)}, id::text] from spanned offset ${WINDOW - 1}) as "to" from matched
    )
    select f.origin, f.id, f.kind, f.source_id as "sourceId", f.note_id as "noteId", f.annotation_id as "annotationId",
      f.thread_id as "threadId", f.claim_id as "claimId", f.code_id as "codeId", f.creator_id as "creatorId", coalesce(u.name, g.name) as "creatorName",
      array[${utc(sql`f.created`)}, f.id::text] as moment, f.fuzzy, f.rank, ends.*
    from spanned f cross join ends left join users u on u.id = f.creator_id left join guests g on g.id = f.creator_id
    ${
      after === null
        ? sql``
        : sql`where (f.fuzzy, -f.rank, ${after.moment[0]}::timestamptz, ${after.moment[1]}::uuid)
            > (${after.fuzzy}::boolean, ${-after.rank}::float8, f.created, f.id)`
    }
    order by f.fuzzy, f.rank desc, f.created desc, f.id desc limit ${limit}`);
  const [first] = rows.rows;
  return {
    hits: rows.rows.map(({ count: _, from: __, to: ___, ...hit }) => hit),
    count: first?.count ?? 0,
    from: first?.from ?? null,
    to: first?.to ?? null,
  };
}
