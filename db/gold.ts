import { and, asc, eq, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { GoldCoding } from '../lib/adjudication/decision';
import type { Db, Transaction } from './client';
import { decisions, goldCodings } from './schema/decisions';

/** A coding of the gold layer as it is carried to a new version of its source. */
export type StandingGold = Pick<GoldCoding, 'version' | 'start' | 'end' | 'exact'> & {
  readonly id: string;
  readonly decisionId: string;
};

/** Every coding that a decision about a source makes hold, of decisions that were taken back too: they can be brought back. */
export async function selectStandingGold(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  sourceId: string,
): Promise<StandingGold[]> {
  const { id, decisionId, version, start, end, exact } = goldCodings;
  return db
    .select({ id, decisionId, version, start, end, exact })
    .from(goldCodings)
    .innerJoin(decisions, eq(decisions.id, decisionId))
    .where(and(eq(decisions.projectId, projectId), eq(decisions.sourceId, sourceId)))
    .orderBy(asc(id));
}

/** Sets where codings of the gold layer stand, and counts their decisions up, so that what pages hold of them is older. */
export async function moveGold(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  moves: readonly Omit<StandingGold, 'decisionId'>[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    with moved as (
      update gold_codings g set version = move.version, start = move.start, "end" = move."end", exact = move.exact
      from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as move
        (id uuid, version int, start int, "end" int, exact text)
      where g.id = move.id and g.project_id = ${projectId} returning g.decision_id)
    update decisions set revision = revision + 1 where id in (select decision_id from moved)`);
}
