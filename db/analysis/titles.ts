import { sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { openTo } from '../access';
import type { Db } from '../client';

/** A source as a table names it; `day` is when it was published (YYYY-MM-DD), `length` that of its current text in UTF-16 units. */
export type Title = {
  readonly id: string;
  readonly title: string;
  readonly day: string | null;
  readonly length: number;
};

/** The sources of the project in the order they were published, those of no known day last. */
export async function selectTitles(db: Db, grant: Grant): Promise<Title[]> {
  const { rows } = await db.execute<Title>(sql`
    select s.id, s.title, substring(s.published_at from '^\\d{4}-\\d{2}-\\d{2}') as day, t.length
    from sources s join source_texts t on t.source_id = s.id and t.version = s.version
    where s.project_id = ${grant.projectId} and s.deleted is null and ${openTo(grant, sql`s.id`)}
    order by day nulls last, s.id`);
  return rows;
}
