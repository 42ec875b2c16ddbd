import { type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { asRead } from '../access/kept';
import type { Db } from '../client';
import type { Hit } from './select';

/** What of a thing is shown: its title, and the texts that a match may stand in, the likeliest first. */
export type Words = { readonly title: string; readonly texts: readonly string[] };

/** UTF-16 units of a source that are searched for the place to show. */
const READ = 300_000;

/** Where the words of each kind of thing stand; a new kind is one more row here. */
const WORDS: Record<Hit['origin'], (ids: SQL, grant: Grant) => SQL> = {
  source: (
    ids,
    grant,
  ) => sql`select s.id, s.title, array[left(${asRead(grant, 'text', 't')}, ${READ}), s.byline, s.site_name] as texts from sources s
    join source_texts t on t.source_id = s.id and t.version = s.version where s.project_id = ${grant.projectId} and s.id = any(${ids})`,
  note: (ids, { projectId }) => sql`select n.id, n.title, array[left(n.text, ${READ})] as texts from notes n
    where n.project_id = ${projectId} and n.id = any(${ids})`,
  annotation: (ids, { projectId }) => sql`select a.id, s.title, array[a.exact, a.body] as texts
    from annotations a join sources s on s.id = a.source_id where a.project_id = ${projectId} and a.id = any(${ids})`,
  claim: (
    ids,
    { projectId },
  ) => sql`select c.id, c.wording as title, array[c.wording, array_to_string(c.tags, ', ')] as texts from claims c
    where c.project_id = ${projectId} and c.id = any(${ids})`,
  'follow-up': (
    ids,
    { projectId },
  ) => sql`select f.id, f.wording as title, array[f.wording, f.details, f.raised_quote] as texts from follow_ups f
    where f.project_id = ${projectId} and f.id = any(${ids})`,
  comment: (ids, { projectId }) => sql`select c.id, coalesce(l.wording, o.name, n.title, s.title) as title,
       array[regexp_replace(c.text, '@\\[[0-9a-f-]{36}\\]', '@…', 'g')] as texts
     from comments c join threads t on t.id = c.thread_id left join claims l on l.id = t.claim_id
     left join codes o on o.id = t.code_id left join notes n on n.id = t.note_id left join sources s on s.id = t.source_id
    where c.project_id = ${projectId} and c.id = any(${ids})`,
};

/** The words of things that were found, by origin and id. */
export async function selectWords(
  db: Db,
  grant: Grant,
  hits: readonly Pick<Hit, 'origin' | 'id'>[],
): Promise<ReadonlyMap<string, Words>> {
  const origins = [...new Set(hits.map(({ origin }) => origin))];
  if (origins.length === 0) return new Map();
  const parts = origins.map((origin) => {
    const ids = hits.filter((hit) => hit.origin === origin).map(({ id }) => id);
    return sql`select ${origin} as origin, f.* from (${WORDS[origin](sql`${sql.param(ids)}::uuid[]`, grant)}) f`;
  });
  const { rows } = await db.execute<{ origin: string; id: string; title: string; texts: (string | null)[] }>(
    sql.join(parts, sql` union all `),
  );
  return new Map(
    rows.map(({ origin, id, title, texts }) => [
      `${origin} ${id}`,
      { title, texts: texts.filter((text) => text !== null && text !== '') as string[] },
    ]),
  );
}
