import type { Grant } from '../lib/access/grant';
import type { Db } from './client';
import { broughtIn } from './schema/brought-in';

/** Who made a thing that a file brings in, by the thing's id and as the file says. */
export type BroughtIn = { readonly subjectId: string; readonly author: string };

/** Writes down who made things that the Grant's actor brings in. */
export async function insertBroughtIn(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  made: readonly BroughtIn[],
): Promise<void> {
  if (made.length === 0) return;
  await db
    .insert(broughtIn)
    .values(made.map((one) => ({ ...one, projectId })))
    .onConflictDoNothing();
}
