import type { Db } from '../../db/client';
import { isKeptFromPass, selectAgreements, selectMadeDecisions } from '../../db/decisions';
import type { Grant } from '../../lib/access/grant';
import { type AgreementRecord, isSettled } from '../../lib/adjudication/decision';
import type { Pass } from '../../lib/passes/pass';
import { type Bench, figuresAt, layOut } from './read-queue';

/**
 * What was kept of the agreement of a pass, oldest first. To who is kept from one of its sources, what would have been kept
 * without that one: worked out from the marks as they are now, for the records tell of all sources together.
 */
export async function readAgreements(
  db: Db,
  grant: Grant,
  pass: Pass,
  bench?: Bench,
): Promise<AgreementRecord[]> {
  if (!(await isKeptFromPass(db, grant, pass.id))) return selectAgreements(db, grant, pass.id);
  const made = await selectMadeDecisions(db, grant, pass.id);
  const [first] = made;
  if (first === undefined) return [];
  const seen = bench ?? (await layOut(db, grant, pass));
  const of = seen.queue.length;
  const before = {
    moment: 'before' as const,
    at: first.created,
    decided: 0,
    of,
    figures: figuresAt(seen, []),
  };
  const keys = new Set(seen.queue.map(({ key }) => key));
  const settled = made.filter((one) => isSettled(one) && keys.has(one.key));
  const last = settled.at(-1);
  if (last === undefined || settled.length < of) return [before];
  return [before, { moment: 'after', at: last.created, decided: of, of, figures: figuresAt(seen, settled) }];
}
