import { type SQL, sql } from 'drizzle-orm';
import type { OwnDataPart } from '../../lib/own-data/parts';
import type { Db } from '../client';
import { accountParts } from './account-parts';
import { projectParts } from './project-parts';

/** Rows that are read at once. */
const AT_ONCE = 500;

/** One query a part, each row of which is one record; `notes` is counted elsewhere. */
export type OwnQueries = Readonly<Record<OwnDataPart, SQL>>;

const queriesFor = (userId: string): OwnQueries => ({ ...accountParts(userId), ...projectParts(userId) });

/** The records of a part of what concerns a person, a few at a time, in the transaction that `db` reads in. */
export async function* readPart(
  db: Db,
  userId: string,
  part: OwnDataPart,
): AsyncGenerator<Record<string, unknown>> {
  await db.execute(sql`declare own_data no scroll cursor for ${queriesFor(userId)[part]}`);
  for (;;) {
    const { rows } = await db.execute<Record<string, unknown>>(
      sql.raw(`fetch forward ${AT_ONCE} from own_data`),
    );
    yield* rows;
    if (rows.length < AT_ONCE) break;
  }
  await db.execute(sql`close own_data`);
}
