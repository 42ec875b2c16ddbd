import type { Grant } from '../lib/access/grant';
import type { Db } from './client';
import { insertRows } from './insert-rows';
import { broughtIn } from './schema/brought-in';

/** Who made a thing that a file brings in, by the thing's id and as the file says. */
export type BroughtIn = { readonly subjectId: string; readonly author: string };

/** Writes down who made things that the Grant's actor brings in. */
export async function insertBroughtIn(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  made: readonly BroughtIn[],
): Promise<void> {
  await insertRows(
    db,
    broughtIn,
    made.map((one) => ({ ...one, projectId })),
  );
}
