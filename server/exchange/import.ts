import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { Columns } from '../../lib/exchange/columns';
import type { ImportReport } from '../../lib/exchange/import-report';
import { Losses } from '../../lib/exchange/losses';
import { spend } from '../limits';
import { bringIn } from './bring-in';
import { runReader } from './run-reader';

/** Ends a transaction that was only to show what it would do. */
class Rehearsed extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('This was a rehearsal');
    this.report = report;
  }
}

/**
 * Brings a file of another program, or of ours, into a project: all of what it holds and can be brought, or nothing. A dry run does
 * the very same and takes it back, so that it can't promise anything else. `columns` says which column of a table is what.
 * @throws AppError invalid with what is wrong with the file; rate-limited.
 */
export async function importFile(
  grant: Grant,
  bytes: Uint8Array,
  { dryRun, columns, signal }: { dryRun: boolean; columns?: Columns | undefined; signal?: AbortSignal },
): Promise<ImportReport> {
  if (!dryRun) await spend('import', grant.actor.userId);
  const read = await runReader({ bytes, columns }, signal);
  const losses = new Losses();
  try {
    return await database().transaction(async (tx) => {
      const items = await bringIn(tx, grant, read, losses);
      const all = [...losses.report().losses, ...read.losses];
      const report = { items, losses: all, ...(read.table && { table: read.table }) };
      if (dryRun) throw new Rehearsed(report);
      return report;
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.report;
    throw error;
  }
}
