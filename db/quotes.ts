import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { QuoteFilter, QuoteRow } from '../lib/quotes/quote-row';
import { visibleTo } from './access';
import { saidOrAnySpeaker, saidOrSpeaker } from './annotations';
import type { Db } from './client';
import { annotationCodes, annotations } from './schema/annotations';
import { makerOf } from './schema/brought-in';
import { users } from './schema/people';
import { sources } from './schema/sources';
import { FACES, quoteOf } from './speakers/faces';

/** Where a quote stands in an order, as the next page begins after it. */
export type QuotePlace =
  | { readonly sort: 'newest' | 'oldest'; readonly key: readonly [id: string] }
  | { readonly sort: 'source'; readonly key: readonly [sourceId: string, start: number, id: string] }
  /** Those of nobody come last, under the empty name. */
  | { readonly sort: 'speaker'; readonly key: readonly [name: string, rootId: string | null, id: string] };

/** What is asked for, as conditions on `annotations`. */
async function fits(db: Db, grant: Grant, filter: QuoteFilter): Promise<SQL> {
  const { q, speaker, source, level, style, code } = filter;
  const quote = annotations.quote;
  const said =
    q && (filter.sort === 'speaker' ? saidOrSpeaker(grant, q) : await saidOrAnySpeaker(db, grant, q));
  return and(
    visibleTo(grant),
    sql`${annotations.motivation} = 'quoting'`,
    isNull(annotations.deleted),
    sql`exists (select from sources s where s.id = ${annotations.sourceId} and s.deleted is null)`,
    source ? eq(annotations.sourceId, source) : undefined,
    speaker === 'none' ? isNull(annotations.speakerId) : undefined,
    speaker && speaker !== 'none'
      ? sql`${annotations.speakerId} in (select m.id from speakers m where m.project_id = ${grant.projectId}
          and m.root_id = (select root_id from speakers where id = ${speaker} and project_id = ${grant.projectId}))`
      : undefined,
    level === 'none' ? sql`coalesce(${quote}->>'level', '') = ''` : undefined,
    level && level !== 'none' ? sql`${quote}->>'level' = ${level}` : undefined,
    style ? sql`${quote}->>'style' = ${style}` : undefined,
    code
      ? sql`exists (select from ${annotationCodes} c where c.annotation_id = ${annotations.id} and c.code_id = ${code})`
      : undefined,
    said || undefined,
  ) as SQL;
}

async function placesOf(
  db: Db,
  grant: Grant,
  filter: QuoteFilter,
  after: QuotePlace | null,
  limit: number,
): Promise<QuotePlace[]> {
  const where = await fits(db, grant, filter);
  switch (filter.sort) {
    case 'newest':
    case 'oldest': {
      const { sort } = filter;
      const isDown = sort === 'newest';
      const beyond =
        after === null ? sql`` : sql`and annotations.id ${sql.raw(isDown ? '<' : '>')} ${after.key[0]}`;
      const { rows } = await db.execute<{ id: string }>(sql`select annotations.id from annotations
        where ${where} ${beyond} order by annotations.id ${sql.raw(isDown ? 'desc' : 'asc')} limit ${limit}`);
      return rows.map(({ id }) => ({ sort, key: [id] }));
    }
    case 'source': {
      const beyond =
        after?.sort !== 'source'
          ? sql``
          : sql`and (annotations.source_id, annotations.start, annotations.id)
              > (${after.key[0]}::uuid, ${after.key[1]}::int, ${after.key[2]}::uuid)`;
      const { rows } = await db.execute<{ id: string; source: string; start: number }>(sql`
        select annotations.id, annotations.source_id as source, annotations.start from annotations
        where ${where} ${beyond} order by annotations.source_id, annotations.start, annotations.id limit ${limit}`);
      return rows.map(({ id, source, start }) => ({ sort: 'source', key: [source, start, id] }));
    }
    case 'speaker':
      return bySpeaker(db, grant, where, after?.sort === 'speaker' ? after.key : null, limit);
  }
}

/** Speaker after speaker by shown name, the quotes of each from the first that was marked; then those of nobody. */
async function bySpeaker(
  db: Db,
  { projectId }: Grant,
  where: SQL,
  after: readonly [string, string | null, string] | null,
  limit: number,
): Promise<QuotePlace[]> {
  const found: QuotePlace[] = [];
  if (after === null || after[1] !== null) {
    const from =
      after === null ? sql`` : sql`and (m.sort_name, m.root_id) >= (${after[0]}, ${after[1]}::uuid)`;
    const beyond =
      after === null
        ? sql``
        : sql`and ((m.sort_name, m.root_id) > (${after[0]}, ${after[1]}::uuid) or annotations.id > ${after[2]}::uuid)`;
    const { rows } = await db.execute<{ id: string; name: string; root: string }>(sql`
      select q.id, m.sort_name as name, m.root_id as root from speakers m
      cross join lateral (
        select annotations.id from annotations where annotations.speaker_id = m.id and ${where} ${beyond}
        order by annotations.id limit ${limit}
      ) q
      where m.project_id = ${projectId} ${from} order by m.sort_name, m.root_id, q.id limit ${limit}`);
    for (const { id, name, root } of rows) found.push({ sort: 'speaker', key: [name, root, id] });
  }
  if (found.length === limit) return found;
  const beyond = after !== null && after[1] === null ? sql`and annotations.id > ${after[2]}::uuid` : sql``;
  const { rows } = await db.execute<{ id: string }>(sql`select annotations.id from annotations
    where ${where} and annotations.speaker_id is null ${beyond} order by annotations.id limit ${limit - found.length}`);
  for (const { id } of rows) found.push({ sort: 'speaker', key: ['', null, id] });
  return found;
}

const idOf = ({ key }: QuotePlace) => key.at(-1) as string;

/** The visible quotes of the project that fit, in the order that is asked for, each with its place in it. */
export async function selectQuotes(
  db: Db,
  grant: Grant,
  filter: QuoteFilter,
  page: { limit: number; after: QuotePlace | null },
): Promise<{ row: QuoteRow; place: QuotePlace }[]> {
  const places = await placesOf(db, grant, filter, page.after, page.limit);
  if (places.length === 0) return [];
  const rows = await db
    .select({
      row: annotations,
      title: sources.title,
      creatorName: makerOf(annotations.id),
      faces: FACES,
      codeIds: sql<
        string[]
      >`array(select c.code_id::text from ${annotationCodes} c where c.annotation_id = ${annotations.id} order by c.code_id)`,
    })
    .from(annotations)
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .innerJoin(users, eq(users.id, annotations.creatorId))
    .where(and(visibleTo(grant), inArray(annotations.id, places.map(idOf))));
  const byId = new Map(rows.map((one) => [one.row.id, one]));
  return places.flatMap((place) => {
    const one = byId.get(idOf(place));
    const quote = one && quoteOf(one.row, one.faces);
    if (!one || !quote) return [];
    const { row, title, creatorName, faces, codeIds } = one;
    return {
      place,
      row: {
        id: row.id,
        source: { id: row.sourceId, title },
        start: row.start,
        exact: row.exact,
        speaker: (row.speakerId && faces?.[row.speakerId]) || null,
        quote,
        codeIds,
        creator: { id: row.creatorId, name: creatorName },
        created: row.created.toISOString(),
      },
    };
  });
}
