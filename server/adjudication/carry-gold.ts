import type { Db, Transaction } from '../../db/client';
import { moveGold, type StandingGold, selectStandingGold } from '../../db/gold';
import type { Grant } from '../../lib/access/grant';
import type { CarriedTarget, Standing } from '../../lib/annotations/carry-target';

/** A coding of the gold layer as the engine carries it: nobody has to confirm where it stands. */
export type GoldMark = StandingGold & Standing;
export type CarriedGold = { readonly mark: GoldMark; readonly target: CarriedTarget };

const SURE = {
  state: 'settled',
  outcome: 'made',
  score: 1,
  was: null,
  changedIn: null,
  isPlaced: true,
} as const;

/** The gold of a source, to be carried to its next version. */
export async function goldToCarry(db: Db, grant: Grant, sourceId: string): Promise<GoldMark[]> {
  return (await selectStandingGold(db, grant, sourceId)).map((one) => ({ ...one, ...SURE }));
}

const placeOf = ({ version, start, end }: StandingGold) => `${version}:${start}:${end}`;

/**
 * Moves the gold of a source on to its new version where its place there is certain; the rest stays in the version it stands
 * in, and is carried from there next time. The project's lock is held, so that nobody decides meanwhile. Returns false, and
 * moves nothing, where something was decided since it was carried.
 */
export async function storeGold(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  carried: ReadonlyMap<string, CarriedGold>,
): Promise<boolean> {
  const moves: Omit<StandingGold, 'decisionId'>[] = [];
  for (const gold of await selectStandingGold(tx, grant, sourceId)) {
    const found = carried.get(gold.id);
    if (found === undefined || placeOf(found.mark) !== placeOf(gold)) return false;
    const { place, state, version } = found.target;
    if (place === null || state !== 'settled') continue;
    moves.push({ id: gold.id, version, start: place.start, end: place.end, exact: place.exact });
  }
  await moveGold(tx, grant, moves);
  return true;
}
