import { sql } from 'drizzle-orm';
import type { Transaction } from '../client';

/**
 * Runs `work`, and writes what it changed into the index of the search once, at its end, and not at each of its statements. Nothing of it
 * is found before. What `work` throws ends the transaction.
 */
export async function searchLater<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.execute(
    sql`create temporary table search_waiting (noun text not null, id uuid not null) on commit drop`,
  );
  const done = await work();
  await tx.execute(sql`select gloss_search_settle()`);
  return done;
}
