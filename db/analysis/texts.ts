import { type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { openTo, visibleTo } from '../access';
import { asRead } from '../access/kept';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { type CountedBy, variableSql } from './codings';

/** A text whose words are counted: a source's, or that of a quote. */
export type CountedText = {
  readonly sourceId: string;
  readonly title: string;
  readonly language: string | null;
  readonly version: number;
  /** SHA-256 of the text as its reader may read it; of a quote nothing. */
  readonly hash?: string;
  readonly text: string;
  /** The value of the variable that was asked for; null where it has none. */
  readonly value: string | null;
  /** Whether it is the whole text of the source, or a quote from it. */
  readonly isWhole: boolean;
  /** Where a quote begins in the text of its source; of a whole text 0. */
  readonly from: number;
};

const READ = sql`s.id as "sourceId", s.title, s.language, s.version`;

/** The current texts of these sources, or of all, at most so many UTF-16 units of them together, the newest first. */
export async function selectTexts(
  db: Db,
  grant: Grant,
  given: { only?: readonly string[]; by?: CountedBy; most: number },
): Promise<{ texts: CountedText[]; left: number }> {
  const { joins, value } =
    given.by === undefined ? { joins: sql``, value: sql`null` } : variableSql(given.by);
  const only: SQL =
    given.only === undefined ? sql`` : sql`and s.id = any(${sql.param([...given.only])}::uuid[])`;
  const { rows } = await db.execute<CountedText & { isLeft: boolean }>(sql`
    select *, 0 as from, true as "isWhole", case when "isLeft" then '' else (
      select ${asRead(grant, 'text', 't')} from source_texts t where t.source_id = "sourceId" and t.version = known.version) end as text
    from (
      select ${READ}, ${asRead(grant, 'hash', 't')} as hash, ${value} as value, sum(t.length) over (order by s.id desc) > ${given.most} as "isLeft"
      from sources s join source_texts t on t.source_id = s.id and t.version = s.version ${joins}
      where s.project_id = ${grant.projectId} and s.deleted is null and ${openTo(grant, sql`s.id`)} ${only}) known
    order by "sourceId" desc`);
  const texts = rows.filter(({ isLeft }) => !isLeft);
  return { texts, left: rows.length - texts.length };
}

/** A text without its words. */
export type KnownText = {
  readonly sourceId: string;
  /** SHA-256 of the text as its reader may read it. */
  readonly hash: string;
  readonly language: string | null;
};

/** The current texts of these sources without their words, the newest that are so many UTF-16 units together, and how many are more. */
export async function selectKnownTexts(
  db: Db,
  grant: Grant,
  only: readonly string[],
  most: number,
): Promise<{ texts: KnownText[]; left: number }> {
  const { rows } = await db.execute<KnownText & { isLeft: boolean }>(sql`
    select s.id as "sourceId", ${asRead(grant, 'hash', 't')} as hash, s.language, sum(t.length) over (order by s.id desc) > ${most} as "isLeft"
    from sources s join source_texts t on t.source_id = s.id and t.version = s.version
    where s.project_id = ${grant.projectId} and s.deleted is null and ${openTo(grant, sql`s.id`)} and s.id = any(${sql.param([...only])}::uuid[])
    order by s.id desc`);
  const texts = rows.filter(({ isLeft }) => !isLeft);
  return { texts, left: rows.length - texts.length };
}

/** The words of visible quotes with the value that their speakers have; quotes of whom it is not known of are left out. */
export async function selectSaid(db: Db, grant: Grant, by: CountedBy, most: number): Promise<CountedText[]> {
  const { joins, value } = variableSql(by);
  const { rows } = await db.execute<CountedText>(sql`
    select ${READ}, ${annotations.exact} as text, ${value} as value, ${annotations.start} as from,
      false as "isWhole" from ${annotations}
    join sources s on s.id = ${annotations.sourceId} and s.deleted is null ${joins}
    where ${visibleTo(grant)} and ${annotations.motivation} = 'quoting' and ${annotations.deleted} is null
      and ${value} is not null
    order by ${annotations.id} desc limit ${most}`);
  return rows;
}
