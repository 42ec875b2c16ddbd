import { database } from '../../db/client';
import { selectStandingCode } from '../../db/merged-codes';
import type { Grant } from '../../lib/access/grant';
import { Id } from '../../lib/ids';

/**
 * The id of the code that stands for the one an address names, where that was merged; else what was named, which the page
 * itself may know already, or finds nothing for.
 */
export async function standingCode(grant: Grant, named: string): Promise<string> {
  if (!Id.safeParse(named).success) return named;
  return (await selectStandingCode(database(), grant, named)) ?? named;
}
