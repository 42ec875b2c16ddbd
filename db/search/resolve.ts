import { sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { CLAIM_STATUSES } from '../../lib/claims/claim';
import { leavesOf, wordsOf } from '../../lib/search/leaves';
import { type Leaf, type Query, STATUSES } from '../../lib/search/query';
import { sourcesVisibleTo } from '../access';
import type { Db } from '../client';

/** What the words and names of a query mean in a project. */
export type Meaning = {
  /** The text search configurations of the project's languages. */
  readonly configs: readonly string[];
  /** By a leaf and a configuration: its words as a tsquery; '' where all of them are too common to be kept. */
  readonly words: ReadonlyMap<Leaf, ReadonlyMap<string, string>>;
  /** By a word or phrase: the codes that are called so. */
  readonly codesCalled: ReadonlyMap<Leaf, readonly string[]>;
  /** By a word or phrase: the speakers that are publicly called so, with those who were merged into them. */
  readonly speakersCalled: ReadonlyMap<Leaf, readonly string[]>;
  /** By a field that names people, speakers, codes, sources or the statuses of claims: their ids, or keys. */
  readonly named: ReadonlyMap<Leaf, readonly string[]>;
};

/** The configuration that stems nothing. */
export const PLAIN = 'gloss_simple';

/** Looks up in the Grant's project what a query names. */
export async function resolveQuery(db: Db, grant: Grant, { root }: Query): Promise<Meaning> {
  const leaves = leavesOf(root).map(({ leaf }) => leaf);
  const spoken = leaves.filter((leaf) => wordsOf(leaf) !== null);
  const words = await resolveWords(db, grant, spoken);
  const named = new Map<Leaf, string[]>();
  for (const leaf of leaves) {
    if (leaf.type !== 'field') continue;
    const found = FINDERS[leaf.field]?.(grant, leaf.value);
    if (found === undefined) continue;
    const { rows } = await db.execute<{ id: string }>(found);
    named.set(
      leaf,
      rows.map(({ id }) => id),
    );
  }
  return { ...words, named };
}

type WordRow = { at: number; config: string; ts: string; codes: string[]; speakers: string[] };

async function resolveWords(
  db: Db,
  { projectId }: Grant,
  leaves: readonly Leaf[],
): Promise<Pick<Meaning, 'configs' | 'words' | 'codesCalled' | 'speakersCalled'>> {
  if (leaves.length === 0)
    return { configs: [PLAIN], words: new Map(), codesCalled: new Map(), speakersCalled: new Map() };
  const { rows } = await db.execute<WordRow>(sql`
    with configs as (
      select gloss_search_config(language)::text as config
      from (select distinct language from sources where project_id = ${projectId} and deleted is null) s
      union select ${PLAIN}
    ), named_codes as materialized (
      select id, to_tsvector(${PLAIN}::regconfig, name) as tsv from codes
      where project_id = ${projectId} and deleted is null
    ), named_speakers as materialized (
      select id, to_tsvector(${PLAIN}::regconfig, concat_ws(' ; ', name, array_to_string(aliases, ' ; '))) as tsv
      from speakers where project_id = ${projectId} and merged_into is null
    ), leaves as (
      select words, at::int - 1 as at,
        array(select c.id::text from named_codes c where c.tsv @@ phraseto_tsquery(${PLAIN}::regconfig, words)) as codes,
        array(select m.id::text from named_speakers r join speakers m on m.root_id = r.id
          where r.tsv @@ phraseto_tsquery(${PLAIN}::regconfig, words) limit 500) as speakers
      from unnest(${sql.param(leaves.map((leaf) => wordsOf(leaf) ?? ''))}::text[]) with ordinality as leaf (words, at)
    )
    select at, config, phraseto_tsquery(config::regconfig, words)::text as ts, codes, speakers
    from leaves cross join configs order by at, config`);
  const words = new Map<Leaf, Map<string, string>>(leaves.map((leaf) => [leaf, new Map()]));
  const codesCalled = new Map<Leaf, string[]>();
  const speakersCalled = new Map<Leaf, string[]>();
  for (const { at, config, ts, codes, speakers } of rows) {
    const leaf = leaves[at] as Leaf;
    words.get(leaf)?.set(config, ts);
    codesCalled.set(leaf, codes);
    speakersCalled.set(leaf, speakers);
  }
  const configs = [...new Set(rows.map(({ config }) => config))];
  return { configs, words, codesCalled, speakersCalled };
}

/** Matches a name whole where there is one, else those that hold the words. */
const called = (name: string, value: string) => sql`(
  gloss_fold(${sql.raw(name)}) = gloss_fold(${value}) or position(gloss_fold(${value}) in gloss_fold(${sql.raw(name)})) > 0)`;

/** How what a field names is found; at most so many, those first that are called exactly so. */
const FINDERS: Partial<
  Record<Extract<Leaf, { type: 'field' }>['field'], (grant: Grant, value: string) => ReturnType<typeof sql>>
> = {
  code: ({ projectId }, value) => sql`
    with fitting as (select id, gloss_fold(name) = gloss_fold(${value}) as whole from codes
      where project_id = ${projectId} and deleted is null and (id::text = ${value} or ${called('name', value)}))
    select id from fitting where whole or not exists (select from fitting where whole) limit 200`,
  by: (grant, value) => peopleCalled(grant, value),
  owner: (grant, value) => peopleCalled(grant, value),
  source: (grant, value) => sourcesCalled(grant, value),
  in: (grant, value) => sourcesCalled(grant, value),
  speaker: ({ projectId }, value) => sql`
    with fitting as (
      select r.id, bool_or(gloss_fold(called.name) = gloss_fold(${value})) as whole
      from speakers r cross join lateral unnest(array_prepend(r.name, r.aliases)) as called (name)
      where r.project_id = ${projectId} and r.merged_into is null
        and (r.id::text = ${value} or ${called('called.name', value)}) group by r.id)
    select m.id from speakers m join fitting f on f.id = m.root_id
    where f.whole or not exists (select from fitting where whole) limit 500`,
  status: ({ projectId }, value) => sql`
    select key as id from claim_statuses
    where project_id = ${projectId} and (key = lower(${value}) or gloss_fold(name) = gloss_fold(${value}))
    union select key from unnest(${sql.param([...CLAIM_STATUSES])}::text[]) as key where key = lower(${value})
    union select known from unnest(${sql.param([...STATUSES])}::text[]) as known where known = lower(${value})`,
};

function sourcesCalled(grant: Grant, value: string) {
  return sql`select id from sources where ${sourcesVisibleTo(grant)} and deleted is null
    and (id::text = ${value} or ${called('title', value)}) order by id desc limit 500`;
}

function peopleCalled({ projectId, actor }: Grant, value: string) {
  if (value.toLowerCase() === 'me') return sql`select ${actor.userId}::uuid as id`;
  return sql`select id from users u where (u.id::text = ${value} or ${called('u.name', value)}) and (
    exists (select from project_members m where m.project_id = ${projectId} and m.user_id = u.id)
    or exists (select from search_documents d where d.project_id = ${projectId} and d.creator_id = u.id)) limit 200`;
}
