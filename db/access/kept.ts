import { type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../../lib/access/actor';
import type { Reader, Viewer } from '../access';
import type { Db } from '../client';

/** Whether this person is one whom a protection (`source_protections p`) does not keep out: named in it, or an owner of the project. */
export function isNamed({ userId }: Pick<Actor, 'userId'>): SQL {
  return sql`(${userId}::uuid = any(p.named_ids) or exists (select from project_members m
    where m.project_id = p.project_id and m.user_id = ${userId}::uuid and m.role = 'owner'))`;
}

/** The sources under embargo, by the clock of the database, that this person may not see yet; read once a statement. */
export function withheldFrom(actor: Pick<Actor, 'userId'>): SQL {
  return sql`array(select p.source_id from source_protections p where p.embargo_until > now() and not ${isNamed(actor)})`;
}

/** The sources with protected passages that this person may not read; read once a statement. */
export function redactedFrom(actor: Pick<Actor, 'userId'>): SQL {
  return sql`array(select p.source_id from source_protections p
    where exists (select from protected_passages x where x.source_id = p.source_id) and not ${isNamed(actor)})`;
}

/** What its reader gets of a version of a source's text: the whole, or with its protected passages blacked out. `of` is how the query calls `source_texts`. */
export function asRead(
  { actor }: Pick<Reader, 'actor'>,
  column: 'text' | 'html' | 'hash',
  of = 'source_texts',
): SQL<string> {
  const userId = actor?.userId ?? null;
  const [text, whole] = [sql.raw(`"${of}"`), sql.raw(`"${column}"`)];
  if (userId === null) return sql<string>`${text}.${whole}`;
  // Nothing rather than too much, should a version have no such text yet.
  return sql<string>`case when ${text}.source_id = any(${redactedFrom({ userId })})
    then coalesce((select r.${whole} from redacted_texts r where r.source_id = ${text}.source_id and r.version = ${text}.version), '')
    else ${text}.${whole} end`;
}

/** Whether a span (UTF-16 units) of a version touches a passage that is protected from its reader. */
export async function isClosedTo(
  db: Db,
  { actor }: Viewer,
  { sourceId, version, start, end }: { sourceId: string; version: number; start: number; end: number },
): Promise<boolean> {
  const { rows } = await db.execute<{ closed: boolean }>(sql`
    select ${sourceId}::uuid = any(${redactedFrom(actor)}) and gloss_is_closed(${sourceId}::uuid, ${version}, ${start}, ${end}) as closed`);
  return rows[0]?.closed ?? false;
}

/** Whether a source has protected passages that its reader may not read. */
export async function isRedactedFor(db: Db, { actor }: Viewer, sourceId: string): Promise<boolean> {
  const { rows } = await db.execute<{ is: boolean }>(
    sql`select ${sourceId}::uuid = any(${redactedFrom(actor)}) as is`,
  );
  return rows[0]?.is ?? false;
}

/** Those of these sources that have protected passages which their reader may not read, in order. */
export async function selectRedactedAmong(
  db: Db,
  { actor }: Viewer,
  sourceIds: readonly string[],
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id::text as id from unnest(${sql.param([...sourceIds])}::uuid[]) id where id = any(${redactedFrom(actor)}) order by 1`);
  return rows.map(({ id }) => id);
}

/** The sources that `withheldFrom` tells of. */
export async function selectWithheldSources(db: Db, { actor }: Viewer): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`select unnest(${withheldFrom(actor)})::text as id`);
  return new Set(rows.map(({ id }) => id));
}

/** What is kept from somebody: all marks of some sources, of others those that touch a protected passage. */
export type Kept = { readonly sources: SQL; readonly passages: SQL };
export const keptFrom = (actor: Pick<Actor, 'userId'>): Kept => ({
  sources: withheldFrom(actor),
  passages: redactedFrom(actor),
});

/** Whether a mark (`of` is how the query calls it) is kept from them. */
export const isKept = (of: 'a' | 'o', { sources: from, passages }: Kept): SQL => {
  const mark = sql.raw(of);
  return sql`(${mark}.source_id = any(${from}) or (${mark}.closed and ${mark}.source_id = any(${passages})))`;
};

/** The claims that rest on a mark that is kept. */
export const claimsOn = (kept: Kept) => sql`
  select e.claim_id from evidence e join annotations a on a.id = e.annotation_id where ${isKept('a', kept)}`;

/** Who is named by marks that are kept, by a quote, a chain or as who was first mentioned there: by who stands for them, with the source. */
export const namedIn = (kept: Kept) => sql`
  select s.root_id, a.source_id from annotations a join speakers s on s.id = a.speaker_id where ${isKept('a', kept)}
  union select s.root_id, a.source_id from annotations a join speakers s on s.first_mention_id = a.id
    where ${isKept('a', kept)}
  union select s.root_id, a.source_id from annotations a
    cross join lateral jsonb_array_elements(case jsonb_typeof(a.quote->'chain') when 'array' then a.quote->'chain' end) link
    join speakers s on s.id = (link->>'speakerId')::uuid where ${isKept('a', kept)}`;

/** Speakers of whom, and of whomever they are one with, nothing is said but by marks that are kept: their names came from there. */
export const speakersOf = (kept: Kept) => sql`
  select m.id from speakers m where m.root_id in (select n.root_id from (${namedIn(kept)}) n)
    and not exists (select from speakers t join annotations o on o.speaker_id = t.id
      where t.root_id = m.root_id and o.deleted is null and not ${isKept('o', kept)})`;
