import type { Grant } from '../../lib/access/grant';
import { spend, standingOf } from '../limits';
import { type ExportWish, exportProject } from './export';

/** Counts an export against what its asker may take in an hour. @throws AppError rate-limited. */
export async function countExport({ actor }: Grant): Promise<void> {
  await spend('export', actor.userId);
}

/** How many exports the asker may take still this hour, of how many, and in how many seconds all are there again. */
export function exportsLeft({ actor }: Grant): Promise<{ left: number; of: number; seconds: number }> {
  return standingOf('export', actor.userId);
}

/** As `exportProject`, for somebody at a browser or a program: so many an hour. @throws AppError rate-limited, unavailable. */
export async function* takeOut(grant: Grant, wish: ExportWish): AsyncGenerator<Uint8Array> {
  await countExport(grant);
  yield* exportProject(grant, wish);
}
